/* The ids of shipped requirements: part of every file out there, so they never change. */
#include "clause5/store/record.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/embedded.h"
#include "clause5/base/memory.h"

static void a_shipped_id_is_the_same_in_every_workbook(void **state) {
    (void)state;
    /* The first five bytes of `printf 5.1.a | sha256sum`, with the topmost bit set. */
    assert_int_equal(record_shipped_id("5.1.a"), INT64_C(550715193416));
    assert_int_equal(record_shipped_id("10.2.g"), INT64_C(1080566795880));
}

static int compare_ids(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void no_two_lines_of_the_checklist_share_an_id(void **state) {
    (void)state;
    int64_t ids[1024];
    size_t count = 0;
    const char *line = (const char *)embedded_find("catalogue.csv")->bytes;
    while ((line = strchr(line, '\n')) != NULL) {
        line++;
        size_t len_bytes = strcspn(line, ",\n");
        if (len_bytes == strspn(line, "0123456789abcdefghijklmnop.-") && len_bytes > 0) {
            char *ref = memory_copy_bytes(line, len_bytes);
            assert_true(count < COUNT(ids));
            ids[count++] = record_shipped_id(ref);
            free(ref);
        }
    }
    assert_true(count >= 100);
    qsort(ids, count, sizeof ids[0], compare_ids);
    for (size_t i = 1; i < count; i++) {
        assert_true(ids[i - 1] < ids[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shipped_id_is_the_same_in_every_workbook),
        cmocka_unit_test(no_two_lines_of_the_checklist_share_an_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
