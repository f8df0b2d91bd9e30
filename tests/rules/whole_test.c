/* The rules over rows at rest: what the program stores keeps them, what others write is told. */
#include "clause5/rules/whole.h"

#include <string.h>

#include "clause5/store/batch.h"
#include "rules/world.h"

static void keep_words(void *context, enum register_id register_id, int64_t id,
                       const struct fault *breach) {
    struct buffer *words = context;
    (void)register_id;
    (void)id;
    buffer_addf(words, "%s\n", fault_text(breach));
}

static int check(struct fixture *fixture, struct buffer *words) {
    struct fault fault = {0};
    int count = whole_check(
        fixture->workbook, &(struct breach_visitor){.visit = keep_words, .context = words}, &fault);
    assert_no_fault(count >= 0, &fault);
    return count;
}

static void what_the_program_stores_keeps_every_rule(void **state) {
    struct buffer words = {0};
    int count = check(*state, &words);
    assert_string_equal(buffer_text(&words), "");
    assert_int_equal(count, 0);
    buffer_free(&words);
}

/* Stores past the rules, as another program would. */
static void alter(struct fixture *fixture, enum register_id register_id, int field,
                  struct value value) {
    struct record record = {0};
    struct fault fault = {0};
    int64_t id = find(fixture, register_id, world_key(register_id));
    world_load(fixture, register_id, id, &record);
    value_free(&record.values[field]);
    record.values[field] = value;
    assert_no_fault(batch_begin(fixture->workbook, "alter", &fault) &&
                        batch_update(fixture->workbook, register_id, id, record.values, &fault) &&
                        batch_commit(fixture->workbook, &fault),
                    &fault);
    record_free(&record);
}

static void expect_breach(struct fixture *fixture, const char *expected) {
    struct buffer words = {0};
    assert_true(check(fixture, &words) > 0);
    if (strstr(buffer_text(&words), expected) == NULL) {
        fail_msg("\"%s\" is not said in: %s", expected, buffer_text(&words));
    }
    buffer_free(&words);
}

static void what_another_program_broke_is_told(void **state) {
    struct fixture *fixture = *state;
    int64_t policy = find(fixture, REGISTER_POLICY, world_key(REGISTER_POLICY));
    alter(fixture, REGISTER_POLICY, POLICY_PARENT, value_of_whole(policy));
    expect_breach(fixture, "derive from itself");
    alter(fixture, REGISTER_POLICY, POLICY_KIND, value_of_text("poem"));
    expect_breach(fixture, "poem");
    alter(fixture, REGISTER_POLICY_VERSION, POLICY_VERSION_STATUS, value_of_text("approved"));
    alter(fixture, REGISTER_POLICY_VERSION, POLICY_VERSION_APPROVED_ON, (struct value){0});
    expect_breach(fixture, "approved");
    alter(fixture, REGISTER_ASSESSMENT, ASSESSMENT_STATE, value_of_text("to do"));
    alter(fixture, REGISTER_ASSESSMENT, ASSESSMENT_RESULT, value_of_text("conforms"));
    expect_breach(fixture, "result");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_the_program_stores_keeps_every_rule, world_open,
                                        fixture_close),
        cmocka_unit_test_setup_teardown(what_another_program_broke_is_told, world_open,
                                        fixture_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
