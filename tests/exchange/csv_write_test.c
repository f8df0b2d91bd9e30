/* CSV and JSON out: quoting, the guard against formulas, names and rows. */
#include "clause5/exchange/csv_write.h"

#include <stdio.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/rows.h"
#include "clause5/exchange/table.h"

static void check_cell(const char *text, const char *expected) {
    struct buffer out = {0};
    struct csv_writer writer = {.out = &out};
    csv_write_cell(&writer, text);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void cells_are_quoted_where_needed(void **state) {
    (void)state;
    check_cell("plain text", "plain text");
    check_cell("", "");
    check_cell("a,b", "\"a,b\"");
    check_cell("say \"no\"", "\"say \"\"no\"\"\"");
    check_cell("two\nlines", "\"two\nlines\"");
    check_cell("a\rb", "\"a\rb\"");
    check_cell(" blank", "\" blank\"");
    check_cell("blank\t", "\"blank\t\"");
}

static void formulas_get_an_apostrophe_and_numbers_do_not(void **state) {
    (void)state;
    check_cell("=1+1", "'=1+1");
    check_cell("+49 30 1", "'+49 30 1");
    check_cell("@sum", "'@sum");
    check_cell("\tx", "'\tx");
    check_cell("\rx", "\"'\rx\"");
    check_cell("-", "'-");
    check_cell("''=x", "'''=x");
    check_cell("-5", "-5");
    check_cell("-0.25", "-0.25");
    check_cell("+3", "+3");
    check_cell("-1e5", "'-1e5");
    check_cell("'quoted'", "'quoted'");
    check_cell("it's = fine", "it's = fine");
}

static void exact_cells_stay_bare(void **state) {
    (void)state;
    struct buffer out = {0};
    struct csv_writer writer = {.out = &out, .is_exact = true, .delimiter = ';'};
    csv_write_row(&writer, (const char *const[]){"=1", "a,b", "a;b"}, 3);
    assert_string_equal(buffer_text(&out), "=1;a,b;\"a;b\"\r\n");
    buffer_free(&out);
}

static void a_blank_line_is_never_written(void **state) {
    (void)state;
    struct buffer out = {0};
    struct csv_writer writer = {.out = &out};
    csv_write_row(&writer, (const char *const[]){""}, 1);
    csv_write_row(&writer, (const char *const[]){"", ""}, 2);
    csv_write_row(&writer, (const char *const[]){""}, 1);
    assert_string_equal(buffer_text(&out), "\"\"\r\n,\r\n\"\"\r\n");
    buffer_free(&out);
}

/* Every text of up to five bytes from an alphabet of what matters comes back as it was. */
static void the_guard_is_a_bijection(void **state) {
    (void)state;
    static const char alphabet[] = {'\'', '=', '-', '1', '.', '\t', 'a'};
    enum { LETTERS = sizeof alphabet, LONGEST = 5 };
    for (int length = 0; length <= LONGEST; length++) {
        int count = 1;
        for (int i = 0; i < length; i++) {
            count *= LETTERS;
        }
        for (int number = 0; number < count; number++) {
            char text[LONGEST + 1] = {0};
            char written[LONGEST + 2];
            int rest = number;
            for (int i = 0; i < length; i++, rest /= LETTERS) {
                text[i] = alphabet[rest % LETTERS];
            }
            snprintf(written, sizeof written, "%s%s", csv_is_formula(text) ? "'" : "", text);
            assert_string_equal(csv_unguard(written), text);
        }
    }
}

static void what_is_written_reads_back(void **state) {
    (void)state;
    static const char *const names[] = {"ref", "note"};
    static const char *const row[] = {" a\"b,", "\nx\r\n"};
    struct buffer out = {0};
    struct rows_writer rows = rows_begin(&out, false, names, 2);
    rows_add(&rows, row);
    rows_end(&rows);
    struct table table = {0};
    struct fault fault = {0};
    assert_true(table_read(&table, out.bytes, out.len_bytes, &fault));
    assert_int_equal(table.row_count, 1);
    assert_int_equal(table_find_column(&table, "note"), 1);
    assert_int_equal(table_find_column(&table, "Note"), -1);
    assert_string_equal(table_row(&table, 0)[0], row[0]);
    assert_string_equal(table_row(&table, 0)[1], row[1]);
    table_free(&table);
    buffer_free(&out);
}

static void ragged_and_broken_tables_are_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"", "a,b\n1\n", "a,b\n1,2,3\n", "a,b\n\"1,2\n",
                                        "a\n1\"2\n"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct table table = {0};
        struct fault fault = {0};
        assert_false(table_read(&table, texts[i], strlen(texts[i]), &fault));
        assert_int_equal(table.cell_count, 0);
        fault_clear(&fault);
    }
}

static void json_holds_the_same_names_and_strings(void **state) {
    (void)state;
    static const char *const names[] = {"ref", "note"};
    struct buffer out = {0};
    struct rows_writer rows = rows_begin(&out, true, names, 2);
    rows_add(&rows, (const char *const[]){"=1", "a\"b\\c\n\x01\xFFé"});
    rows_add(&rows, (const char *const[]){"", "\b\f\r\t/"});
    rows_end(&rows);
    assert_string_equal(buffer_text(&out),
                        "[\n {\"ref\": \"=1\", \"note\": \"a\\\"b\\\\c\\n\\u0001\uFFFDé\"},\n"
                        " {\"ref\": \"\", \"note\": \"\\b\\f\\r\\t/\"}\n]\n");
    buffer_free(&out);
}

static void no_rows_are_an_empty_array_or_a_header(void **state) {
    (void)state;
    static const char *const names[] = {"ref"};
    struct buffer out = {0};
    struct rows_writer rows = rows_begin(&out, true, names, 1);
    rows_end(&rows);
    rows = rows_begin(&out, false, names, 1);
    rows_end(&rows);
    assert_string_equal(buffer_text(&out), "[]\nref\r\n");
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_quoted_where_needed),
        cmocka_unit_test(formulas_get_an_apostrophe_and_numbers_do_not),
        cmocka_unit_test(exact_cells_stay_bare),
        cmocka_unit_test(a_blank_line_is_never_written),
        cmocka_unit_test(the_guard_is_a_bijection),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(ragged_and_broken_tables_are_refused),
        cmocka_unit_test(json_holds_the_same_names_and_strings),
        cmocka_unit_test(no_rows_are_an_empty_array_or_a_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
