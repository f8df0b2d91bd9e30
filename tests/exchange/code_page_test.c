/* Files in the code pages of old programs, made here from one text each: their names arrive as they
 * were meant, whatever stands between the cells and ends the lines. */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/sheets.h"

/* What a program of its time wrote, a person a row. */
static const struct page_case {
    const char *encoding; /* as it is found out */
    const char *name, *other, *department;
} cases[] = {
    {"WINDOWS-1252", "J\u00f6rg M\u00fcller", "Ren\u00e9e \u0152uvrard",
     "Gesch\u00e4ftsf\u00fchrung"},
    {"IBM850", "J\u00f6rg M\u00fcller", "Andr\u00e9 B\u00e4cker", "Gesch\u00e4ftsf\u00fchrung"},
    {"MACINTOSH", "J\u00f6rg M\u00fcller", "Andr\u00e9 B\u00e4cker", "Gesch\u00e4ftsf\u00fchrung"},
    {"WINDOWS-1250", "Ji\u0159\u00ed Dvo\u0159\u00e1k", "Zdena \u0160\u0165astn\u00e1",
     "Bezpe\u010dnost"},
    {"WINDOWS-1251", "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
     "\u0410\u043d\u043d\u0430 \u041b\u0435\u0431\u0435\u0434\u0435\u0432\u0430",
     "\u0411\u0435\u0437\u043e\u043f\u0430\u0441\u043d\u043e\u0441\u0442\u044c"},
};

/* The program that wrote it: what it puts between cells and at the end of lines, around cells, and
 * above the header. */
static const struct dialect {
    char delimiter;
    const char *end, *quote, *above;
} dialects[] = {
    {',', "\n", "", ""},      {';', "\r\n", "", ""},         {'\t', "\r", "", ""},
    {'|', "\n", "\"", ""},    {';', "\r\n", "\"", "sep=;"},  {',', "\r\n", "\"", ""},
    {'\t', "\r\n", "\"", ""}, {';', "\n", "", "Staff list"},
};

static void add_row(struct buffer *out, const struct dialect *dialect, const char *first,
                    const char *second) {
    buffer_addf(out, "%s%s%s%c%s%s%s%s", dialect->quote, first, dialect->quote, dialect->delimiter,
                dialect->quote, second, dialect->quote, dialect->end);
}

static void print_file(struct buffer *out, const struct page_case *text,
                       const struct dialect *dialect) {
    if (dialect->above[0] != '\0') {
        buffer_addf(out, "%s%s", dialect->above, dialect->end);
    }
    add_row(out, dialect, "name", "department");
    add_row(out, dialect, text->name, text->department);
    add_row(out, dialect, text->other, text->department);
}

/* Imports the text in that encoding into a workbook of its own, and says what the names are. */
static const char *names_in(struct sheets *sheets, const char *encoding,
                            const struct buffer *text) {
    size_t room = 4 * text->len_bytes + 8, left = text->len_bytes, capacity = room;
    char *recoded = memory_zero(1, room), *from = text->bytes, *to = recoded;
    iconv_t converter = iconv_open(encoding, "UTF-8");
    assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
    iconv_close(converter);
    sheets_begin_another(sheets, SEED_EMPTY);
    const char *counts = sheets_import_bytes(sheets, "person", recoded, capacity - room);
    assert_string_equal(counts, "2 new, 0 changed, 0 unchanged, 0 rejected");
    free(recoded);
    return sheets_ask(sheets, "SELECT group_concat(name || '/' || department, '|')"
                              " FROM (SELECT name, department FROM person ORDER BY rowid)");
}

static void expect_case(struct sheets *sheets, const struct page_case *text, const char *encoding,
                        const struct dialect *dialect) {
    struct buffer file = {0}, expected = {0};
    buffer_add(&file, strncmp(encoding, "UTF-16", 6) == 0 ? "\uFEFF" : "");
    print_file(&file, text, dialect);
    buffer_addf(&expected, "%s/%s|%s/%s", text->name, text->department, text->other,
                text->department);
    assert_string_equal(names_in(sheets, encoding, &file), buffer_text(&expected));
    buffer_free(&file);
    buffer_free(&expected);
}

static void names_in_code_pages_arrive_in_every_dialect(void **state) {
    struct sheets *sheets = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t j = 0; j < COUNT(dialects); j++) {
            expect_case(sheets, &cases[i], cases[i].encoding, &dialects[j]);
            assert_non_null(strstr(buffer_text(&sheets->said), cases[i].encoding));
        }
    }
}

static void names_in_unicode_arrive_in_every_dialect(void **state) {
    struct sheets *sheets = *state;
    static const char *const encodings[] = {"UTF-8", "UTF-16LE", "UTF-16BE"};
    for (size_t i = 0; i < COUNT(encodings) * COUNT(dialects); i++) {
        expect_case(sheets, &cases[i % COUNT(cases)], encodings[i / COUNT(dialects)],
                    &dialects[i % COUNT(dialects)]);
        assert_null(strstr(buffer_text(&sheets->said), "is no Unicode"));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sheets_setup, sheets_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(names_in_code_pages_arrive_in_every_dialect),
        TEST(names_in_unicode_arrive_in_every_dialect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
