/* Owns how the choices of an import are remembered for the next file with the same header: the
 * order of dates, then the columns that were mapped by hand and the values that are given, a field
 * of which begins with a sign that none has, separated by control characters that
 * no header has. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "panes/staging/staging.h"

static const char between_records = '\x1e', between_parts = '\x1f', given_sign = '\x1d';

static const char *const date_words[] = {[IMPORT_DATES_ISO] = "iso",
                                         [IMPORT_DATES_DMY] = "dmy",
                                         [IMPORT_DATES_MDY] = "mdy",
                                         [IMPORT_DATES_YMD] = "ymd"};

void staging_print_header(char *const *names, size_t count, struct buffer *out) {
    for (size_t i = 0; i < count; i++) {
        char *name = text_trim(names[i]);
        buffer_add(out, name);
        buffer_add_byte(out, between_parts);
        free(name);
    }
}

static void take_dates(struct staging *staging, const char *word) {
    for (size_t i = 0; i < COUNT(date_words); i++) {
        if (strcmp(date_words[i], word) == 0) {
            staging->reading.dates = (enum import_dates)i;
        }
    }
}

/* Reads the choices; what does not fit is passed over. */
static void take_choices(struct staging *staging, char *choices) {
    const char records[] = {between_records, '\0'};
    char *rest = choices;
    take_dates(staging, strsep(&rest, records));
    for (char *record; (record = strsep(&rest, records)) != NULL;) {
        char *field = strchr(record, between_parts);
        if (field != NULL) {
            *field = '\0';
            if (*record == given_sign) {
                staging_give(staging, record + 1, field + 1);
            } else {
                staging_map_column(staging, record, field + 1);
            }
        }
    }
}

bool staging_remember(struct staging *staging, const char *header) {
    struct mapping mapping = {0};
    struct fault fault = {0};
    bool is_found =
        mapping_load(app_workbook(staging->app), header, &mapping, &fault) == LOOKUP_FOUND &&
        strcmp(mapping.sheet, staging->sheet) == 0;
    if (is_found) {
        take_choices(staging, mapping.choices);
        staging->is_mapping_remembered = true;
    }
    mapping_free(&mapping);
    fault_clear(&fault);
    return is_found;
}

static void print_seen(const struct staging *staging, struct buffer *out) {
    for (int i = 0; i < staging->column_count; i++) {
        staging_print_header(&staging->columns[i].name, 1, out);
    }
}

bool staging_remember_seen(struct staging *staging) {
    struct buffer header = {0};
    print_seen(staging, &header);
    bool is_found = staging->column_count > 0 && staging_remember(staging, buffer_text(&header));
    buffer_free(&header);
    return is_found;
}

bool staging_print_mapping(const struct staging *staging, struct mapping *mapping) {
    struct buffer header = {0}, choices = {0};
    bool is_chosen = staging->map_count > 0 || staging->given_count > 0 ||
                     staging->reading.dates != IMPORT_DATES_ISO;
    if (staging->is_folder || !is_chosen) {
        return false;
    }
    print_seen(staging, &header);
    buffer_add(&choices, date_words[staging->reading.dates]);
    for (size_t i = 0; i < staging->map_count; i++) {
        buffer_addf(&choices, "%c%s%c%s", between_records, staging->maps[i].column, between_parts,
                    staging->maps[i].field);
    }
    for (size_t i = 0; i < staging->given_count; i++) {
        buffer_addf(&choices, "%c%c%s%c%s", between_records, given_sign, staging->given[i].field,
                    between_parts, staging->given[i].text);
    }
    *mapping = (struct mapping){.header = buffer_take(&header),
                                .sheet = memory_copy_text(staging->sheet),
                                .choices = buffer_take(&choices)};
    return true;
}
