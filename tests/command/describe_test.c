/* `clause5 describe` as a program: the letter of the contract, and what people read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/csv_write.h"
#include "clause5/exchange/table.h"
#include "support/place.h"
#include "support/run.h"

enum { PROSE_COLUMNS = 80 };

static const char program[] = BINARY_DIR "/clause5";

/* What the headers of the contract's tables are called in CSV (product.md, Command line). */
static const char *header_of(const char *cell) {
    return strcmp(cell, "values or target") == 0    ? "values"
           : strcmp(cell, "id") == 0                ? "check"
           : strcmp(cell, "tells the user to") == 0 ? "remedy"
                                                    : cell;
}

/* Appends one line of the contract, which has tabs and LF, as a row of CSV. */
static void add_contract_line(struct csv_writer *writer, char *line) {
    char *rest = line;
    for (const char *cell = strsep(&rest, "\t"); cell != NULL; cell = strsep(&rest, "\t")) {
        csv_write_cell(writer, header_of(cell));
    }
    csv_end_row(writer);
}

/* Returns a table of the contract as CSV, without the rows of registers.tsv that name no field. */
static struct buffer read_contract(const char *path) {
    struct buffer out = {0};
    struct csv_writer writer = {.out = &out};
    char *text = place_read_path(path, NULL);
    assert_non_null(text);
    char *rest = text;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        const char *field = strchr(line, '\t');
        if (field != NULL && field[1] != '\t') {
            add_contract_line(&writer, line);
        }
    }
    free(text);
    return out;
}

static void the_csv_is_the_contract_byte_by_byte(void **state) {
    (void)state;
    struct buffer expected = read_contract(TESTS_DIR "/register/registers.tsv");
    struct run_result result = RUN(NULL, program, "describe", "--format", "csv");
    run_expect_status(&result, 0);
    assert_string_equal(buffer_text(&result.out), buffer_text(&expected));
    assert_string_equal(buffer_text(&result.err), "");
    run_free(&result);
    buffer_free(&expected);
}

static void one_register_is_described_alone(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, program, "describe", "policy_obligation", "--format=csv");
    run_expect_status(&result, 0);
    assert_string_equal(buffer_text(&result.out), "register,field,type,required,values,meaning\r\n"
                                                  "policy_obligation,policy,reference,yes,policy,"
                                                  "\r\npolicy_obligation,obligation,reference,yes,"
                                                  "obligation,\r\n");
    run_free(&result);
}

static void json_has_the_names_of_the_csv(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, program, "describe", "measurement", "--format", "json");
    run_expect_status(&result, 0);
    assert_non_null(strstr(buffer_text(&result.out),
                           "{\"register\": \"measurement\", \"field\": \"value\", \"type\": "
                           "\"number\", \"required\": \"yes\", \"values\": \"\", \"meaning\": "
                           "\"\"}"));
    run_free(&result);
}

static void check_table(const char *word, const char *path, const char *header) {
    struct run_result result = RUN(NULL, program, "describe", word, "--format", "csv");
    struct table printed = {0};
    struct table shipped = {0};
    struct fault fault = {0};
    run_expect_status(&result, 0);
    assert_memory_equal(buffer_text(&result.out), header, strlen(header));
    assert_true(table_read(&printed, result.out.bytes, result.out.len_bytes, &fault));
    assert_true(table_read_embedded(&shipped, path, &fault));
    assert_int_equal(printed.row_count, shipped.row_count);
    for (int row = 0; row < shipped.row_count; row++) {
        for (int column = 0; column < shipped.column_count; column++) {
            assert_string_equal(csv_unguard(table_row(&printed, row)[column]),
                                table_row(&shipped, row)[column]);
        }
    }
    table_free(&printed);
    table_free(&shipped);
    run_free(&result);
}

static void the_checks_are_the_contract_byte_by_byte(void **state) {
    (void)state;
    struct buffer expected = read_contract(TESTS_DIR "/audit/checks.tsv");
    struct run_result result = RUN(NULL, program, "describe", "checks", "--format", "csv");
    run_expect_status(&result, 0);
    assert_string_equal(buffer_text(&result.out), buffer_text(&expected));
    run_free(&result);
    buffer_free(&expected);
}

static void the_requirements_are_printed_whole(void **state) {
    (void)state;
    check_table("requirements", "catalogue.csv",
                "ref,clause,kind,title,guidance,look_for,questions,source\r\n");
}

static void check_lines_fit(const char *text) {
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *line = memory_copy_bytes(text, length);
        if (text_width_cells(line) > PROSE_COLUMNS || (length > 0 && line[length - 1] == ' ')) {
            fail_msg("\"%s\"", line);
        }
        free(line);
        text += length + (text[length] == '\n');
    }
}

static void people_read_it_in_eighty_columns(void **state) {
    (void)state;
    static const char *const words[] = {"policy", "checks", "requirements", "--help"};
    for (size_t i = 0; i < COUNT(words); i++) {
        struct run_result result = RUN(NULL, program, "describe", words[i]);
        run_expect_status(&result, 0);
        assert_true(result.out.len_bytes > 100);
        check_lines_fit(buffer_text(&result.out));
        run_free(&result);
    }
    struct run_result result = RUN(NULL, program, "describe", "--format", "text");
    check_lines_fit(buffer_text(&result.out));
    assert_non_null(strstr(buffer_text(&result.out), "What the firm wants to reach"));
    run_free(&result);
}

static void an_unknown_register_is_wrong_usage(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, program, "describe", "policies\x1b[2J");
    run_expect_status(&result, 2);
    assert_string_equal(buffer_text(&result.out), "");
    assert_non_null(strstr(buffer_text(&result.err), "is no register"));
    assert_null(strchr(buffer_text(&result.err), '\x1b'));
    run_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_csv_is_the_contract_byte_by_byte),
        cmocka_unit_test(one_register_is_described_alone),
        cmocka_unit_test(json_has_the_names_of_the_csv),
        cmocka_unit_test(the_checks_are_the_contract_byte_by_byte),
        cmocka_unit_test(the_requirements_are_printed_whole),
        cmocka_unit_test(people_read_it_in_eighty_columns),
        cmocka_unit_test(an_unknown_register_is_wrong_usage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
