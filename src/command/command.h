/* What a subcommand is, and what it is given to run with. */
#ifndef CLAUSE5_COMMAND_COMMAND_H
#define CLAUSE5_COMMAND_COMMAND_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"

enum { OPERANDS_ANY = -1, OPTION_SHOWN_SIZE = 32 };

/* One option of a command; closed by a row whose name is NULL. */
struct option_description {
    const char *name;    /* without the leading -- */
    char letter;         /* also understood as -LETTER; 0: none */
    const char *value;   /* what it takes, as shown in the usage, such as FILE; NULL: nothing */
    const char *choices; /* allowed values separated by "|"; NULL: any */
    bool is_repeatable;  /* otherwise it may be given once */
    const char *help;    /* one line */
};

struct invocation;

/* One subcommand: the whole of it as parser, help and manual see it. */
struct command {
    const char *name;
    const char *operands; /* as the usage shows them, such as "FILE REGISTER CSV" */
    const char *summary;  /* one line for the list of commands */
    const char *details;  /* more for its own help; NULL: nothing */
    int least_operands;
    int most_operands;                               /* OPERANDS_ANY: no bound */
    const struct option_description *options;        /* NULL: none but --help */
    int (*run)(const struct invocation *invocation); /* returns the exit status of product.md */
};

struct given_option {
    const struct option_description *option;
    const char *value; /* NULL for an option that takes none */
    bool is_letter;    /* it was given as -L */
    char shown[OPTION_SHOWN_SIZE];
};

/* A command line, read. */
struct invocation {
    const struct command *command;
    const char **operands;
    int operand_count;
    struct given_option *given; /* in the order of the command line */
    int given_count;
};

/* Reads ARGUMENTS (without the program's and the command's names) by the command's tables: options
 * stand anywhere, as --NAME=VALUE, --NAME VALUE or -L VALUE; -- ends them; - is an operand. False
 * with a FAULT_USAGE. The caller releases with invocation_free in either case. */
bool invocation_read(struct invocation *invocation, const struct command *command,
                     const char *const *arguments, int argument_count, struct fault *fault);
void invocation_free(struct invocation *invocation);

/* True where the option was given. The name must be one of the command's options. */
bool invocation_has(const struct invocation *invocation, const char *name);

/* Returns the option's value, or NULL where it was not given. */
const char *invocation_value(const struct invocation *invocation, const char *name);

/* Returns the value of the option's next occurrence from *AT on and moves *AT behind it; NULL where
 * there is none. *AT begins at 0. */
const char *invocation_next(const struct invocation *invocation, const char *name, int *at);

/* Says a line on standard error, made harmless and without "clause5: ", such as what is wrong with
 * a row: FILE:LINE: COLUMN: REASON. */
void command_say(const char *line);

/* Says the fault on standard error as "clause5: MESSAGE", made harmless, releases it, and returns
 * the exit status that goes with it. */
int command_fail(const struct invocation *invocation, struct fault *fault);

/* Says on standard error which backup of the damaged workbook at PATH is the newest good one and
 * what to do (clause5/store/restore.h). Whoever calls has closed it. command_fail does so by itself
 * where a fault is damage. */
void command_advise(const char *path);

/* As command_fail for a command line that does not fit the command's tables: its usage follows. */
int command_fail_usage(const struct invocation *invocation, struct fault *fault);

/* Writes the text to standard output, behind what stdio holds, and releases it. Returns EXIT_GOOD,
 * or EXIT_FAILED after saying why it did not arrive; a reader that has left is no failure. */
int command_finish(struct buffer *out);

/* Appends "Usage: clause5 NAME OPERANDS [OPTIONS]", and the whole help of a command. */
void command_add_usage(struct buffer *out, const struct command *command);
void command_add_help(struct buffer *out, const struct command *command);

#endif
