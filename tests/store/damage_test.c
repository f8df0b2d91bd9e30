/* Silent damage: single bytes of a workbook that change behind everybody's back. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/verify.h"
#include "store/random_rows.h"
#include "support/workbook.h"

enum { BATCHES = 60, CHANGES = 1000, HEADER_BYTES = 100 };

/* A workbook as bytes, what it holds, and dice to damage it with. */
struct bench {
    struct place *place;
    struct dice dice;
    char *bytes;
    size_t len_bytes;
    char *content;
};

static int append_row(void *context, int count, char **values, char **names) {
    struct buffer *out = context;
    (void)names;
    for (int i = 0; i < count; i++) {
        buffer_addf(out, "%s|", values[i] == NULL ? "NULL" : values[i]);
    }
    return 0;
}

/* All rows of all registers as SQLite reads them from their tables, for the caller to free; NULL
 * where it cannot. */
static char *read_content(const char *path) {
    struct buffer out = {0};
    sqlite3 *database = NULL;
    bool is_read = sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK;
    for (int id = 0; id < REGISTER_COUNT && is_read; id++) {
        struct buffer sql = {0};
        buffer_addf(&sql, "SELECT * FROM \"%s\" NOT INDEXED",
                    register_describe((enum register_id)id)->name);
        is_read = sqlite3_exec(database, sql.bytes, append_row, &out, NULL) == SQLITE_OK;
        buffer_free(&sql);
    }
    sqlite3_close(database);
    if (!is_read) {
        buffer_free(&out);
        return NULL;
    }
    return buffer_take(&out);
}

static int set_up(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    struct fault fault = {0};
    bench->dice.state = 11;
    bench->place = place_new();
    struct workbook *workbook = support_workbook_new(bench->place);
    for (int i = 0; i < BATCHES; i++) {
        assert_true(batch_begin(workbook, "random", &fault));
        for (unsigned j = dice_roll(&bench->dice, 6) + 1; j > 0; j--) {
            random_insert(&bench->dice, workbook,
                          (enum register_id)(1 + dice_roll(&bench->dice, REGISTER_COUNT - 1)));
        }
        assert_true(batch_commit(workbook, &fault));
    }
    workbook_close(workbook);
    const char *path = place_path(bench->place, "test.c5");
    bench->bytes = place_read_path(path, &bench->len_bytes);
    bench->content = read_content(path);
    assert_non_null(bench->bytes);
    assert_non_null(bench->content);
    *state = bench;
    return 0;
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    place_free(bench->place);
    free(bench->bytes);
    free(bench->content);
    free(bench);
    return 0;
}

static void ignore(void *context, const char *finding) {
    (void)context;
    (void)finding;
}

/* True where opening or verifying says that something is wrong. */
static bool is_reported(const char *path) {
    const struct verify_visitor visitor = {.visit = ignore};
    struct fault fault = {0};
    struct workbook *workbook = workbook_open(path, WORKBOOK_READ, &(struct clock){0}, &fault);
    bool is_sound = workbook != NULL && verify_pages(workbook, &visitor, &fault) == 0 &&
                    verify_references(workbook, &visitor, &fault) == 0 &&
                    history_verify(workbook, &fault);
    workbook_close(workbook);
    fault_clear(&fault);
    return !is_sound;
}

static void single_bytes_that_change_content_are_reported(void **state) {
    struct bench *bench = *state;
    int harmful = 0;
    int reported = 0;
    for (int i = 0; i < CHANGES; i++) {
        size_t at =
            HEADER_BYTES + dice_roll(&bench->dice, (unsigned)(bench->len_bytes - HEADER_BYTES));
        char was = bench->bytes[at];
        bench->bytes[at] = (char)(was ^ (char)(1 + dice_roll(&bench->dice, 255)));
        const char *path =
            place_write_bytes(bench->place, "test.c5", bench->bytes, bench->len_bytes);
        bench->bytes[at] = was;
        char *content = read_content(path);
        if (content == NULL || strcmp(content, bench->content) != 0) {
            harmful++;
            reported += is_reported(path);
        }
        free(content);
    }
    assert_true(harmful > CHANGES / 50);
    if (reported * 100 < harmful * 95) {
        fail_msg("%d of %d harmful changes were reported", reported, harmful);
    }
}

static void the_undamaged_workbook_is_sound(void **state) {
    struct bench *bench = *state;
    const char *path = place_write_bytes(bench->place, "test.c5", bench->bytes, bench->len_bytes);
    assert_false(is_reported(path));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_undamaged_workbook_is_sound),
        cmocka_unit_test(single_bytes_that_change_content_are_reported),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
