/* Owns what each type of field does, one row a type; knows nothing of fields by name, of files or
 * of screens. How a text is read stands in parse.c, choice.c and number.c. */
#include "clause5/register/type.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "register/parse.h"

enum { WIDTH_CELLS_MOST = 30 };

typedef bool parse_function(const struct field *field, const char *text, struct value *value,
                            struct fault *fault);
typedef bool parse_typed_function(const struct field *field, const struct typed_text *typed,
                                  struct value *value, struct fault *fault);
typedef int compare_function(const struct field *field, const struct value *a,
                             const struct value *b);

/* Where parse_typed or parse_sheet is NULL, parse does that too. */
struct type_ops {
    const char *word; /* in registers.tsv */
    const char *sql;  /* column type of a STRICT table */
    int width_cells;  /* 0: that of its longest choice */
    bool is_numeric;
    bool is_trimmed;
    parse_function *parse;
    parse_function *parse_sheet;
    parse_typed_function *parse_typed;
    compare_function *compare;
};

static int order(bool is_less, bool is_more) {
    return is_more - is_less;
}

static int compare_text(const struct field *field, const struct value *a, const struct value *b) {
    (void)field;
    size_t shorter = a->len_bytes < b->len_bytes ? a->len_bytes : b->len_bytes;
    int bytes = memcmp(a->text, b->text, shorter);
    return bytes != 0 ? bytes : order(a->len_bytes<b->len_bytes, a->len_bytes> b->len_bytes);
}

static int compare_choice(const struct field *field, const struct value *a, const struct value *b) {
    int places = choice_position(field, a->text) - choice_position(field, b->text);
    return places != 0 ? places : compare_text(field, a, b);
}

static int compare_whole(const struct field *field, const struct value *a, const struct value *b) {
    (void)field;
    return order(a->whole<b->whole, a->whole> b->whole);
}

static int compare_number(const struct field *field, const struct value *a, const struct value *b) {
    (void)field;
    return order(a->number<b->number, a->number> b->number);
}

/* The shape that most types share: a text in one line that its reader trims. */
#define WORD_OPS .sql = "TEXT", .is_trimmed = true, .compare = compare_text

static const struct type_ops types[] = {
    [FIELD_TEXT] = {.word = "text",
                    .sql = "TEXT",
                    .width_cells = 20,
                    .parse = parse_text,
                    .compare = compare_text},
    [FIELD_LONG_TEXT] = {.word = "long text",
                         .sql = "TEXT",
                         .width_cells = 30,
                         .parse = parse_text,
                         .compare = compare_text},
    [FIELD_WHOLE] = {.word = "whole number",
                     .sql = "INTEGER",
                     .width_cells = 6,
                     .is_numeric = true,
                     .is_trimmed = true,
                     .parse = parse_whole,
                     .compare = compare_whole},
    [FIELD_NUMBER] = {.word = "number",
                      .sql = "REAL",
                      .width_cells = 10,
                      .is_numeric = true,
                      .is_trimmed = true,
                      .parse = parse_number,
                      .compare = compare_number},
    [FIELD_DATE] = {.word = "date",
                    WORD_OPS,
                    .width_cells = 10,
                    .parse = parse_date,
                    .parse_typed = parse_date_typed},
    [FIELD_YESNO] = {.word = "yes/no",
                     WORD_OPS,
                     .width_cells = 3,
                     .parse = parse_yesno,
                     .parse_sheet = parse_yesno_sheet,
                     .parse_typed = parse_yesno_typed},
    [FIELD_CHOICE] = {.word = "choice",
                      .sql = "TEXT",
                      .is_trimmed = true,
                      .parse = parse_choice,
                      .parse_sheet = parse_choice_sheet,
                      .parse_typed = parse_choice_typed,
                      .compare = compare_choice},
    [FIELD_REFERENCE] = {.word = "reference",
                         .sql = "INTEGER",
                         .width_cells = 10,
                         .is_trimmed = true,
                         .parse = parse_text,
                         .compare = compare_whole},
    [FIELD_PARTY] = {.word = "party",
                     .sql = "INTEGER",
                     .width_cells = 20,
                     .is_trimmed = true,
                     .parse = parse_text,
                     .compare = compare_whole},
    [FIELD_FILE] = {.word = "file or URL",
                    .sql = "TEXT",
                    .width_cells = 24,
                    .parse = parse_text,
                    .compare = compare_text},
    [FIELD_EMAIL] = {.word = "text", WORD_OPS, .width_cells = 24, .parse = parse_email},
    [FIELD_LANGUAGE] = {.word = "text", WORD_OPS, .width_cells = 8, .parse = parse_language},
    [FIELD_REGISTER] = {.word = "text", WORD_OPS, .width_cells = 15, .parse = parse_register},
    [FIELD_RECORD] = {.word = "text", WORD_OPS, .width_cells = 20, .parse = parse_text},
    [FIELD_SOURCE] = {.word = "text", WORD_OPS, .width_cells = 16, .parse = parse_text},
    [FIELD_CHECK] = {.word = "text", WORD_OPS, .width_cells = 24, .parse = parse_text},
    [FIELD_DIGEST] = {.word = "text", WORD_OPS, .width_cells = 12, .parse = parse_digest},
    [FIELD_VERSION] = {.word = "text", WORD_OPS, .width_cells = 7, .parse = parse_text},
};
_Static_assert(COUNT(types) == FIELD_TYPE_COUNT, "one row per type");

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Returns what there is to read: TEXT itself, or where it is to be trimmed a copy, which the caller
 * frees as *COPY with free. An import reads millions of cells, and hardly any has blanks to lose.
 */
static const char *text_to_read(const struct field *field, const char *text, char **copy) {
    bool is_trimmed = types[field->type].is_trimmed || (field->flags & FIELD_KEY) != 0;
    size_t len_bytes = strlen(text);
    *copy = NULL;
    if (is_trimmed && len_bytes > 0 && (is_blank(text[0]) || is_blank(text[len_bytes - 1]))) {
        *copy = text_trim(text);
        return *copy;
    }
    return text;
}

static bool parse_with(parse_function *parse, const struct field *field, const char *text,
                       struct value *value, struct fault *fault) {
    *value = (struct value){0};
    size_t len_bytes = strlen(text);
    size_t invalid_at = text_find_invalid(text, len_bytes);
    if (invalid_at < len_bytes) {
        return fault_set(fault, FAULT_REFUSED,
                         "byte %zu of the text is no UTF-8 (use text in UTF-8)", invalid_at + 1);
    }
    char *copy;
    const char *read = text_to_read(field, text, &copy);
    bool is_good = *read == '\0' || parse(field, read, value, fault);
    free(copy);
    return is_good;
}

bool field_parse(const struct field *field, const char *text, struct value *value,
                 struct fault *fault) {
    return parse_with(types[field->type].parse, field, text, value, fault);
}

bool field_parse_sheet(const struct field *field, const char *text, struct value *value,
                       struct fault *fault) {
    const struct type_ops *type = &types[field->type];
    return parse_with(type->parse_sheet != NULL ? type->parse_sheet : type->parse, field, text,
                      value, fault);
}

bool field_parse_typed(const struct field *field, const char *text, date_days today,
                       struct value *value, struct fault *fault) {
    const struct type_ops *type = &types[field->type];
    if (type->parse_typed == NULL || text_find_invalid(text, strlen(text)) < strlen(text)) {
        return field_parse(field, text, value, fault);
    }
    *value = (struct value){0};
    char *copy;
    struct typed_text typed = {.text = text_to_read(field, text, &copy), .today = today};
    bool is_good = *typed.text == '\0' || type->parse_typed(field, &typed, value, fault);
    free(copy);
    return is_good;
}

void field_print(const struct field *field, const struct value *value, struct buffer *out) {
    (void)field;
    switch (value->kind) {
    case VALUE_TEXT:
        buffer_append(out, value->text, value->len_bytes);
        break;
    case VALUE_WHOLE:
        buffer_addf(out, "%" PRId64, value->whole);
        break;
    case VALUE_NUMBER:
        number_print(value->number, out);
        break;
    case VALUE_EMPTY:
        break;
    }
}

void field_print_shown(const struct field *field, const struct value *value, struct buffer *out) {
    const struct choice *choice = field->type == FIELD_CHOICE && value->kind == VALUE_TEXT
                                      ? field_find_choice(field, value->text)
                                      : NULL;
    if (choice != NULL) {
        buffer_add(out, choice->label);
    } else {
        field_print(field, value, out);
    }
}

/* The kind of value that the type's comparison can take; others are ordered by kind, as a reference
 * that is still a text before one that is an id. */
static enum value_kind compared_kind(const struct type_ops *type) {
    return type->compare == compare_whole    ? VALUE_WHOLE
           : type->compare == compare_number ? VALUE_NUMBER
                                             : VALUE_TEXT;
}

int field_compare(const struct field *field, const struct value *a, const struct value *b) {
    const struct type_ops *type = &types[field->type];
    if (a->kind != b->kind) {
        return order(a->kind<b->kind, a->kind> b->kind);
    }
    if (a->kind == compared_kind(type)) {
        return type->compare(field, a, b);
    }
    return a->kind == VALUE_TEXT ? compare_text(field, a, b) : 0;
}

const char *field_type_word(enum field_type type) {
    return types[type].word;
}

const char *field_type_sql(enum field_type type) {
    return types[type].sql;
}

bool field_type_is_numeric(enum field_type type) {
    return types[type].is_numeric;
}

int field_width_cells(const struct field *field) {
    if (field->width > 0) {
        return field->width;
    }
    int width = text_width_cells(field->label);
    int wanted = types[field->type].width_cells;
    width = wanted > width ? wanted : width;
    for (const struct choice *choice = field->choices; choice != NULL && choice->value != NULL;
         choice++) {
        int cells = text_width_cells(choice->label);
        width = cells > width ? cells : width;
    }
    return width < WIDTH_CELLS_MOST ? width : WIDTH_CELLS_MOST;
}

void field_print_values(const struct field *field, struct buffer *out) {
    if ((field->flags & FIELD_UNIQUE) != 0) {
        buffer_add(out, "unique");
    } else if (field->type == FIELD_REFERENCE) {
        buffer_add(out, register_describe(field->target)->name);
    } else if (field->type == FIELD_WHOLE && field->most != 0) {
        buffer_addf(out, "%" PRId64 "-%" PRId64, field->least, field->most);
    }
    for (const struct choice *choice = field->choices; choice != NULL && choice->value != NULL;
         choice++) {
        buffer_add(out, choice == field->choices ? "" : "; ");
        buffer_add(out, choice->value);
    }
}
