/* Reading CSV: the csv-spectrum suite, dialects and encodings, and what is broken. */
#include "clause5/exchange/csv_read.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "support/place.h"

/* Appends each record as LINE[cell|cell], broken ones as LINE!. */
static void print_rows(struct csv_reader *reader, struct buffer *out) {
    struct csv_row row;
    struct fault fault = {0};
    int got;
    while ((got = csv_next(reader, &row, &fault)) == 1) {
        buffer_addf(out, "%d%s[", (int)row.line, row.broken == NULL ? "" : "!");
        for (int i = 0; i < row.cell_count; i++) {
            buffer_addf(out, "%s%s", i == 0 ? "" : "|", row.cells[i]);
        }
        buffer_add(out, "]");
    }
    assert_string_equal(fault_text(&fault), "");
    assert_int_equal(got, 0);
}

static void expect_rows_of(const void *bytes, size_t len_bytes, const struct csv_format *format,
                           const char *expected) {
    struct fault fault = {0};
    struct buffer found = {0};
    struct csv_reader *reader = csv_open_bytes(bytes, len_bytes, format, &fault);
    assert_non_null(reader);
    print_rows(reader, &found);
    assert_string_equal(buffer_text(&found), expected);
    buffer_clear(&found);
    assert_true(csv_restart(reader, &fault));
    print_rows(reader, &found);
    assert_string_equal(buffer_text(&found), expected);
    buffer_free(&found);
    csv_close(reader);
}

static void expect_rows(const char *text, const char *expected) {
    expect_rows_of(text, strlen(text), &(struct csv_format){0}, expected);
}

/* Reads the next string of a JSON text that holds only objects of strings; NULL at the end. A key
 * is followed by a colon. */
static char *next_json_string(const char **json, bool *is_key) {
    const char *at = strchr(*json, '"');
    if (at == NULL) {
        return NULL;
    }
    struct buffer text = {0};
    for (at++; *at != '"'; at++) {
        if (*at == '\\') {
            at++;
            buffer_add_byte(&text, *at == 'n' ? '\n' : *at == 'r' ? '\r' : *at == 't' ? '\t' : *at);
        } else {
            buffer_add_byte(&text, *at);
        }
    }
    for (at++; isspace((unsigned char)*at); at++) {
    }
    *is_key = *at == ':';
    *json = at;
    return buffer_take(&text);
}

/* Appends what the JSON holds as NAME=VALUE pairs in order. */
static void print_json(const char *json, struct buffer *out) {
    bool is_key;
    char *text;
    while ((text = next_json_string(&json, &is_key)) != NULL) {
        buffer_addf(out, is_key ? "{%s=" : "%s}", text);
        free(text);
    }
}

static void print_named(struct csv_reader *reader, struct buffer *out) {
    struct csv_row row;
    struct fault fault = {0};
    char *names[16] = {0};
    int name_count = 0;
    while (csv_next(reader, &row, &fault) == 1) {
        assert_null(row.broken);
        for (int i = 0; i < row.cell_count; i++) {
            if (name_count <= i || names[i] == NULL) {
                names[i] = memory_copy_text(row.cells[i]);
            } else {
                buffer_addf(out, "{%s=%s}", names[i], row.cells[i]);
            }
        }
        name_count = row.cell_count;
    }
    for (int i = 0; i < 16; i++) {
        free(names[i]);
    }
}

/* The copy of the suite that is kept here has LF line ends throughout; the files named _crlf are
 * given back theirs. */
static void read_spectrum_csv(const char *path, bool has_crlf, struct buffer *out) {
    char *text = place_read_path(path, NULL);
    assert_non_null(text);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n' && has_crlf) {
            buffer_add_byte(out, '\r');
        }
        buffer_add_byte(out, *at);
    }
    free(text);
}

static void reads_the_csv_spectrum(void **state) {
    (void)state;
    /* Of location_coordinates.json the copy has another telephone number than its CSV; it is read
     * below. */
    static const char *const names[] = {"comma_in_quotes",
                                        "empty",
                                        "empty_crlf",
                                        "escaped_quotes",
                                        "json",
                                        "newlines",
                                        "newlines_crlf",
                                        "quotes_and_newlines",
                                        "simple",
                                        "simple_crlf",
                                        "utf8"};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct buffer csv_path = {0}, json_path = {0}, expected = {0}, found = {0};
        buffer_addf(&csv_path, "%s/data/csv-spectrum/csvs/%s.csv", TESTS_DIR, names[i]);
        buffer_addf(&json_path, "%s/data/csv-spectrum/json/%s.json", TESTS_DIR, names[i]);
        char *json = place_read_path(buffer_text(&json_path), NULL);
        assert_non_null(json);
        print_json(json, &expected);
        struct buffer csv = {0};
        read_spectrum_csv(buffer_text(&csv_path), strstr(names[i], "_crlf") != NULL, &csv);
        struct fault fault = {0};
        struct csv_reader *reader =
            csv_open_bytes(csv.bytes, csv.len_bytes, &(struct csv_format){0}, &fault);
        assert_non_null(reader);
        print_named(reader, &found);
        assert_string_equal(buffer_text(&found), buffer_text(&expected));
        csv_close(reader);
        free(json);
        buffer_free(&csv);
        buffer_free(&csv_path);
        buffer_free(&json_path);
        buffer_free(&expected);
        buffer_free(&found);
    }
}

static void reads_quotation_marks_as_minutes_and_seconds(void **state) {
    (void)state;
    struct fault fault = {0};
    struct csv_source source = {.path =
                                    TESTS_DIR "/data/csv-spectrum/csvs/location_coordinates.csv"};
    struct csv_reader *reader = csv_open(&source, &(struct csv_format){0}, &fault);
    struct csv_row row;
    assert_int_equal(csv_next(reader, &row, &fault), 1);
    assert_int_equal(csv_next(reader, &row, &fault), 1);
    assert_null(row.broken);
    assert_int_equal(row.cell_count, 4);
    assert_string_equal(row.cells[1], "37\uFFFD36'37.8\"N 121\uFFFD2'17.9\"W");
    csv_close(reader);
}

static void finds_out_the_delimiter(void **state) {
    (void)state;
    expect_rows("a,b\n1,2\n", "1[a|b]2[1|2]");
    expect_rows("a;b\n1,5;2\n", "1[a|b]2[1,5|2]");
    expect_rows("a\tb\n1,5\t2\n", "1[a|b]2[1,5|2]");
    expect_rows("a|b\n1;5|2\n", "1[a|b]2[1;5|2]");
    expect_rows("alone\n1;5\n", "1[alone]2[1;5]");
    expect_rows("a;b", "1[a|b]");
    expect_rows("sep=|\na,b|c\n1|2\n", "2[a,b|c]3[1|2]");
    expect_rows("\xEF\xBB\xBF\"sep=;\"\r\na;b\r\n", "2[a|b]");
    expect_rows_of("a;b,c\n", 6, &(struct csv_format){.delimiter = ','}, "1[a;b|c]");
}

static void knows_every_line_end_and_counts_lines(void **state) {
    (void)state;
    expect_rows("a,b\n1,2", "1[a|b]2[1|2]");
    expect_rows("a,b\r\n1,2\r\n", "1[a|b]2[1|2]");
    expect_rows("a,b\r1,2\r", "1[a|b]2[1|2]");
    expect_rows("a,b\r\n1,2\n3,4\r5,6", "1[a|b]2[1|2]3[3|4]4[5|6]");
    expect_rows("\n\na,b\n\n\r\n1,\"x\ny\r\nz\"\n3,4\n", "3[a|b]6[1|x\ny\r\nz]9[3|4]");
}

static void keeps_blanks_and_ragged_rows_as_they_are(void **state) {
    (void)state;
    expect_rows("a,b\n  x , y \n1\n1,2,3\n,\n", "1[a|b]2[  x | y ]3[1]4[1|2|3]5[|]");
}

static void decodes_what_spreadsheets_write(void **state) {
    (void)state;
    static const char utf16le[] = "\xFF\xFE\x61\0;\0\xE4\0\n\0\x31\0;\0\x32\0\n\0";
    static const char utf16be[] = "\xFE\xFF\0a\0;\0\xE4\0\n\0\x31\0;\0\x32\0\n";
    const struct csv_format any = {0};
    expect_rows_of(utf16le, sizeof utf16le - 1, &any, "1[a|ä]2[1|2]");
    expect_rows_of(utf16be, sizeof utf16be - 1, &any, "1[a|ä]2[1|2]");
    expect_rows_of(utf16le + 2, sizeof utf16le - 3, &any, "1[a|ä]2[1|2]");
    expect_rows_of(utf16be + 2, sizeof utf16be - 3, &any, "1[a|ä]2[1|2]");
    expect_rows("a,b\n\xE4,\x80\n", "1[a|b]2[ä|€]");
    expect_rows("\xEF\xBB\xBFname,b\n\xC3\xA4,2\n", "1[name|b]2[ä|2]");
    expect_rows("\"\xEF\xBB\xBFname\",b\n1,2\n", "1[name|b]2[1|2]");
    expect_rows("\xEF\xBB\xBF\"name\",b\n1,2\n", "1[name|b]2[1|2]");
    expect_rows_of("\xEF\xBB\xBF\"a\",b\n", 9, &(struct csv_format){.encoding = "utf8"}, "1[a|b]");
    expect_rows_of("a\n\xA4\n", 4, &(struct csv_format){.encoding = "ISO-8859-15"}, "1[a]2[€]");
}

static void says_what_is_broken_and_goes_on(void **state) {
    (void)state;
    expect_rows("a,b\n1,\"x\n3,4\n5,6\n", "1[a|b]2![1,\"x]3[3|4]4[5|6]");
    expect_rows("a,b\n\"1\",5\" disk\n3,4\n", "1[a|b]2![\"1\",5\" disk]3[3|4]");
    expect_rows("a,b\n1,\"x\"y\n3,4\n", "1[a|b]2![1,\"x\"y]3[3|4]");
    expect_rows("a,b\n1,\"x\n3,\"4\"\n5,6\n", "1[a|b]2![1,\"x]3[3|4]4[5|6]");
    expect_rows_of("a,b\n1,\0\n3,4\n", 12, &(struct csv_format){0},
                   "1[a|b]2![1,\xEF\xBF\xBD]3[3|4]");
    expect_rows_of("a,b\n1,\xE4\n3,4\n", 12, &(struct csv_format){.encoding = "utf-8"},
                   "1[a|b]2![1,\xEF\xBF\xBD]3[3|4]");
    expect_rows_of("a,b\n1,\x81\n3,4\n", 12, &(struct csv_format){.encoding = "windows-1252"},
                   "1[a|b]2![1,\xEF\xBF\xBD]3[3|4]");
}

static void a_quote_inside_a_plain_cell_is_text(void **state) {
    (void)state;
    expect_rows("a,b\n1,5\" disk\n3,4\n", "1[a|b]2[1|5\" disk]3[3|4]");
}

static void a_broken_quote_in_a_long_file_costs_one_row(void **state) {
    (void)state;
    struct buffer text = {0}, found = {0};
    buffer_add(&text, "a,b\n1,\"open\n");
    for (int i = 3; i < 60000; i++) {
        buffer_addf(&text, "row %d,some text\n", i);
    }
    struct fault fault = {0};
    struct csv_reader *reader =
        csv_open_bytes(text.bytes, text.len_bytes, &(struct csv_format){0}, &fault);
    struct csv_row row;
    int rows = 0;
    while (csv_next(reader, &row, &fault) == 1) {
        rows++;
        assert_int_equal(row.line, rows);
        assert_int_equal(row.broken != NULL, rows == 2);
    }
    assert_int_equal(rows, 59999);
    csv_close(reader);
    buffer_free(&text);
    buffer_free(&found);
}

static void reads_the_same_across_block_borders(void **state) {
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < 40000; i++) {
        buffer_addf(&text, "%d,\"ä\r\n%0*d\"\r\n", i, i % 37 + 1, i);
    }
    struct fault fault = {0};
    struct csv_reader *reader =
        csv_open_bytes(text.bytes, text.len_bytes, &(struct csv_format){0}, &fault);
    struct csv_row row;
    for (int i = 0; i < 40000; i++) {
        assert_int_equal(csv_next(reader, &row, &fault), 1);
        struct buffer expected = {0};
        buffer_addf(&expected, "ä\r\n%0*d", i % 37 + 1, i);
        assert_int_equal(row.line, 2 * i + 1);
        assert_int_equal(row.cell_count, 2);
        assert_string_equal(row.cells[1], buffer_text(&expected));
        buffer_free(&expected);
    }
    assert_int_equal(csv_next(reader, &row, &fault), 0);
    csv_close(reader);
    buffer_free(&text);
}

static void says_why_a_file_cannot_be_read(void **state) {
    (void)state;
    struct fault fault = {0};
    const struct csv_format any = {0};
    assert_null(csv_open(&(struct csv_source){.path = "/nowhere/x.csv"}, &any, &fault));
    assert_non_null(strstr(fault_text(&fault), "No such file"));
    assert_null(csv_open(&(struct csv_source){.path = "/"}, &any, &fault));
    assert_non_null(strstr(fault_text(&fault), "folder"));
    assert_null(csv_open_bytes("a", 1, &(struct csv_format){.encoding = "klingon"}, &fault));
    assert_int_equal(fault.kind, FAULT_USAGE);
    fault_clear(&fault);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_csv_spectrum),
        cmocka_unit_test(reads_quotation_marks_as_minutes_and_seconds),
        cmocka_unit_test(finds_out_the_delimiter),
        cmocka_unit_test(knows_every_line_end_and_counts_lines),
        cmocka_unit_test(keeps_blanks_and_ragged_rows_as_they_are),
        cmocka_unit_test(decodes_what_spreadsheets_write),
        cmocka_unit_test(says_what_is_broken_and_goes_on),
        cmocka_unit_test(a_quote_inside_a_plain_cell_is_text),
        cmocka_unit_test(a_broken_quote_in_a_long_file_costs_one_row),
        cmocka_unit_test(reads_the_same_across_block_borders),
        cmocka_unit_test(says_why_a_file_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
