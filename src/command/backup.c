/* Owns the subcommand backup: a verified copy of a workbook. */
#include "clause5/store/backup.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/die.h"
#include "clause5/command/program.h"
#include "clause5/store/history.h"
#include "command/command.h"
#include "command/reading.h"

/* Returns the file that a symbolic link at PATH leads to, so that it is replaced and the link
 * stays; NULL where there is none. The caller frees. */
static char *follow_link(const char *path) {
    struct stat status;
    bool is_link = path != NULL && lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    return is_link ? realpath(path, NULL) : NULL;
}

static int run_backup(const struct invocation *invocation) {
    const char *out = invocation_value(invocation, "output");
    struct fault fault = {0};
    struct buffer path = {0};
    struct buffer said = {0};
    char head[HISTORY_HEAD_SIZE];
    if (out != NULL && (strcmp(out, "-") == 0 || out[0] == '\0')) {
        fault_set(&fault, FAULT_USAGE, "a backup needs a file: name it with -o OUT");
        return command_fail(invocation, &fault);
    }
    char *followed = follow_link(out);
    struct workbook *workbook = reading_open(invocation->operands[0], &fault);
    bool is_made = workbook != NULL &&
                   backup_make(workbook, followed != NULL ? followed : out, &path, &fault) &&
                   history_head(workbook, head, &fault);
    workbook_close(workbook);
    free(followed);
    if (is_made) {
        buffer_addf(&said, "%s\nhead %s\n", buffer_text(&path), head);
    }
    buffer_free(&path);
    return is_made ? command_finish(&said) : command_fail(invocation, &fault);
}

static const struct option_description backup_options[] = {
    {.name = "output",
     .letter = 'o',
     .value = "OUT",
     .help = "The file; without it the backup goes into FILE.backups"},
    {.name = NULL},
};

const struct command command_backup = {
    .name = "backup",
    .operands = "FILE",
    .summary = "Copy a workbook and verify the copy",
    .details = "The copy gets its name only once it is whole and sound, so that a damaged workbook "
               "never takes the place of a good backup. Without -o it goes into the folder "
               "FILE.backups, with the day and the beginning of the head in its name; there the "
               "newest of the last 7 days and of the last 4 weeks stay. The same happens by itself "
               "before the first change of each day. Prints where the backup is, and the head.",
    .least_operands = 1,
    .most_operands = 1,
    .options = backup_options,
    .run = run_backup,
};
