/* What a new workbook begins with. */
#include "clause5/exchange/seed.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/exchange/table.h"
#include "clause5/register/register.h"
#include "clause5/rules/edit.h"
#include "clause5/store/history.h"
#include "exchange/order.h"
#include "exchange/sheets.h"

#define expect_answer(sheets, sql, answer) assert_string_equal(sheets_ask(sheets, sql), answer)

/* Makes and opens a workbook as planned, on that day. */
static void begin_on(struct sheets *sheets, const char *day, const struct seed_plan *plan) {
    struct clock clock = {.is_set = true};
    assert_true(date_parse(day, &clock.today));
    const char *path = place_path(sheets->place, "seeded.c5");
    workbook_close(sheets->workbook);
    if (!seed_create(path, plan, &clock, &sheets->fault)) {
        fail_msg("%s", fault_text(&sheets->fault));
    }
    sheets->workbook = workbook_open(path, WORKBOOK_WRITE, &clock, &sheets->fault);
    assert_non_null(sheets->workbook);
}

static void every_set_has_the_whole_catalogue_under_its_own_ids(void **state) {
    struct sheets *sheets = *state;
    struct table table = {0};
    assert_true(table_read_embedded(&table, "catalogue.csv", &sheets->fault));
    for (enum seed_set set = SEED_STARTER; set <= SEED_EMPTY; set++) {
        sheets_begin_another(sheets, set);
        assert_int_equal(atoi(sheets_ask(sheets, "SELECT count(*) FROM requirement"
                                                 " WHERE ref NOT LIKE 'X-%'")),
                         table.row_count);
        assert_true(strtoll(sheets_ask(sheets, "SELECT id FROM requirement WHERE ref = '5.1.a'"),
                            NULL, 10) == record_shipped_id("5.1.a"));
        expect_answer(sheets, "SELECT id FROM workbook", "1");
    }
    table_free(&table);
}

static void the_beginning_cannot_be_undone(void **state) {
    struct sheets *sheets = *state;
    char *label = NULL;
    sheets_begin_another(sheets, SEED_STARTER);
    assert_int_equal(sheets_count_batches(sheets), 1);
    assert_true(history_undo(sheets->workbook, &label, &sheets->fault));
    assert_null(label);
    assert_true(history_verify(sheets->workbook, &sheets->fault));
}

static void no_name_in_braces_is_left(void **state) {
    struct sheets *sheets = *state;
    for (enum seed_set set = SEED_STARTER; set <= SEED_SAMPLE; set++) {
        sheets_begin_another(sheets, set);
        for (int id = 0; id < REGISTER_COUNT; id++) {
            const char *text = sheets_export(sheets, register_describe((enum register_id)id)->name);
            assert_null(strstr(text, "{organisation}"));
            assert_null(strstr(text, "{leader}"));
            assert_null(strstr(text, "{security}"));
            assert_null(strstr(text, "{year"));
        }
    }
}

static void without_names_the_roles_are_vacant(void **state) {
    struct sheets *sheets = *state;
    begin_on(sheets, "2026-11-21", &(struct seed_plan){.set = SEED_STARTER});
    expect_answer(sheets, "SELECT count(*) FROM role WHERE holder IS NOT NULL", "0");
    expect_answer(sheets, "SELECT count(*) FROM person", "0");
    expect_answer(sheets, "SELECT organisation FROM workbook", "seeded");
}

static void one_person_may_hold_both_roles(void **state) {
    struct sheets *sheets = *state;
    begin_on(sheets, "2026-11-21",
             &(struct seed_plan){.set = SEED_STARTER, .leader = "Jo", .security = "Jo"});
    expect_answer(sheets, "SELECT count(*) FROM role WHERE holder IS NOT NULL", "2");
    expect_answer(sheets, "SELECT count(*) || name FROM person", "1Jo");
}

static void every_set_fits_on_awkward_days(void **state) {
    struct sheets *sheets = *state;
    static const char *const days[] = {"2028-02-29", "2027-01-01", "2026-12-31", "2100-03-31"};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        for (enum seed_set set = SEED_STARTER; set <= SEED_SAMPLE; set++) {
            struct sheets *fresh = sheets_new(SEED_EMPTY);
            begin_on(
                fresh, days[i],
                &(struct seed_plan){
                    .set = set, .organisation = "A \"b\", c", .leader = "Ö, P", .security = "=Q"});
            sheets_free(fresh);
        }
    }
    assert_non_null(sheets);
}

static void what_is_referred_to_comes_first(void **state) {
    (void)state;
    enum register_id order[REGISTER_COUNT];
    int place[REGISTER_COUNT];
    order_by_references(order);
    for (int i = 0; i < REGISTER_COUNT; i++) {
        place[order[i]] = i;
    }
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        for (int field = 0; field < described->field_count; field++) {
            const struct field *one = &described->fields[field];
            if (one->type == FIELD_REFERENCE && (int)one->target != id) {
                assert_true(place[one->target] < place[id]);
            }
            if (one->type == FIELD_PARTY && id != REGISTER_ROLE) {
                assert_true(place[REGISTER_ROLE] < place[id]);
                assert_true(place[REGISTER_PERSON] < place[id]);
            }
        }
    }
    assert_true(place[REGISTER_POLICY_VERSION] < place[REGISTER_ACKNOWLEDGEMENT]);
    assert_true(place[REGISTER_RESOURCE] < place[REGISTER_EVIDENCE_LINK]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sheets_setup, sheets_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_set_has_the_whole_catalogue_under_its_own_ids),
        TEST(the_beginning_cannot_be_undone),
        TEST(no_name_in_braces_is_left),
        TEST(without_names_the_roles_are_vacant),
        TEST(one_person_may_hold_both_roles),
        TEST(every_set_fits_on_awkward_days),
        cmocka_unit_test(what_is_referred_to_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
