/* A thousand random sequences of changes, each taken back and done again: the digest of the content
 * is at every step what it was on the way there, and the history rebuilds the present. */
#include "store/chain.h"
#include "store/database.h"
#include "store/random_rows.h"
#include "support/workbook.h"

#include <stdlib.h>

#include "clause5/store/batch.h"
#include "clause5/store/history.h"

enum { SEQUENCES = 1000, BATCHES_MOST = 3, VERIFIED_EVERY = 50 };

struct bench {
    struct place *place;
    struct workbook *workbook;
    struct dice dice;
};

static void open_bench(struct bench *bench) {
    struct fault fault = {0};
    bench->workbook = support_workbook_open(bench->place, WORKBOOK_WRITE);
    /* Nobody cuts the power here. */
    assert_true(database_run(bench->workbook, "PRAGMA synchronous = OFF", &fault));
}

static struct content read_content(struct bench *bench) {
    struct chain_link newest;
    struct fault fault = {0};
    assert_true(chain_read_newest(bench->workbook, &newest, &fault));
    return newest.content;
}

static void assert_content(struct bench *bench, const struct content *expected) {
    struct content content = read_content(bench);
    assert_true(content_equals(&content, expected));
}

static void delete_random(struct bench *bench, enum register_id register_id) {
    struct fault fault = {0};
    int64_t id = random_record(&bench->dice, bench->workbook, register_id);
    if (id != 0) {
        /* What others refer to stays. */
        batch_delete(bench->workbook, register_id, id, &fault);
        fault_clear(&fault);
    }
}

/* Writes a batch of one to three changes; true where it left a trace. */
static bool write_batch(struct bench *bench) {
    struct fault fault = {0};
    uint64_t revision = workbook_revision(bench->workbook);
    assert_true(batch_begin(bench->workbook, "random", &fault));
    for (unsigned i = dice_roll(&bench->dice, 3); i < 3; i++) {
        enum register_id register_id =
            (enum register_id)(1 + dice_roll(&bench->dice, REGISTER_COUNT - 1));
        switch (dice_roll(&bench->dice, 5)) {
        case 0:
            delete_random(bench, register_id);
            break;
        case 1:
        case 2:
            random_update(&bench->dice, bench->workbook, register_id);
            break;
        default:
            random_insert(&bench->dice, bench->workbook, register_id);
            break;
        }
    }
    bool good = batch_commit(bench->workbook, &fault);
    batch_abandon(bench->workbook);
    fault_clear(&fault);
    return good && workbook_revision(bench->workbook) != revision;
}

static void turn(struct bench *bench, bool (*turns)(struct workbook *, char **, struct fault *)) {
    struct fault fault = {0};
    char *label = NULL;
    bool good = turns(bench->workbook, &label, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
    assert_string_equal(label, "random");
    free(label);
}

static void run_sequence(struct bench *bench) {
    struct content contents[BATCHES_MOST + 1];
    int count = 0;
    contents[0] = read_content(bench);
    for (unsigned i = dice_roll(&bench->dice, BATCHES_MOST); i < BATCHES_MOST; i++) {
        if (write_batch(bench)) {
            contents[++count] = read_content(bench);
        }
    }
    int back = count == 0 ? 0 : 1 + (int)dice_roll(&bench->dice, (unsigned)count);
    for (int i = 1; i <= back; i++) {
        turn(bench, history_undo);
        assert_content(bench, &contents[count - i]);
    }
    for (int i = back; i > 0 && dice_roll(&bench->dice, 4) > 0; i--) {
        turn(bench, history_redo);
        assert_content(bench, &contents[count - i + 1]);
    }
}

static void assert_history_rebuilds_the_present(struct bench *bench) {
    struct fault fault = {0};
    bool is_sound = history_verify(bench->workbook, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(is_sound);
    workbook_close(bench->workbook);
    open_bench(bench);
}

static void a_thousand_sequences_have_the_same_digests_both_ways(void **state) {
    struct bench bench = {.place = place_new(), .dice = {.state = 1000}};
    (void)state;
    workbook_close(support_workbook_new(bench.place));
    open_bench(&bench);
    for (int i = 1; i <= SEQUENCES; i++) {
        run_sequence(&bench);
        if (i % VERIFIED_EVERY == 0) {
            assert_history_rebuilds_the_present(&bench);
        }
    }
    workbook_close(bench.workbook);
    place_free(bench.place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_sequences_have_the_same_digests_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
