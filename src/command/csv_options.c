/* Owns the words for delimiters and sheets on the command line. */
#include "command/csv_options.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/import.h"

bool csv_options_read_delimiter(const struct invocation *invocation, char *delimiter,
                                struct fault *fault) {
    static const struct {
        const char *word;
        char delimiter;
    } words[] = {{"tab", '\t'},      {"\\t", '\t'}, {"comma", ','},
                 {"semicolon", ';'}, {"bar", '|'},  {"pipe", '|'}};
    const char *given = invocation_value(invocation, "delimiter");
    *delimiter = '\0';
    if (given == NULL) {
        return true;
    }
    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcasecmp(given, words[i].word) == 0) {
            *delimiter = words[i].delimiter;
            return true;
        }
    }
    bool is_good = strlen(given) == 1 && (given[0] & 0x80) == 0 &&
                   !isalnum((unsigned char)given[0]) && strchr("\"'\r\n", given[0]) == NULL;
    *delimiter = given[0];
    return is_good || fault_set(fault, FAULT_USAGE,
                                "\"%s\" cannot stand between cells (use , ; TAB or |)", given);
}

bool csv_options_know_sheet(const char *sheet, struct fault *fault) {
    return import_knows_sheet(sheet) ||
           fault_set(fault, FAULT_USAGE,
                     "\"%s\" is no register (use a name that clause5 describe prints, raci or all)",
                     sheet);
}
