/* A prompt that opens with a text: what the first key does to it, and which keys it names. */
#include "clause5/screen/prompt.h"

#include <string.h>

#include "stage.h"

static struct screen_stage *open_stage(void) {
    return stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
}

static void press(struct prompt *prompt, uint32_t key) {
    struct terminal_event event = stage_key(key);
    prompt_handle(prompt, &event);
}

static struct prompt *with_text(bool is_kept) {
    return prompt_new(
        &(struct prompt_options){.label = "Ref: ", .text = "2026-IA", .is_kept = is_kept});
}

static void draw(struct screen_stage *stage, struct prompt *prompt) {
    struct area screen = stage_begin(stage);
    prompt_draw(prompt, &screen);
    stage_end(stage);
}

static void the_first_character_replaces_a_given_text(void **state) {
    (void)state;
    struct prompt *prompt = with_text(false);
    press(prompt, 'X');
    press(prompt, 'Y');
    assert_string_equal(prompt_text(prompt), "XY");
    prompt_free(prompt);
}

static void moving_or_deleting_first_keeps_a_given_text(void **state) {
    (void)state;
    static const uint32_t keys[] = {KEYCODE_END, KEYCODE_LEFT, KEYCODE_BACKSPACE};
    static const char *const texts[] = {"2026-IAX", "2026-IXA", "2026-IX"};
    for (size_t i = 0; i < 3; i++) {
        struct prompt *prompt = with_text(false);
        press(prompt, keys[i]);
        press(prompt, 'X');
        assert_string_equal(prompt_text(prompt), texts[i]);
        prompt_free(prompt);
    }
}

static void a_text_to_be_continued_is_not_replaced(void **state) {
    (void)state;
    struct prompt *prompt = with_text(true);
    press(prompt, 'X');
    assert_string_equal(prompt_text(prompt), "2026-IAX");
    prompt_free(prompt);
}

static void a_text_that_would_be_replaced_looks_selected(void **state) {
    (void)state;
    struct screen_stage *stage = open_stage();
    struct prompt *prompt = with_text(false);
    draw(stage, prompt);
    stage_expect(stage, 15, " Ref: 2026-IA");
    assert_true(stage_look(stage, 15, 6).is_reversed);
    assert_true(stage_look(stage, 15, 12).is_reversed);
    assert_false(stage_look(stage, 15, 13).is_reversed);
    press(prompt, KEYCODE_END);
    draw(stage, prompt);
    assert_false(stage_look(stage, 15, 6).is_reversed);
    prompt_free(prompt);
    stage_close(stage);
}

static void complete(void *context, const char *typed, struct candidates *out) {
    (void)context;
    (void)typed;
    candidates_add(out, "undo", NULL);
}

static void the_last_row_names_the_keys_of_the_prompt(void **state) {
    (void)state;
    struct screen_stage *stage = open_stage();
    struct prompt_history history = {0};
    struct prompt_options options = {.label = ":", .complete = complete, .history = &history};
    struct prompt *prompt = prompt_new(&options);
    draw(stage, prompt);
    stage_expect(stage, 14, " undo");
    stage_expect(stage, 16, " Enter accept  Esc leave  Tab complete");
    press(prompt, 'u');
    press(prompt, KEYCODE_ENTER);
    prompt_free(prompt);
    prompt = prompt_new(&options);
    draw(stage, prompt);
    stage_expect(stage, 16, " Enter accept  Esc leave  Tab complete  Up history");
    prompt_free(prompt);
    prompt_history_free(&history);
    stage_close(stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_character_replaces_a_given_text),
        cmocka_unit_test(moving_or_deleting_first_keeps_a_given_text),
        cmocka_unit_test(a_text_to_be_continued_is_not_replaced),
        cmocka_unit_test(a_text_that_would_be_replaced_looks_selected),
        cmocka_unit_test(the_last_row_names_the_keys_of_the_prompt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
