/* Owns how messages of the import are said on the screen: with its keys in place of the options of
 * the command. */
#include <string.h>

#include "clause5/base/memory.h"
#include "panes/staging/staging.h"

/* Longer ones first. Where END is not NULL, what follows the option up to it goes too. */
static const struct {
    const char *option, *end, *said;
} words[] = {
    {"use --create-missing", NULL, "press c"},
    {"say with --dates dmy, mdy or ymd what stands first", NULL, "t says what stands first"},
    {"say with --dates dmy or --dates mdy what stands first", NULL, "t says what stands first"},
    {"the order of --dates", NULL, "the order chosen with t"},
    {"say with --decimal point or --decimal comma", NULL, "F says"},
    {"(--decimal comma)", NULL, "(F changes that)"},
    {"(--decimal point)", NULL, "(F changes that)"},
    {"say what each column holds with --header none", ")", "L says where the header is)"},
    {"(--header)", NULL, "(L)"},
    {"name it with --encoding", NULL, "choose it with E"},
    {"name it with --map \"", "\"", "choose it with m"},
    {"name one with --map \"", "\"", "choose one with m"},
    {"(--set ", ")", "(m, then a gives it to all rows)"},
    {"choose with --map", NULL, "choose with m"},
};

void staging_print_message(const char *text, struct buffer *out) {
    while (*text != '\0') {
        size_t used = 0;
        for (size_t i = 0; i < COUNT(words) && used == 0; i++) {
            size_t len_bytes = strlen(words[i].option);
            if (strncmp(text, words[i].option, len_bytes) != 0) {
                continue;
            }
            const char *end = words[i].end == NULL ? NULL : strstr(text + len_bytes, words[i].end);
            used = end == NULL ? len_bytes : (size_t)(end - text) + strlen(words[i].end);
            buffer_add(out, words[i].said);
        }
        if (used == 0) {
            buffer_add_byte(out, *text);
            used = 1;
        }
        text += used;
    }
}
