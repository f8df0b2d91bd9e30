/* Owns the frame around every command: the process's settings, finding the command, --help
 * and --version. Knows no command by name. */
#include "clause5/command/program.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/die.h"
#include "command/command.h"
#include "command/help.h"
#include "command/output.h"

enum { PRIVATE_UMASK = 077 };

/* A process may be started with a standard stream closed. Then the next file that is opened would
 * get its number, and messages would be written into a workbook: so the number is taken by what can
 * only fail. */
static void hold_standard_streams(void) {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF) {
            (void)open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

/* A core dump would hold what the workbook holds. Where it cannot be forbidden, nothing is lost. */
static void forbid_core_dumps(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        (void)setrlimit(RLIMIT_CORE, &limit);
    }
}

static void set_up_process(void) {
    hold_standard_streams();
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C"); /* numbers are written with a point, in files and in SQL */
    umask(PRIVATE_UMASK);
    forbid_core_dumps();
    signal(SIGPIPE, SIG_IGN); /* a reader that leaves early is seen as EPIPE */
}

static bool is_option(const char *argument) {
    return argument[0] == '-' && argument[1] != '\0';
}

/* Returns the command of that name, or NULL. */
static const struct command *get_command(const struct program *program, const char *name) {
    for (const struct command *const *command = program->commands; *command != NULL; command++) {
        if (strcmp((*command)->name, name) == 0) {
            return *command;
        }
    }
    return NULL;
}

/* Returns the index of the argument that names the command, or 0 where none does. Options may stand
 * before it, so a word that is no command is passed over where it may be an option's value. */
static int find_command(const struct program *program, int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        bool may_be_value = i > 1 && is_option(argv[i - 1]) && strchr(argv[i - 1], '=') == NULL;
        if (!is_option(argv[i]) && get_command(program, argv[i]) != NULL) {
            return i;
        }
        if (!is_option(argv[i]) && !may_be_value) {
            return 0;
        }
    }
    return 0;
}

static bool has_argument(int argc, char **argv, const char *text) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static int print_help(const struct program *program, const struct command *command) {
    struct buffer out = {0};
    if (command != NULL) {
        command_add_help(&out, command);
    } else {
        program_add_help(&out, program->commands);
    }
    return command_finish(&out);
}

static int refuse_usage(const char *word, const char *reason) {
    struct fault fault = {0};
    struct invocation none = {0};
    fault_set(&fault, FAULT_USAGE, "%s%s (see clause5 --help)", word, reason);
    return command_fail(&none, &fault);
}

/* Runs what is no command: at most one word, the workbook to open. */
static int open_workbook(const struct program *program, int count, char **arguments) {
    bool is_ended = count > 0 && strcmp(arguments[0], "--") == 0;
    arguments += is_ended;
    count -= is_ended;
    if (count > 0 && !is_ended && is_option(arguments[0])) {
        return refuse_usage(arguments[0], " is no option of clause5 itself");
    }
    if (count > 1 || program->open == NULL) {
        return count > 0 ? refuse_usage(arguments[0], " is no command")
                         : refuse_usage("", "no command is given");
    }
    return program->open(count > 0 ? arguments[0] : NULL);
}

static int run_command(const struct command *command, const char *const *arguments, int count) {
    struct invocation invocation;
    struct fault fault = {0};
    int status = invocation_read(&invocation, command, arguments, count, &fault)
                     ? command->run(&invocation)
                     : command_fail_usage(&invocation, &fault);
    invocation_free(&invocation);
    return status;
}

static int dispatch(const struct program *program, int argc, char **argv) {
    int at = find_command(program, argc, argv);
    const struct command *command = at > 0 ? get_command(program, argv[at]) : NULL;
    if (has_argument(argc, argv, "--help")) {
        return print_help(program, command);
    }
    if (command == NULL && has_argument(argc, argv, "--version")) {
        puts("clause5 " CLAUSE5_VERSION);
        return EXIT_GOOD;
    }
    if (command == NULL) {
        return open_workbook(program, argc > 0 ? argc - 1 : 0, argv + 1);
    }
    memmove(&argv[at], &argv[at + 1], (size_t)(argc - at) * sizeof *argv);
    return run_command(command, (const char *const *)argv + 1, argc - 2);
}

int program_run(const struct program *program, int argc, char **argv) {
    set_up_process();
    return output_close(dispatch(program, argc, argv));
}
