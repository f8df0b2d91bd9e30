/* Rows that are kept aside. */
#include "clause5/store/scratch.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"

static bool note_row(void *context, const struct scratch_row *row) {
    buffer_addf(context, "%lld%c%.*s ", (long long)row->number, 'a' + row->kind,
                (int)row->len_bytes, row->bytes);
    return true;
}

/* Returns what a request visits; the caller frees. */
static char *visit(struct scratch *scratch, struct scratch_request request) {
    struct buffer seen = {0};
    struct fault fault = {0};
    const struct scratch_visitor visitor = {.visit = note_row, .context = &seen};
    assert_true(scratch_visit(scratch, &request, &visitor, &fault));
    buffer_add(&seen, "");
    return buffer_take(&seen);
}

#define expect_rows(scratch, text, ...)                                                            \
    do {                                                                                           \
        char *seen = visit(scratch, (struct scratch_request){__VA_ARGS__});                        \
        assert_string_equal(seen, text);                                                           \
        free(seen);                                                                                \
    } while (0)

static struct scratch *make_rows(void) {
    struct fault fault = {0};
    struct scratch *scratch = scratch_open(&fault);
    assert_non_null(scratch);
    for (int i = 0; i < 6; i++) {
        const struct scratch_row row = {.kind = i % 2, .bytes = "x", .len_bytes = 1};
        assert_int_equal(scratch_add(scratch, &row, &fault), i + 1);
    }
    return scratch;
}

static void rows_are_read_in_both_directions_and_by_kind(void **state) {
    (void)state;
    struct scratch *scratch = make_rows();
    expect_rows(scratch, "3ax 4bx ", .kind = SCRATCH_ANY_KIND, .from = 3, .wanted = 2);
    expect_rows(scratch, "3ax 2bx ", .kind = SCRATCH_ANY_KIND, .from = 3, .is_backward = true,
                .wanted = 2);
    expect_rows(scratch, "4bx 6bx ", .kind = 1, .from = 3, .wanted = 9);
    expect_rows(scratch, "2bx ", .kind = 1, .from = 3, .is_backward = true, .wanted = 9);
    assert_int_equal(scratch_count(scratch, 1), 3);
    assert_int_equal(scratch_count(scratch, SCRATCH_ANY_KIND), 6);
    scratch_close(scratch);
}

static void a_replaced_row_is_of_its_new_kind(void **state) {
    (void)state;
    struct fault fault = {0};
    struct scratch *scratch = make_rows();
    const struct scratch_row row = {.number = 3, .kind = 2, .bytes = "yy", .len_bytes = 2};
    assert_true(scratch_replace(scratch, &row, &fault));
    expect_rows(scratch, "3cyy ", .kind = 2, .from = 1, .wanted = 9);
    assert_int_equal(scratch_count(scratch, 0), 2);
    scratch_close(scratch);
}

static void a_cleared_one_begins_anew(void **state) {
    (void)state;
    struct fault fault = {0};
    struct scratch *scratch = make_rows();
    assert_true(scratch_clear(scratch, &fault));
    assert_int_equal(scratch_count(scratch, SCRATCH_ANY_KIND), 0);
    assert_int_equal(scratch_add(scratch, &(struct scratch_row){.bytes = ""}, &fault), 1);
    scratch_close(scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_in_both_directions_and_by_kind),
        cmocka_unit_test(a_replaced_row_is_of_its_new_kind),
        cmocka_unit_test(a_cleared_one_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
