/* Looking back: random histories, the state as of each batch equal to a copy kept at that time. */
#include "clause5/store/look.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "store/random_rows.h"
#include "store/state.h"
#include "support/workbook.h"

enum { HISTORIES = 4, BATCHES = 40 };

/* A workbook whose batches lie a day apart, and what it held after each. */
struct bench {
    struct place *place;
    struct workbook *workbook;
    struct dice dice;
    date_days first_day;
    char *copies[BATCHES + 1];
    int count; /* of copies */
};

/* Everything that the registers show by their plain names, for the caller to free. */
static char *dump_shown(struct workbook *workbook) {
    struct buffer out = {0};
    struct fault fault = {0};
    for (int id = 0; id < REGISTER_COUNT; id++) {
        struct buffer sql = {0};
        buffer_addf(&sql, "SELECT * FROM \"%s\" ORDER BY id",
                    register_describe((enum register_id)id)->name);
        struct query *query = query_open(workbook, buffer_text(&sql), &fault);
        assert_non_null(query);
        while (query_step(query, &fault) == 1) {
            for (int i = 0; i < query_columns(query); i++) {
                buffer_addf(&out, "%s|", query_is_empty(query, i) ? "-" : query_text(query, i));
            }
            buffer_add_byte(&out, '\n');
        }
        assert_string_equal(fault_text(&fault), "");
        query_close(query);
        buffer_free(&sql);
    }
    return buffer_take(&out);
}

/* The day of the next batch; two days apart, so that there is one between. */
static void set_day(struct bench *bench, date_days day) {
    bench->workbook->clock.today = day;
    bench->workbook->clock.is_set = true;
}

static void keep_copy(struct bench *bench) {
    bench->copies[bench->count++] = dump_shown(bench->workbook);
}

/* A deletion of a record that nothing refers to, where the first one tried is such. */
static void delete_some(struct bench *bench, enum register_id register_id) {
    struct fault fault = {0};
    int64_t id = random_record(&bench->dice, bench->workbook, register_id);
    if (id != 0 && register_id != REGISTER_WORKBOOK) {
        batch_delete(bench->workbook, register_id, id, &fault);
    }
    fault_clear(&fault);
}

static void change_some(struct bench *bench) {
    for (unsigned i = dice_roll(&bench->dice, 8) + 1; i > 0; i--) {
        enum register_id register_id =
            (enum register_id)(1 + dice_roll(&bench->dice, REGISTER_COUNT - 1));
        switch (dice_roll(&bench->dice, 4)) {
        case 0:
            random_update(&bench->dice, bench->workbook, register_id);
            break;
        case 1:
            delete_some(bench, register_id);
            break;
        default:
            random_insert(&bench->dice, bench->workbook, register_id);
            break;
        }
    }
}

/* Writes one batch: an edit, or an undo or redo; false where nothing came of it. */
static bool write_batch(struct bench *bench) {
    struct fault fault = {0};
    uint64_t before = workbook_revision(bench->workbook);
    char *label = NULL;
    unsigned kind = dice_roll(&bench->dice, 6);
    if (kind < 2) {
        bool is_undo = kind == 0;
        (void)(is_undo ? history_undo(bench->workbook, &label, &fault)
                       : history_redo(bench->workbook, &label, &fault));
    } else if (batch_begin(bench->workbook, "random", &fault)) {
        change_some(bench);
        batch_commit(bench->workbook, &fault); /* a deletion may leave a reference behind */
    }
    free(label);
    fault_clear(&fault);
    return workbook_revision(bench->workbook) != before;
}

static void start(struct bench *bench, uint64_t seed) {
    bench->dice.state = seed;
    bench->place = place_new();
    bench->workbook = support_workbook_new(bench->place);
    bench->first_day = workbook_today(bench->workbook);
    keep_copy(bench);
    while (bench->count <= BATCHES) {
        set_day(bench, bench->first_day + 2 * bench->count);
        if (write_batch(bench)) {
            keep_copy(bench);
        }
    }
}

static void finish(struct bench *bench) {
    workbook_close(bench->workbook);
    for (int i = 0; i < bench->count; i++) {
        free(bench->copies[i]);
    }
    place_free(bench->place);
}

static void look(struct workbook *workbook, date_days day) {
    struct fault fault = {0};
    bool is_shown = look_at_day(workbook, day, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(is_shown);
    assert_true(look_is_back(workbook));
    assert_int_equal(workbook_today(workbook), day);
}

static void come_back(struct workbook *workbook) {
    struct fault fault = {0};
    bool is_back = look_at_present(workbook, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(is_back);
    assert_false(look_is_back(workbook));
}

static void expect_copy(struct bench *bench, struct workbook *workbook, int number) {
    char *seen = dump_shown(workbook);
    if (strcmp(seen, bench->copies[number]) != 0) {
        fail_msg("batch %d is not as it was", number + 1);
    }
    free(seen);
}

static void the_state_as_of_each_batch_is_the_copy_kept_then(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= HISTORIES; seed++) {
        struct bench bench = {0};
        struct fault fault = {0};
        start(&bench, seed);
        for (int i = 0; i <= BATCHES; i++) {
            int number = i % 2 == 0 ? i : (int)dice_roll(&bench.dice, BATCHES + 1);
            look(bench.workbook, bench.first_day + 2 * number + (int)dice_roll(&bench.dice, 2));
            expect_copy(&bench, bench.workbook, number);
        }
        come_back(bench.workbook);
        expect_copy(&bench, bench.workbook, BATCHES);
        assert_true(history_verify(bench.workbook, &fault));
        finish(&bench);
    }
}

static void a_reader_sees_the_same_past(void **state) {
    struct bench bench = {0};
    (void)state;
    start(&bench, 77);
    workbook_close(bench.workbook);
    bench.workbook = support_workbook_open(bench.place, WORKBOOK_READ);
    for (int i = BATCHES; i >= 0; i -= 3) {
        look(bench.workbook, bench.first_day + 2 * i);
        expect_copy(&bench, bench.workbook, i);
    }
    finish(&bench);
}

static void the_past_cannot_be_written_and_the_present_can_again(void **state) {
    struct bench bench = {0};
    struct fault fault = {0};
    char *label = NULL;
    (void)state;
    start(&bench, 5);
    set_day(&bench, bench.first_day + 1000);
    look(bench.workbook, bench.first_day + 3);
    assert_false(workbook_is_writable(bench.workbook));
    assert_false(batch_begin(bench.workbook, "forge", &fault));
    assert_int_equal(fault.kind, FAULT_REFUSED);
    fault_clear(&fault);
    assert_false(history_undo(bench.workbook, &label, &fault));
    fault_clear(&fault);
    come_back(bench.workbook);
    assert_true(workbook_is_writable(bench.workbook));
    assert_int_equal(workbook_today(bench.workbook), bench.first_day + 1000);
    assert_true(batch_begin(bench.workbook, "go on", &fault));
    assert_int_not_equal(random_insert(&bench.dice, bench.workbook, REGISTER_PERSON), 0);
    assert_true(batch_commit(bench.workbook, &fault));
    assert_true(history_verify(bench.workbook, &fault));
    finish(&bench);
}

static void before_the_first_batch_there_is_nothing_to_see(void **state) {
    struct bench bench = {0};
    struct fault fault = {0};
    (void)state;
    start(&bench, 6);
    assert_false(look_at_day(bench.workbook, bench.first_day - 1, &fault));
    assert_int_equal(fault.kind, FAULT_REFUSED);
    assert_non_null(strstr(fault_text(&fault), "was made on 2026-11-21"));
    fault_clear(&fault);
    assert_false(look_is_back(bench.workbook));
    expect_copy(&bench, bench.workbook, BATCHES);
    finish(&bench);
}

static bool count_batch(void *context, const struct history_batch *batch) {
    int *count = context;
    (void)batch;
    *count += 1;
    return true;
}

static void the_history_ends_with_the_day(void **state) {
    struct bench bench = {0};
    struct fault fault = {0};
    int count = 0;
    (void)state;
    start(&bench, 7);
    look(bench.workbook, bench.first_day + 2 * 9);
    assert_true(history_visit(bench.workbook, 0,
                              &(struct history_visitor){.visit = count_batch, .context = &count},
                              &fault));
    assert_int_equal(count, 10);
    finish(&bench);
}

/* A query that was made in the present shows the past when it is run anew. */
static void a_prepared_query_follows_the_look(void **state) {
    struct bench bench = {0};
    struct fault fault = {0};
    (void)state;
    start(&bench, 8);
    struct query *query = query_open(bench.workbook, "SELECT count(*) FROM person", &fault);
    assert_int_equal(query_step(query, &fault), 1);
    int64_t now = query_whole(query, 0);
    query_reset(query);
    look(bench.workbook, bench.first_day);
    assert_int_equal(query_step(query, &fault), 1);
    assert_int_equal(query_whole(query, 0), 0);
    query_reset(query);
    come_back(bench.workbook);
    assert_int_equal(query_step(query, &fault), 1);
    assert_int_equal(query_whole(query, 0), now);
    assert_true(now > 0);
    query_close(query);
    finish(&bench);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_state_as_of_each_batch_is_the_copy_kept_then),
        cmocka_unit_test(a_reader_sees_the_same_past),
        cmocka_unit_test(the_past_cannot_be_written_and_the_present_can_again),
        cmocka_unit_test(before_the_first_batch_there_is_nothing_to_see),
        cmocka_unit_test(the_history_ends_with_the_day),
        cmocka_unit_test(a_prepared_query_follows_the_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
