/* Forms: what is typed, chosen and completed; faults beside the field; nothing lost on leaving. */
#include "clause5/screen/form.h"

#include <ctype.h>
#include <string.h>

#include "clause5/screen/dialog.h"
#include "stage.h"

enum { TITLE, OWNER, DUE, STATUS, TRAINED, NOTES, REF, FIELDS };

struct world {
    struct screen_stage *stage;
    struct form *form;
    int saves, creations, edits;
    bool refuses;
};

static bool validate(void *context, const struct form *form, size_t field, struct buffer *meaning,
                     struct fault *fault) {
    (void)context;
    const char *value = form_value(form, field);
    if (field == TITLE && value[0] == '\0') {
        return fault_set(fault, FAULT_REFUSED, "a title is needed");
    }
    if (field == DUE && strcmp(value, "+30d") == 0) {
        buffer_add(meaning, "= 2026-12-21");
    } else if (field == OWNER && strcmp(value, "X") == 0) {
        return fault_set(fault, FAULT_REFUSED, "there is no role X");
    } else if (field == DUE && value[0] != '\0' && isdigit((unsigned char)value[0]) == 0) {
        return fault_set(fault, FAULT_REFUSED, "\"%s\" is not a date (use YYYY-MM-DD)", value);
    }
    return true;
}

static void complete(void *context, const struct form *form, size_t field, struct candidates *out) {
    static const char *const people[] = {"CEO", "CISO", "ISO"};
    (void)context;
    const char *typed = form_value(form, field);
    for (size_t i = 0; i < 3; i++) {
        if (strncmp(people[i], typed, strlen(typed)) == 0) {
            candidates_add(out, people[i], "a role");
        }
    }
    if (out->count == 0) {
        candidates_add_create(out, typed, "a new role");
    }
}

static bool create(void *context, size_t field, const char *value, struct fault *fault) {
    struct world *world = context;
    (void)field;
    (void)value;
    (void)fault;
    world->creations++;
    return true;
}

static bool edit_external(void *context, size_t field, struct buffer *text, struct fault *fault) {
    struct world *world = context;
    (void)field;
    (void)fault;
    buffer_add(text, " from outside");
    world->edits++;
    return true;
}

static bool save(void *context, const struct form *form, struct fault *fault) {
    struct world *world = context;
    (void)form;
    if (world->refuses) {
        return fault_refuse_field(fault, DUE, "the date is before the round starts");
    }
    world->saves++;
    return true;
}

static const struct form_choice states[] = {
    {"draft", NULL}, {"in review", NULL}, {"approved", NULL}, {"archived", "archived"}};
static const struct form_field fields[FIELDS] = {
    [TITLE] = {"Title", "What it is called", "Access policy", FORM_TEXT, FORM_REQUIRED, NULL, 0},
    [OWNER] = {"Owner", "Who answers for it", NULL, FORM_COMPLETED, 0, NULL, 0},
    [DUE] = {"Next review", "When it is looked at again", NULL, FORM_DATE, 0, NULL, 0},
    [STATUS] = {"Status", NULL, "draft", FORM_CHOICE, 0, states, 4},
    [TRAINED] = {"Trained", NULL, NULL, FORM_YES_NO, 0, NULL, 0},
    [NOTES] = {"Notes", "What else is known", NULL, FORM_LONG_TEXT, 0, NULL, 0},
    [REF] = {"Ref", NULL, "POL-001", FORM_READ_ONLY, 0, NULL, 0},
};

static void start(struct world *world, struct stage_size size) {
    *world = (struct world){.stage = stage_open("C.UTF-8", "xterm-256color", size)};
    world->form = form_new(
        &(struct form_options){.title = "Policy",
                               .fields = fields,
                               .field_count = FIELDS,
                               .calls = {world, validate, complete, create, edit_external, save}});
}

static void finish(struct world *world) {
    form_free(world->form);
    stage_close(world->stage);
}

static void draw(struct world *world) {
    struct area screen = stage_begin(world->stage);
    form_draw(world->form, &screen);
    stage_end(world->stage);
}

static unsigned press(struct world *world, uint32_t key) {
    struct terminal_event event = stage_key(key);
    unsigned flags = form_handle(world->form, &event);
    draw(world);
    return flags;
}

static void type(struct world *world, const char *ascii) {
    for (; *ascii != '\0'; ascii++) {
        press(world, (uint32_t)*ascii);
    }
}

static const struct stage_size narrow = {17, 60};

static void a_form_shows_fields_and_the_help_of_the_current_one(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    draw(&w);
    stage_expect(w.stage, 0, " Policy");
    stage_expect(w.stage, 1, ">* Title        Access policy");
    stage_expect(w.stage, 2, "                What it is called");
    stage_expect(w.stage, 3, "   Owner");
    stage_expect(w.stage, 5, "   Status       draft");
    stage_expect(w.stage, 8, "   Ref          POL-001");
    stage_expect_cursor(w.stage, 1, 29);
    finish(&w);
}

static void a_fault_stands_under_its_field_while_typing(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    press(&w, KEYCODE_DOWN);
    press(&w, KEYCODE_DOWN);
    type(&w, "soon");
    stage_expect(w.stage, 4, "                ✘ \"soon\" is not a date (use YYYY-MM-DD)");
    press(&w, KEYCODE_CTRL('U'));
    type(&w, "+30d");
    stage_expect(w.stage, 4, "                = 2026-12-21");
    stage_expect(w.stage, 0, " Policy                                           1 changed");
    finish(&w);
}

static void references_complete_as_one_types(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    press(&w, KEYCODE_DOWN);
    assert_true(stage_shows(w.stage, "ISO       a role"));
    type(&w, "C");
    assert_true(stage_shows(w.stage, "CEO       a role"));
    assert_false(stage_shows(w.stage, " ISO "));
    press(&w, KEYCODE_DOWN);
    press(&w, KEYCODE_TAB);
    assert_string_equal(form_value(w.form, OWNER), "CISO");
    assert_int_equal(form_current(w.form), OWNER);
    press(&w, KEYCODE_TAB);
    assert_int_equal(form_current(w.form), DUE);
    finish(&w);
}

static void enter_takes_the_suggestion_and_esc_refuses_it(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    press(&w, KEYCODE_DOWN);
    type(&w, "IS");
    press(&w, KEYCODE_ENTER);
    assert_string_equal(form_value(w.form, OWNER), "ISO");
    assert_int_equal(form_current(w.form), DUE);
    press(&w, KEYCODE_UP);
    press(&w, KEYCODE_CTRL('U'));
    type(&w, "CE");
    press(&w, KEYCODE_ESC);
    press(&w, KEYCODE_ENTER);
    assert_string_equal(form_value(w.form, OWNER), "CE");
    finish(&w);
}

static void a_reference_is_created_where_nothing_else_is_offered(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    press(&w, KEYCODE_DOWN);
    type(&w, "DPO");
    assert_true(stage_shows(w.stage, "create DPO"));
    press(&w, KEYCODE_ENTER);
    assert_int_equal(w.creations, 1);
    assert_string_equal(form_value(w.form, OWNER), "DPO");
    assert_int_equal(form_current(w.form), DUE);
    finish(&w);
}

static void a_reference_left_unknown_is_offered_again(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    press(&w, KEYCODE_DOWN);
    type(&w, "X");
    press(&w, KEYCODE_SHIFT_TAB);
    assert_false(stage_shows(w.stage, "create X"));
    press(&w, KEYCODE_CTRL('S'));
    assert_int_equal(form_current(w.form), OWNER);
    draw(&w);
    assert_true(stage_shows(w.stage, "create X"));
    press(&w, KEYCODE_ENTER);
    assert_int_equal(w.creations, 1);
    finish(&w);
}

static void choices_are_taken_by_letter_or_arrow(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    for (int i = 0; i < 3; i++) {
        press(&w, KEYCODE_DOWN);
    }
    stage_expect(w.stage, 5, "                draft  in review  approved  archived");
    press(&w, 'a');
    assert_string_equal(form_value(w.form, STATUS), "approved");
    press(&w, 'A');
    assert_string_equal(form_value(w.form, STATUS), "archived");
    press(&w, 'a');
    assert_string_equal(form_value(w.form, STATUS), "approved");
    press(&w, KEYCODE_LEFT);
    assert_string_equal(form_value(w.form, STATUS), "in review");
    press(&w, KEYCODE_SPACE);
    press(&w, KEYCODE_RIGHT);
    press(&w, KEYCODE_RIGHT);
    assert_string_equal(form_value(w.form, STATUS), "draft");
    press(&w, KEYCODE_DOWN);
    press(&w, 'n');
    assert_string_equal(form_value(w.form, TRAINED), "no");
    press(&w, KEYCODE_BACKSPACE);
    assert_string_equal(form_value(w.form, TRAINED), "");
    finish(&w);
}

static void long_texts_wrap_and_open_outside(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    for (int i = 0; i < 5; i++) {
        press(&w, KEYCODE_DOWN);
    }
    type(&w, "The owner reads the whole policy once in every year and says so");
    assert_true(stage_shows(w.stage, "The owner reads the whole policy once in"));
    assert_true(stage_shows(w.stage, "every year and says so"));
    assert_true((press(&w, KEYCODE_CTRL('E')) & OUTCOME_CHANGED) != 0);
    assert_int_equal(w.edits, 1);
    assert_non_null(strstr(form_value(w.form, NOTES), "says so from outside"));
    finish(&w);
}

static void enter_on_the_last_field_saves(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(press(&w, KEYCODE_ENTER) & OUTCOME_DONE, 0);
    }
    assert_int_equal(form_current(w.form), NOTES);
    assert_true((press(&w, KEYCODE_ENTER) & OUTCOME_DONE) != 0);
    assert_int_equal(w.saves, 1);
    finish(&w);
}

static void saving_a_wrong_field_goes_to_it(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    press(&w, KEYCODE_CTRL('U'));
    press(&w, KEYCODE_DOWN);
    assert_true((press(&w, KEYCODE_CTRL('S')) & OUTCOME_FAULT) != 0);
    assert_int_equal(form_current(w.form), TITLE);
    assert_string_equal(fault_text(form_fault(w.form)), "Title: a title is needed");
    assert_int_equal(w.saves, 0);
    type(&w, "T");
    w.refuses = true;
    assert_true((press(&w, KEYCODE_CTRL('S')) & OUTCOME_FAULT) != 0);
    assert_int_equal(form_current(w.form), DUE);
    finish(&w);
}

static void leaving_with_changes_asks(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    assert_true((press(&w, KEYCODE_ESC) & OUTCOME_LEAVE) != 0);
    type(&w, "!");
    assert_int_equal(press(&w, KEYCODE_ESC) & OUTCOME_LEAVE, 0);
    assert_true(form_is_asking(w.form));
    press(&w, KEYCODE_ESC);
    type(&w, "x");
    assert_string_equal(form_value(w.form, TITLE), "Access policy!x");
    press(&w, KEYCODE_ESC);
    assert_true((press(&w, 's') & OUTCOME_DONE) != 0);
    press(&w, KEYCODE_ESC);
    assert_true((press(&w, 'd') & OUTCOME_LEAVE) != 0);
    assert_int_equal(w.saves, 1);
    finish(&w);
}

static void a_short_form_scrolls_to_the_current_field(void **state) {
    (void)state;
    struct world w;
    start(&w, (struct stage_size){6, 60});
    for (int i = 0; i < 5; i++) {
        press(&w, KEYCODE_DOWN);
    }
    stage_expect(w.stage, 1, "   Trained");
    stage_expect(w.stage, 2, ">  Notes");
    stage_expect(w.stage, 5, "                What else is known");
    press(&w, KEYCODE_PAGE_UP);
    stage_expect(w.stage, 1, ">* Title        Access policy");
    finish(&w);
}

static void a_resize_while_typing_keeps_the_text(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    type(&w, " 2");
    stage_resize(w.stage, (struct stage_size){30, 100});
    assert_int_equal(stage_event(w.stage).kind, TERMINAL_RESIZED);
    draw(&w);
    stage_expect(w.stage, 1, ">* Title        Access policy 2");
    finish(&w);
}

static void a_dialog_runs_a_form_to_its_end(void **state) {
    (void)state;
    struct world w;
    start(&w, narrow);
    struct stage stage = {.terminal = stage_terminal(w.stage)};
    stage_type(w.stage, " X\023");
    assert_true(dialog_form(&stage, w.form));
    assert_string_equal(form_value(w.form, TITLE), "Access policy X");
    assert_int_equal(w.saves, 1);
    finish(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_form_shows_fields_and_the_help_of_the_current_one),
        cmocka_unit_test(a_fault_stands_under_its_field_while_typing),
        cmocka_unit_test(references_complete_as_one_types),
        cmocka_unit_test(enter_takes_the_suggestion_and_esc_refuses_it),
        cmocka_unit_test(a_reference_is_created_where_nothing_else_is_offered),
        cmocka_unit_test(a_reference_left_unknown_is_offered_again),
        cmocka_unit_test(choices_are_taken_by_letter_or_arrow),
        cmocka_unit_test(long_texts_wrap_and_open_outside),
        cmocka_unit_test(enter_on_the_last_field_saves),
        cmocka_unit_test(saving_a_wrong_field_goes_to_it),
        cmocka_unit_test(leaving_with_changes_asks),
        cmocka_unit_test(a_short_form_scrolls_to_the_current_field),
        cmocka_unit_test(a_resize_while_typing_keeps_the_text),
        cmocka_unit_test(a_dialog_runs_a_form_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
