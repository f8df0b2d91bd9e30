/* What stands below the body: a message as long as it is, and the keys that matter. */
#include "clause5/screen/frame.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "stage.h"

static const struct binding many[] = {
    {.key = 'c', .action = 1, .label = "the first of the keys", .weight = 9},
    {.key = 'p', .action = 2, .label = "the second of the keys", .weight = 9},
    {.key = 'm', .action = 3, .label = "the third of the keys", .weight = 9},
    {.key = 'e', .action = 4, .label = "the fourth of the keys", .weight = 8},
    {.key = 'v', .action = 5, .label = "fifth", .weight = 7},
};
static const struct binding help[] = {{.key = '?', .action = 9, .label = "help", .is_last = true}};
static const struct binding_table many_table = {
    .title = "Many", .bindings = many, .count = COUNT(many)};
static const struct binding_table tall_table = {
    .title = "Many", .bindings = many, .count = COUNT(many), .key_rows = 2};
static const struct binding_table help_table = {
    .title = "Everywhere", .bindings = help, .count = COUNT(help)};

static struct screen_stage *open_stage(void) {
    return stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
}

/* Draws a frame with TABLE and MESSAGE and returns the rows of its body. */
static int draw(struct screen_stage *stage, const struct binding_table *table,
                const char *message) {
    struct keymap map = {0};
    struct area body = {0};
    keymap_add(&map, table);
    keymap_add(&map, &help_table);
    struct frame frame = {.message = message, .keymap = &map};
    stage_begin(stage);
    assert_true(frame_draw(stage_terminal(stage), &frame, &body));
    stage_end(stage);
    return body.height;
}

static void help_has_room_whatever_else_there_is(void **state) {
    (void)state;
    struct screen_stage *stage = open_stage();
    assert_int_equal(draw(stage, &many_table, NULL), 12);
    stage_expect(stage, 16, " c the first of the keys  p the second of the keys  ? help");
    stage_close(stage);
}

static void a_place_may_have_two_rows_of_keys(void **state) {
    (void)state;
    struct screen_stage *stage = open_stage();
    assert_int_equal(draw(stage, &tall_table, "said"), 11);
    stage_expect(stage, 14, " said");
    stage_expect(stage, 15, " c the first of the keys  p the second of the keys");
    stage_expect(stage, 16, " m the third of the keys  e the fourth of the keys  ? help");
    stage_close(stage);
}

static void a_long_message_is_read_to_its_end(void **state) {
    (void)state;
    struct screen_stage *stage = open_stage();
    assert_int_equal(draw(stage, &many_table,
                          "partial is a result of self-assessments only: an audit says "
                          "conforms, with an observation"),
                     11);
    stage_expect(stage, 14, " partial is a result of self-assessments only: an audit says");
    stage_expect(stage, 15, " conforms, with an observation");
    stage_close(stage);
}

static void a_message_without_end_takes_three_rows(void **state) {
    (void)state;
    struct screen_stage *stage = open_stage();
    struct buffer text = {0};
    for (int i = 0; i < 60; i++) {
        buffer_addf(&text, "word%d ", i);
    }
    assert_int_equal(draw(stage, &many_table, buffer_text(&text)), 10);
    assert_non_null(strstr(stage_row(stage, 13), "word0"));
    assert_non_null(strstr(stage_row(stage, 15), "…"));
    buffer_free(&text);
    stage_close(stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_has_room_whatever_else_there_is),
        cmocka_unit_test(a_place_may_have_two_rows_of_keys),
        cmocka_unit_test(a_long_message_is_read_to_its_end),
        cmocka_unit_test(a_message_without_end_takes_three_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
