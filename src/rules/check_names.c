/* Owns which checks an exception may set aside, from the table that ships with the program; knows
 * nothing of what they find. */
#include "rules/check_names.h"

#include <stddef.h>
#include <string.h>

#include "clause5/base/die.h"
#include "clause5/base/embedded.h"

/* Each check is one line of the table, its id first and without quotes (a test counts the lines).
 */
bool check_name_exists(const char *name) {
    const struct embedded_file *table = embedded_find("checks.csv");
    size_t len_bytes = strlen(name);
    if (table == NULL) {
        die("the table of checks is missing from this build");
    }
    if (len_bytes == 0 || strspn(name, "abcdefghijklmnopqrstuvwxyz-") != len_bytes) {
        return false;
    }
    const char *line = strchr((const char *)table->bytes, '\n');
    while (line != NULL) {
        line++;
        if (strncmp(line, name, len_bytes) == 0 && line[len_bytes] == ',') {
            return true;
        }
        line = strchr(line, '\n');
    }
    return false;
}
