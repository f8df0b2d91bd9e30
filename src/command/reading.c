/* Owns the beginning and the end of a command that makes a document of a workbook. */
#include "command/reading.h"

#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/exchange/out_file.h"
#include "clause5/store/look.h"

struct workbook *reading_open(const char *path, struct fault *fault) {
    struct clock clock;
    if (!clock_read(&clock, fault)) {
        return NULL;
    }
    return workbook_open(path, WORKBOOK_READ, &clock, fault);
}

bool reading_look_back(const struct invocation *invocation, struct workbook *workbook,
                       struct fault *fault) {
    const char *given = invocation_value(invocation, "as-of");
    date_days day;
    if (given == NULL) {
        return true;
    }
    if (!date_parse(given, &day)) {
        return fault_set(fault, FAULT_USAGE, "--as-of: \"%s\" is not a date (use YYYY-MM-DD)",
                         given);
    }
    bool is_shown = look_at_day(workbook, day, fault);
    if (fault->kind == FAULT_REFUSED) {
        fault->kind = FAULT_USAGE; /* not to be taken for findings of a check */
    }
    return is_shown;
}

/* Writes the text to PATH, by when the workbook it was made of is closed. */
static bool save(const char *path, const struct buffer *text, struct fault *fault) {
    const struct out_target target = {.path = path, .replaces = true};
    struct out_file *file = out_file_open(&target, fault);
    if (file == NULL) {
        return false;
    }
    out_file_write(file, text->bytes, text->len_bytes);
    return out_file_publish(file, fault);
}

int reading_finish(const struct invocation *invocation, struct buffer *out) {
    const char *path = invocation_value(invocation, "output");
    if (path == NULL || strcmp(path, "-") == 0) {
        return command_finish(out);
    }
    struct fault fault = {0};
    bool is_saved = save(path, out, &fault);
    buffer_free(out);
    return is_saved ? EXIT_GOOD : command_fail(invocation, &fault);
}
