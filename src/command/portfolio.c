/* Owns `clause5 portfolio`: a row for each workbook, whatever becomes of the others. */
#include "clause5/report/portfolio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/command/program.h"
#include "clause5/exchange/rows.h"
#include "command/command.h"

enum { COLUMNS = 8, NUMBER_SIZE = 16, WIDTH_MOST_CELLS = 40 };

/* The columns of contract.md, Streams. */
static const char *const names[] = {"file",     "organisation", "readiness",   "errors",
                                    "warnings", "next_due",     "last_change", "fault"};
_Static_assert(COUNT(names) == COLUMNS, "one name per column");

/* A row as texts; the numbers stand in the cells' own memory. */
struct cells {
    const char *texts[COLUMNS];
    char readiness[NUMBER_SIZE], errors[NUMBER_SIZE], warnings[NUMBER_SIZE];
};

static void fill_cells(struct cells *cells, const char *path, const struct portfolio_row *row) {
    bool is_read = row->fault == NULL;
    snprintf(cells->readiness, sizeof cells->readiness, "%d", row->readiness);
    snprintf(cells->errors, sizeof cells->errors, "%d", row->errors);
    snprintf(cells->warnings, sizeof cells->warnings, "%d", row->warnings);
    const char *const texts[COLUMNS] = {
        path,
        is_read ? row->organisation : "",
        is_read ? cells->readiness : "",
        is_read ? cells->errors : "",
        is_read ? cells->warnings : "",
        row->next_due,
        row->last_change,
        is_read ? "" : row->fault,
    };
    memcpy(cells->texts, texts, sizeof texts);
}

static void add_rows(struct buffer *out, const char *const *paths,
                     const struct portfolio_row *items, int count, bool is_json) {
    struct rows_writer rows = rows_begin(out, is_json, names, COLUMNS);
    for (int i = 0; i < count; i++) {
        struct cells cells = {0};
        fill_cells(&cells, paths[i], &items[i]);
        rows_add(&rows, cells.texts);
    }
    rows_end(&rows);
}

/* True for the columns of numbers, which stand at the right. */
static bool is_number(int column) {
    return column >= 2 && column <= 4;
}

static void add_text_cell(struct buffer *out, const char *text, int column, int width) {
    if (is_number(column)) {
        for (int i = text_width_cells(text); i < width; i++) {
            buffer_add_byte(out, ' ');
        }
        buffer_add(out, text);
    } else {
        text_show_padded(out, text, width);
    }
    buffer_add(out, "  ");
}

static void end_line(struct buffer *out) {
    while (out->len_bytes > 0 && out->bytes[out->len_bytes - 1] == ' ') {
        out->bytes[--out->len_bytes] = '\0';
    }
    buffer_add(out, "\n");
}

/* The table for people. A fault takes the whole line behind the file's name. */
static void add_text(struct buffer *out, const char *const *paths,
                     const struct portfolio_row *items, int count) {
    static const char *const heads[] = {"File",     "Organisation", "Ready %",    "Errors",
                                        "Warnings", "Next due",     "Last change"};
    int widths[COUNT(heads)];
    for (size_t column = 0; column < COUNT(heads); column++) {
        widths[column] = text_width_cells(heads[column]);
        for (int i = 0; i < count; i++) {
            struct cells cells = {0};
            fill_cells(&cells, paths[i], &items[i]);
            int width = text_width_cells(cells.texts[column]);
            width = width > WIDTH_MOST_CELLS ? WIDTH_MOST_CELLS : width;
            widths[column] = width > widths[column] ? width : widths[column];
        }
    }
    for (size_t column = 0; column < COUNT(heads); column++) {
        add_text_cell(out, heads[column], (int)column, widths[column]);
    }
    end_line(out);
    for (int i = 0; i < count; i++) {
        struct cells cells = {0};
        fill_cells(&cells, paths[i], &items[i]);
        add_text_cell(out, cells.texts[0], 0, widths[0]);
        if (items[i].fault != NULL) {
            text_show(out, items[i].fault, 0);
        }
        for (size_t column = 1; column < COUNT(heads) && items[i].fault == NULL; column++) {
            add_text_cell(out, cells.texts[column], (int)column, widths[column]);
        }
        end_line(out);
    }
}

static int run_portfolio(const struct invocation *invocation) {
    const char *format = invocation_value(invocation, "format");
    int count = invocation->operand_count;
    bool has_fault = false;
    struct fault fault = {0};
    struct clock clock;
    struct buffer out = {0};
    if (!clock_read(&clock, &fault)) {
        return command_fail(invocation, &fault);
    }
    struct portfolio_row *items = memory_zero((size_t)count, sizeof *items);
    for (int i = 0; i < count; i++) {
        portfolio_row_read(&items[i], invocation->operands[i], &clock);
        has_fault = has_fault || items[i].fault != NULL;
    }
    if (format == NULL || strcmp(format, "text") == 0) {
        add_text(&out, invocation->operands, items, count);
    } else {
        add_rows(&out, invocation->operands, items, count, strcmp(format, "json") == 0);
    }
    for (int i = 0; i < count; i++) {
        portfolio_row_free(&items[i]);
    }
    free(items);
    int status = command_finish(&out);
    return status == EXIT_GOOD && has_fault ? EXIT_FOUND : status;
}

static const struct option_description portfolio_options[] = {
    {.name = "format", .value = "FORMAT", .choices = "text|csv|json", .help = "How to print it"},
    {.name = NULL},
};

const struct command command_portfolio = {
    .name = "portfolio",
    .operands = "FILE...",
    .summary = "Show the readiness of many workbooks, a row each",
    .details = "A workbook that somebody works on is read as it stands. One that cannot be read is "
               "a row that says why, and makes the exit status 1.",
    .least_operands = 1,
    .most_operands = OPERANDS_ANY,
    .options = portfolio_options,
    .run = run_portfolio,
};
