/* Salvage: what can still be read of a damaged workbook, and an honest list of the rest. */
#include "clause5/exchange/salvage.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/store/history.h"
#include "clause5/store/query.h"
#include "support/place.h"
#include "support/run.h"
#include "support/shell.h"

enum { PAGE = 4096, FLIPS = 60, TRIES = 6 };

/* A damaged workbook at d.c5 and what came of it. */
struct bench {
    struct place *place;
    char *bytes; /* of the sound one at a.c5 */
    size_t len_bytes;
    struct clock clock;
    struct salvage salvage;
};

static int set_up(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    bench->place = place_new();
    bench->clock.is_set = true;
    assert_true(date_parse("2026-11-21", &bench->clock.today));
    expect_script(bench->place,
                  "$C new a.c5 --sample --organisation Acme >/dev/null;"
                  "printf 'ref,title\\nPOL-001,Newer\\n' >p.csv; $C import a.c5 policy p.csv "
                  "2>/dev/null",
                  0, "0 new, 1 changed, 0 unchanged, 0 rejected\n");
    bench->bytes = place_read_path(place_path(bench->place, "a.c5"), &bench->len_bytes);
    *state = bench;
    return 0;
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    salvage_free(&bench->salvage);
    place_free(bench->place);
    free(bench->bytes);
    free(bench);
    return 0;
}

/* Writes the damaged file and salvages it. */
static bool salvage(struct bench *bench, struct fault *fault) {
    place_write_bytes(bench->place, "d.c5", bench->bytes, bench->len_bytes);
    return salvage_workbook(place_path(bench->place, "d.c5"), "Sal Vager", &bench->clock,
                            &bench->salvage, fault);
}

static void expect_salvaged(struct bench *bench) {
    struct fault fault = {0};
    bool is_made = salvage(bench, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(is_made);
}

static int64_t count_rows(struct bench *bench, const char *name, const char *table) {
    struct fault fault = {0};
    struct buffer sql = {0};
    struct workbook *workbook =
        workbook_open(place_path(bench->place, name), WORKBOOK_READ, &bench->clock, &fault);
    assert_string_equal(fault_text(&fault), "");
    buffer_addf(&sql, "SELECT count(*) FROM \"%s\"", table);
    struct query *query = query_open(workbook, buffer_text(&sql), &fault);
    assert_int_equal(query_step(query, &fault), 1);
    int64_t count = query_whole(query, 0);
    query_close(query);
    workbook_close(workbook);
    buffer_free(&sql);
    return count;
}

/* The new workbook is proven, for its owner alone, and nothing else is left behind. */
static void expect_clean(struct bench *bench) {
    struct stat status;
    size_t len_bytes;
    expect_script(bench->place, "$C verify d-salvaged.c5 | grep -c '^head '; ls -A | tr '\\n' ' '",
                  0, "1\na.c5 d-salvaged.c5 d-salvaged.txt d.c5 p.csv ");
    expect_script(bench->place, "stat -c %a d-salvaged.c5 d-salvaged.txt", 0, "600\n600\n");
    assert_int_equal(stat(place_path(bench->place, "d.c5"), &status), 0);
    char *after = place_read_path(place_path(bench->place, "d.c5"), &len_bytes);
    assert_int_equal(len_bytes, bench->len_bytes);
    assert_memory_equal(after, bench->bytes, len_bytes);
    free(after);
}

static void expect_whole(struct bench *bench) {
    expect_salvaged(bench);
    assert_true(bench->salvage.has_history);
    expect_script(bench->place,
                  "$C history a.c5 --format csv >1; $C history d-salvaged.c5 --format csv >2; cmp "
                  "1 2 && rm 1 2; $C verify d-salvaged.c5 | head -1",
                  0, "sound: pages, references, rules, content and history fit\n");
    expect_clean(bench);
}

static void a_zeroed_header_loses_nothing(void **state) {
    struct bench *bench = *state;
    memset(bench->bytes, 0, 100);
    expect_whole(bench);
}

static void a_lost_first_page_loses_nothing(void **state) {
    struct bench *bench = *state;
    memset(bench->bytes, 0xff, PAGE);
    expect_whole(bench);
}

/* Returns the offset of the leaf page of that kind that holds the text; fails where none does. */
static size_t find_page(const struct bench *bench, unsigned char kind, const char *text) {
    size_t at = PAGE;
    while (at + PAGE <= bench->len_bytes &&
           ((unsigned char)bench->bytes[at] != kind ||
            memmem(bench->bytes + at, PAGE, text, strlen(text)) == NULL)) {
        at += PAGE;
    }
    assert_true(at + PAGE <= bench->len_bytes);
    return at;
}

static void a_damaged_index_loses_nothing(void **state) {
    struct bench *bench = *state;
    memset(bench->bytes + find_page(bench, 0x0a, "POL-001"), 0, PAGE);
    expect_whole(bench);
}

static void rows_of_a_lost_page_are_listed_and_all_others_are_there(void **state) {
    struct bench *bench = *state;
    const int64_t all = count_rows(bench, "a.c5", "policy");
    memset(bench->bytes + find_page(bench, 0x0d, "Newer"), 0, PAGE);
    expect_salvaged(bench);
    assert_false(bench->salvage.has_history);
    const int64_t left = count_rows(bench, "d-salvaged.c5", "policy");
    assert_true(left < all);
    assert_int_equal(count_rows(bench, "d-salvaged.c5", "person"),
                     count_rows(bench, "a.c5", "person"));
    assert_int_equal(count_rows(bench, "d-salvaged.c5", "requirement"),
                     count_rows(bench, "a.c5", "requirement"));
    int64_t listed = 0;
    const char *told = buffer_text(&bench->salvage.told);
    for (const char *at = told; (at = strstr(at, "\npolicy POL-")) != NULL; at++) {
        listed += strncmp(at + 15, ": cannot be read", 16) == 0;
    }
    assert_int_equal(listed, all - left);
    assert_string_equal(place_read(bench->place, "d-salvaged.txt", NULL), told);
    expect_clean(bench);
}

static void half_a_file_gives_what_stands_in_it(void **state) {
    struct bench *bench = *state;
    bench->len_bytes = bench->len_bytes / 2 + 100;
    expect_salvaged(bench);
    assert_false(bench->salvage.has_history);
    assert_true(bench->salvage.rows > 50);
    expect_clean(bench);
}

static void expect_proven(struct bench *bench) {
    struct fault fault = {0};
    struct workbook *workbook = workbook_open(place_path(bench->place, "d-salvaged.c5"),
                                              WORKBOOK_READ, &bench->clock, &fault);
    assert_non_null(workbook);
    history_verify(workbook, &fault);
    assert_string_equal(fault_text(&fault), "");
    workbook_close(workbook);
}

static void whatever_bytes_are_wrong_the_result_is_a_workbook(void **state) {
    struct bench *bench = *state;
    uint64_t dice = 88172645463325252U;
    char *sound = malloc(bench->len_bytes);
    memcpy(sound, bench->bytes, bench->len_bytes);
    for (int i = 0; i < TRIES; i++) {
        memcpy(bench->bytes, sound, bench->len_bytes);
        for (int j = 0; j < FLIPS; j++) {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            bench->bytes[dice % bench->len_bytes] ^= (char)(1 + (dice >> 40) % 255);
        }
        expect_salvaged(bench);
        expect_proven(bench);
        expect_script(bench->place, "rm d-salvaged.c5 d-salvaged.txt", 0, "");
        salvage_free(&bench->salvage);
    }
    free(sound);
}

static void what_was_never_a_workbook_makes_nothing(void **state) {
    struct bench *bench = *state;
    struct fault fault = {0};
    memset(bench->bytes, 'x', bench->len_bytes);
    assert_false(salvage(bench, &fault));
    assert_non_null(strstr(fault_text(&fault), "not a single record"));
    fault_clear(&fault);
    expect_script(bench->place, "ls -A | tr '\\n' ' '", 0, "a.c5 d.c5 p.csv ");
    bench->len_bytes = 10;
    salvage_free(&bench->salvage);
    assert_false(salvage(bench, &fault));
    fault_clear(&fault);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_zeroed_header_loses_nothing),
        TEST(a_lost_first_page_loses_nothing),
        TEST(a_damaged_index_loses_nothing),
        TEST(rows_of_a_lost_page_are_listed_and_all_others_are_there),
        TEST(half_a_file_gives_what_stands_in_it),
        TEST(whatever_bytes_are_wrong_the_result_is_a_workbook),
        TEST(what_was_never_a_workbook_makes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
