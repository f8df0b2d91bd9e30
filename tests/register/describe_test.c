/* The described registers against the contract, and what holds between their columns. */
#include "clause5/register/register.h"

#include "clause5/register/type.h"

static void texts_of_keys_are_marked_as_such(void **state) {
    (void)state;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        for (int i = 0; i < described->field_count; i++) {
            const struct field *field = &described->fields[i];
            bool is_key_text =
                field->type == FIELD_TEXT && register_is_key_field((enum register_id)id, i);
            assert_int_equal((field->flags & FIELD_KEY) != 0, is_key_text);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_keys_are_marked_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
