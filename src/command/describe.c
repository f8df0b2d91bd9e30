/* Owns `clause5 describe`: the registers, the checks and the checklist, printed from the tables
 * that everything else reads. Knows no workbook. */
#include <string.h>

#include "clause5/audit/check.h"
#include "clause5/base/memory.h"
#include "clause5/command/program.h"
#include "clause5/exchange/rows.h"
#include "clause5/exchange/table.h"
#include "clause5/register/register.h"
#include "clause5/register/type.h"
#include "command/command.h"
#include "command/prose.h"

enum format { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

static enum format read_format(const struct invocation *invocation) {
    const char *word = invocation_value(invocation, "format");
    return word == NULL || strcmp(word, "text") == 0 ? FORMAT_TEXT
           : strcmp(word, "csv") == 0                ? FORMAT_CSV
                                                     : FORMAT_JSON;
}

/* What the columns of registers.tsv are called in CSV and JSON (contract.md, Streams). */
static const char *const field_names[] = {"register", "field",  "type",
                                          "required", "values", "meaning"};

static void add_field_row(struct rows_writer *rows, const struct register_description *described,
                          const struct field *field) {
    struct buffer values = {0};
    field_print_values(field, &values);
    const char *const cells[] = {
        described->name,
        field->name,
        field_type_word(field->type),
        (field->flags & FIELD_REQUIRED) != 0 ? "yes" : "",
        buffer_text(&values),
        field->meaning,
    };
    _Static_assert(COUNT(cells) == COUNT(field_names), "one cell per column");
    rows_add(rows, cells);
    buffer_free(&values);
}

/* Appends "LEAD TEXT" on a line of its own, where there is any text. */
static void add_line(struct buffer *out, const char *lead, const char *text) {
    if (*text != '\0') {
        buffer_addf(out, "\n%s%s", lead, text);
    }
}

static void add_field_text(struct buffer *out, const struct field *field) {
    static const struct prose terms = {.indent = 2, .text_column = 24};
    struct buffer values = {0};
    struct buffer text = {0};
    field_print_values(field, &values);
    buffer_addf(&text, "%s (%s%s)", field->label, field_type_word(field->type),
                (field->flags & FIELD_REQUIRED) != 0 ? ", required" : "");
    add_line(&text, "", field->help);
    add_line(&text, "Meaning: ", field->meaning);
    add_line(&text,
             field->type == FIELD_REFERENCE ? "Refers to: " : "Values: ", buffer_text(&values));
    prose_add(out, &terms, field->name, buffer_text(&text));
    buffer_free(&text);
    buffer_free(&values);
}

static void add_register_text(struct buffer *out, const struct register_description *described) {
    static const struct prose heading = {.text_column = 24};
    struct buffer text = {0};
    buffer_addf(&text, "%s: %s\n%s\n", described->label, described->meaning, described->help);
    buffer_add(&text, described->key_count == 0 ? "Exactly one record" : "Key: ");
    for (int part = 0; part < described->key_count; part++) {
        buffer_add(&text, part > 0 ? ", " : "");
        buffer_add(&text, described->fields[described->key[part]].name);
    }
    buffer_addf(&text, "; pane: %s", described->pane);
    prose_add(out, &heading, described->name, buffer_text(&text));
    buffer_free(&text);
    for (int i = 0; i < described->field_count; i++) {
        add_field_text(out, &described->fields[i]);
    }
}

/* The registers from FIRST to LAST. */
struct register_range {
    int first, last;
};

static void add_registers_text(struct buffer *out, struct register_range range) {
    for (int id = range.first; id <= range.last; id++) {
        buffer_add(out, id > range.first ? "\n" : "");
        add_register_text(out, register_describe((enum register_id)id));
    }
}

static void add_registers_rows(struct buffer *out, struct register_range range, bool is_json) {
    struct rows_writer rows = rows_begin(out, is_json, field_names, COUNT(field_names));
    for (int id = range.first; id <= range.last; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        for (int i = 0; i < described->field_count; i++) {
            add_field_row(&rows, described, &described->fields[i]);
        }
    }
    rows_end(&rows);
}

static int describe_registers(struct register_range range, enum format format) {
    struct buffer out = {0};
    if (format == FORMAT_TEXT) {
        add_registers_text(&out, range);
    } else {
        add_registers_rows(&out, range, format == FORMAT_JSON);
    }
    return command_finish(&out);
}

/* A row of a table as a paragraph: its first cell as the heading, the others under their names. */
static void add_table_text(struct buffer *out, const struct table *table) {
    static const struct prose terms = {.indent = 2, .text_column = 16};
    for (int row = 0; row < table->row_count; row++) {
        const char *const *cells = table_row(table, row);
        buffer_add(out, row > 0 ? "\n" : "");
        prose_add(out, &(struct prose){0}, "", cells[0]);
        for (int column = 1; column < table->column_count; column++) {
            if (*cells[column] != '\0') {
                prose_add(out, &terms, table_names(table)[column], cells[column]);
            }
        }
    }
}

static void add_table_rows(struct buffer *out, const struct table *table, bool is_json) {
    struct rows_writer rows = rows_begin(out, is_json, table_names(table), table->column_count);
    for (int row = 0; row < table->row_count; row++) {
        rows_add(&rows, table_row(table, row));
    }
    rows_end(&rows);
}

/* The columns of product.md, Command line. */
static const char *const check_names[] = {"check", "severity", "requirement", "finds", "remedy"};

struct check_cells {
    const char *texts[COUNT(check_names)];
};

static struct check_cells cells_of_check(const struct check *check) {
    return (struct check_cells){{check->id, severity_word(check->severity), check->requirements,
                                 check->finds, check->remedy}};
}

static void add_checks_text(struct buffer *out, const struct check_book *book) {
    static const struct prose terms = {.indent = 2, .text_column = 16};
    for (int i = 0; i < check_book_count(book); i++) {
        struct check_cells cells = cells_of_check(check_book_listed(book, i));
        buffer_add(out, i > 0 ? "\n" : "");
        prose_add(out, &(struct prose){0}, "", cells.texts[0]);
        for (size_t column = 1; column < COUNT(check_names); column++) {
            prose_add(out, &terms, check_names[column], cells.texts[column]);
        }
    }
}

static void add_checks_rows(struct buffer *out, const struct check_book *book, bool is_json) {
    struct rows_writer rows = rows_begin(out, is_json, check_names, COUNT(check_names));
    for (int i = 0; i < check_book_count(book); i++) {
        struct check_cells cells = cells_of_check(check_book_listed(book, i));
        rows_add(&rows, cells.texts);
    }
    rows_end(&rows);
}

static int describe_checks(const struct invocation *invocation, enum format format) {
    struct fault fault = {0};
    struct buffer out = {0};
    struct check_book *book = check_book_load(&fault);
    if (book == NULL) {
        return command_fail(invocation, &fault);
    }
    if (format == FORMAT_TEXT) {
        add_checks_text(&out, book);
    } else {
        add_checks_rows(&out, book, format == FORMAT_JSON);
    }
    check_book_free(book);
    return command_finish(&out);
}

static int describe_table(const struct invocation *invocation, const char *path,
                          enum format format) {
    struct fault fault = {0};
    struct table table = {0};
    struct buffer out = {0};
    if (!table_read_embedded(&table, path, &fault)) {
        return command_fail(invocation, &fault);
    }
    if (format == FORMAT_TEXT) {
        add_table_text(&out, &table);
    } else {
        add_table_rows(&out, &table, format == FORMAT_JSON);
    }
    table_free(&table);
    return command_finish(&out);
}

static int run_describe(const struct invocation *invocation) {
    enum format format = read_format(invocation);
    if (invocation->operand_count == 0) {
        return describe_registers((struct register_range){0, REGISTER_COUNT - 1}, format);
    }
    const char *word = invocation->operands[0];
    if (strcmp(word, "checks") == 0) {
        return describe_checks(invocation, format);
    }
    if (strcmp(word, "requirements") == 0) {
        return describe_table(invocation, "catalogue.csv", format);
    }
    enum register_id id = register_find(word);
    if (id == REGISTER_NONE) {
        struct fault fault = {0};
        fault_set(&fault, FAULT_USAGE,
                  "\"%s\" is no register (use a name that clause5 describe prints, checks or "
                  "requirements)",
                  word);
        return command_fail(invocation, &fault);
    }
    return describe_registers((struct register_range){(int)id, (int)id}, format);
}

static const struct option_description describe_options[] = {
    {.name = "format", .value = "FORMAT", .choices = "text|csv|json", .help = "How to print it"},
    {.name = NULL},
};

const struct command command_describe = {
    .name = "describe",
    .operands = "[REGISTER|checks|requirements]",
    .summary = "Print what the registers hold, what is checked, or the checklist",
    .details = "Without a word: every field of every register. With the name of a register: its "
               "fields. checks: every check with what it finds and what to do about it. "
               "requirements: every line of the checklist that ships with the program.",
    .most_operands = 1,
    .options = describe_options,
    .run = run_describe,
};
