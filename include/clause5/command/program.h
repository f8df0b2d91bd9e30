/* The program as its main function sees it: the table of commands, and what opens the workbook on
 * the screen. */
#ifndef CLAUSE5_COMMAND_PROGRAM_H
#define CLAUSE5_COMMAND_PROGRAM_H

struct command;

/* The subcommands, one file each in src/command. */
extern const struct command command_new;
extern const struct command command_import;
extern const struct command command_export;
extern const struct command command_check;
extern const struct command command_report;
extern const struct command command_draft;
extern const struct command command_history;
extern const struct command command_verify;
extern const struct command command_backup;
extern const struct command command_merge;
extern const struct command command_portfolio;
extern const struct command command_describe;

struct program {
    const struct command *const *commands; /* NULL-ended, in the order that help lists them */

    /* What runs where the first word names no command: opens the workbook at PATH on the screen, or
     * asks for one where PATH is NULL, and returns the exit status. NULL in a program without a
     * screen, which then knows its commands only. */
    int (*open)(const char *path);
};

/* Runs the command that the arguments name; returns the exit status of the process, as product.md
 * has it. Sets the locale and the umask, and says where standard output could not be written. */
int program_run(const struct program *program, int argc, char **argv);

#endif
