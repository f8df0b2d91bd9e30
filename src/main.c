/* The table of commands, nothing else. */
#include <stddef.h>

#include "clause5/command/program.h"
#include "clause5/panes/interface.h"

static const struct command *const commands[] = {
    &command_new,
    &command_import,
    &command_export,
    &command_check,
    &command_report,
    &command_draft,
    &command_history,
    &command_verify,
    &command_backup,
    &command_merge,
    &command_portfolio,
    &command_describe,
    NULL,
};

int main(int argc, char **argv) {
    return program_run(&(struct program){.commands = commands, .open = interface_run}, argc, argv);
}
