/* The checks as they ship: whole, tied to the checklist, and with queries that SQLite takes. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/check.h"
#include "clause5/base/buffer.h"
#include "clause5/base/embedded.h"
#include "clause5/base/memory.h"
#include "rules/check_names.h"
#include "support/fixture.h"
#include "support/testing.h"

static struct check_book *load(void) {
    struct fault fault = {0};
    struct check_book *book = check_book_load(&fault);
    assert_no_fault(book != NULL, &fault);
    return book;
}

static void there_are_a_hundred_checks(void **state) {
    (void)state;
    struct check_book *book = load();
    assert_int_equal(check_book_count(book), 100);
    check_book_free(book);
}

static void an_exception_may_name_each_check_and_nothing_else(void **state) {
    (void)state;
    struct check_book *book = load();
    for (int i = 0; i < check_book_count(book); i++) {
        assert_true(check_name_exists(check_book_at(book, i)->id));
        assert_int_equal(check_book_find(book, check_book_at(book, i)->id), i);
    }
    assert_false(check_name_exists("policy"));
    assert_false(check_name_exists(""));
    assert_int_equal(check_book_find(book, "policy"), -1);
    check_book_free(book);
}

/* True where the catalogue has a line that begins with the ref. */
static bool catalogue_has(const char *ref) {
    const struct embedded_file *catalogue = embedded_find("catalogue.csv");
    struct buffer start = {0};
    buffer_addf(&start, "\n%s,", ref);
    bool has = strstr((const char *)catalogue->bytes, buffer_text(&start)) != NULL;
    buffer_free(&start);
    return has;
}

static void every_check_belongs_to_lines_of_the_checklist(void **state) {
    (void)state;
    struct check_book *book = load();
    for (int i = 0; i < check_book_count(book); i++) {
        char *refs = memory_copy_text(check_book_at(book, i)->requirements);
        char *rest = refs;
        for (char *ref = strsep(&rest, " "); ref != NULL; ref = strsep(&rest, " ")) {
            if (!catalogue_has(ref)) {
                fail_msg("%s: %s", check_book_at(book, i)->id, ref);
            }
        }
        free(refs);
    }
    check_book_free(book);
}

static void every_basis_can_be_asked_of_an_empty_workbook(void **state) {
    struct fixture *fixture = *state;
    struct check_book *book = load();
    struct fault fault = {0};
    struct check_run *run = check_run_begin(fixture->workbook, book, &fault);
    assert_no_fault(run != NULL, &fault);
    assert_no_fault(check_run_all(run, &fault), &fault);
    for (int i = 0; i < check_book_count(book); i++) {
        const struct basis *basis = check_run_basis(run, i, &fault);
        assert_no_fault(basis != NULL, &fault);
        assert_true(basis->count > 0);
        assert_null(strchr(basis->lines[0].text, '{'));
    }
    check_run_free(run);
    check_book_free(book);
}

static void a_check_has_its_requirements_and_no_part_of_them(void **state) {
    (void)state;
    assert_true(check_has_requirement("5.1.a 5.2.e", "5.1.a"));
    assert_true(check_has_requirement("5.1.a 5.2.e", "5.2.e"));
    assert_false(check_has_requirement("9.3.2.d1", "9.3.2.d"));
    assert_false(check_has_requirement("", "5.1.a"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_are_a_hundred_checks),
        cmocka_unit_test(an_exception_may_name_each_check_and_nothing_else),
        cmocka_unit_test(every_check_belongs_to_lines_of_the_checklist),
        cmocka_unit_test_setup_teardown(every_basis_can_be_asked_of_an_empty_workbook, fixture_open,
                                        fixture_close),
        cmocka_unit_test(a_check_has_its_requirements_and_no_part_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
