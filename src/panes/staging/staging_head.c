/* Owns the head of the import's screen: how the file is read and where its columns go. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/screen/layout.h"
#include "panes/staging/staging_pages.h"

const char *staging_delimiter_name(char delimiter) {
    switch (delimiter) {
    case ',':
        return "comma";
    case ';':
        return "semicolon";
    case '\t':
        return "TAB";
    case '|':
        return "bar";
    default:
        return "another delimiter";
    }
}

const char *staging_dates_name(enum import_dates dates) {
    static const char *const names[] = {[IMPORT_DATES_ISO] = "2026-03-31",
                                        [IMPORT_DATES_DMY] = "31.3.2026",
                                        [IMPORT_DATES_MDY] = "3/31/2026",
                                        [IMPORT_DATES_YMD] = "2026/3/31"};
    return names[dates];
}

/* Where the next word of the head goes. */
struct pen {
    const struct area *area;
    int row, column, rows_most;
    size_t left_out;
};

static void put_word(struct pen *pen, enum meaning meaning, const char *text) {
    enum { GAP = 3 };
    int width = layout_width(text, strlen(text));
    if (pen->column > 1 && pen->column + width > pen->area->width) {
        pen->row++;
        pen->column = 1;
    }
    if (pen->row >= pen->rows_most) {
        pen->left_out++;
        return;
    }
    pen->column +=
        area_put(pen->area, (struct spot){.row = pen->row, .column = pen->column}, meaning, text) +
        GAP;
}

static void end_line(struct pen *pen) {
    if (pen->column > 1) {
        pen->row++;
        pen->column = 1;
    }
}

static void put_columns(const struct staging *staging, struct pen *pen) {
    const char *arrow = palette_mark(app_terminal(staging->app), MARK_ARROW);
    for (int i = 0; i < staging->column_count; i++) {
        const struct staging_column *column = &staging->columns[i];
        struct buffer text = {0};
        if (column->field == NULL || column->field[0] == '\0') {
            continue;
        }
        buffer_add(&text, column->name);
        if (strcmp(column->name, column->field) != 0) {
            buffer_addf(&text, " %s %s", arrow, column->field);
        }
        put_word(pen, MEANING_TEXT, buffer_text(&text));
        buffer_free(&text);
    }
    end_line(pen);
}

/* The columns that are not imported, in one line. */
static void put_unmapped(const struct staging *staging, struct pen *pen) {
    struct buffer text = {0};
    size_t count = 0;
    for (int i = 0; i < staging->column_count; i++) {
        const struct staging_column *column = &staging->columns[i];
        if (column->field == NULL || column->field[0] == '\0') {
            buffer_addf(&text, "%s%s", count++ > 0 ? ", " : "",
                        column->name[0] == '\0' ? "(no name)" : column->name);
        }
    }
    if (count > 0) {
        struct buffer line = {0};
        buffer_addf(&line, "Not imported: %s", buffer_text(&text));
        area_put(pen->area,
                 (struct spot){.row = pen->row, .column = 1, .width = pen->area->width - 13},
                 MEANING_WARNING, buffer_text(&line));
        area_put_right(pen->area, (struct spot){.row = pen->row}, MEANING_DIM, "m chooses");
        pen->row++;
        buffer_free(&line);
    }
    buffer_free(&text);
}

/* One line for each register of a folder, as many as fit, then the others in words. */
static void put_registers(const struct staging *staging, struct pen *pen) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct import_counts *counts = &staging->outcome.of[id];
        struct buffer text = {0};
        if (!staging->outcome.has_file[id]) {
            continue;
        }
        const int64_t good = counts->added + counts->changed + counts->unchanged;
        buffer_addf(&text, "%s %lld", register_describe((enum register_id)id)->name,
                    (long long)good);
        if (counts->rejected > 0) {
            buffer_addf(&text, " (%lld rejected)", (long long)counts->rejected);
        }
        put_word(pen, counts->rejected > 0 ? MEANING_WARNING : MEANING_TEXT, buffer_text(&text));
        buffer_free(&text);
    }
    end_line(pen);
}

static void put_choices(const struct staging *staging, struct pen *pen) {
    const struct staging_found *found = &staging->found;
    struct buffer text = {0};
    if (staging->reading.dates != IMPORT_DATES_ISO) {
        buffer_addf(&text, "dates: %s", staging_dates_name(staging->reading.dates));
        put_word(pen, MEANING_DIM, buffer_text(&text));
    }
    if (found->columns.len_bytes > 0) {
        bool is_asked = found->asked_dates + found->asked_decimals > 0;
        put_word(pen, is_asked ? MEANING_WARNING : MEANING_DIM, buffer_text(&found->columns));
    }
    if (found->header_line == IMPORT_NO_HEADER) {
        put_word(pen, MEANING_WARNING, "no header (L)");
    } else if (found->header_line > 1) {
        buffer_clear(&text);
        buffer_addf(&text, "header in line %lld (L)", (long long)found->header_line);
        put_word(pen, MEANING_DIM, buffer_text(&text));
    }
    put_word(pen, MEANING_DIM,
             staging->reading.creates_missing ? "what is missing is created"
                                              : "nothing missing is created");
    if (staging->said_count > 0) {
        buffer_clear(&text);
        buffer_addf(&text, "%zu note%s: i", staging->said_count,
                    staging->said_count == 1 ? "" : "s");
        put_word(pen, MEANING_WARNING, buffer_text(&text));
    }
    if (staging->is_mapping_remembered) {
        put_word(pen, MEANING_DIM, "mapping as last time");
    }
    end_line(pen);
    buffer_free(&text);
}

int staging_draw_head(const struct staging *staging, const struct area *area) {
    struct pen pen = {.area = area, .column = 1, .rows_most = area->height / 4};
    pen.rows_most = pen.rows_most < 1 ? 1 : pen.rows_most;
    if (staging->is_folder) {
        put_registers(staging, &pen);
    } else {
        put_columns(staging, &pen);
    }
    pen.row = pen.row > pen.rows_most ? pen.rows_most : pen.row;
    if (pen.left_out > 0) {
        struct buffer text = {0};
        buffer_addf(&text, " and %zu more ", pen.left_out);
        area_put_right(area, (struct spot){.row = pen.row - 1}, MEANING_DIM, buffer_text(&text));
        buffer_free(&text);
    }
    if (!staging->is_folder) {
        put_unmapped(staging, &pen);
    }
    pen.rows_most = area->height;
    put_choices(staging, &pen);
    return pen.row;
}
