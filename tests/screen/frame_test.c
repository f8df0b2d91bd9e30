/* The frame and the keys: what stands where, what gives way when it is narrow. */
#include "clause5/screen/frame.h"

#include <string.h>

#include "stage.h"

enum { ADD = 1, EDIT, HELP, PLACE_ADD, SECRET };

static const struct binding global[] = {
    {.key = 'a', .action = ADD, .name = "add", .label = "add", .help = "add a record"},
    {.key = 'e', .action = EDIT, .name = "edit", .label = "edit", .help = "edit it", .weight = 5},
    {.key = KEYCODE_F(2), .action = EDIT},
    {.key = '?', .action = HELP, .name = "help", .label = "help", .help = "this page", .weight = 9},
    {.key = KEYCODE_F(1), .action = HELP},
    {.action = SECRET, .name = "set", .help = "change a setting"},
};
static const struct binding place[] = {
    {.key = 'a',
     .action = PLACE_ADD,
     .name = "activity",
     .label = "activity",
     .help = "add an activity",
     .where = 1},
    {.key = 'w',
     .action = SECRET,
     .name = "withdraw",
     .label = "withdraw",
     .help = "withdraw it",
     .where = 2},
};
static const struct binding_table global_table = {
    .title = "Everywhere", .bindings = global, .count = 6};
static const struct binding_table place_table = {.title = "Matrix", .bindings = place, .count = 2};

static struct keymap both(unsigned where) {
    struct keymap map = {.where = where};
    keymap_add(&map, &place_table);
    keymap_add(&map, &global_table);
    return map;
}

static const char *const tabs[] = {"1 Overview",  "2 Policies", "3 Roles",   "4 Objectives",
                                   "5 Checklist", "6 Reviews",  "7 Actions", "8 Resources",
                                   "9 Awareness", "0 People",   "H History", "! Gaps"};
static const char *const views[] = {"Readiness", "Gaps", "Calendar"};

static struct frame sample(const struct keymap *map) {
    return (struct frame){.title = "Harbour Bakery Ltd",
                          .title_right = "Sat 21 Nov 2026 #4be1",
                          .tabs = tabs,
                          .tab_count = 12,
                          .views = views,
                          .view_count = 3,
                          .view_chosen = 1,
                          .view_right = "round 2026-IA open",
                          .message = "stored: u takes it back",
                          .message_meaning = MEANING_MESSAGE,
                          .keymap = map};
}

static void a_frame_has_its_rows_at_80_columns(void **state) {
    (void)state;
    struct screen_stage *stage =
        stage_open("C.UTF-8", "xterm-256color", (struct stage_size){24, 80});
    struct keymap map = both(1);
    struct frame frame = sample(&map);
    struct area body = {0};
    stage_begin(stage);
    assert_true(frame_draw(stage_terminal(stage), &frame, &body));
    stage_end(stage);
    assert_int_equal(body.row, 3);
    assert_int_equal(body.height, 19);
    assert_int_equal(body.width, 80);
    stage_expect(
        stage, 0,
        " Harbour Bakery Ltd                                        Sat 21 Nov 2026 #4be1");
    stage_expect(stage, 1,
                 " 1 Overview  2 Policies  3 Roles  4 Objectives  5 Checklist  6 Reviews ›");
    stage_expect(
        stage, 2,
        " Readiness  Gaps  Calendar                                    round 2026-IA open");
    stage_expect(stage, 22, " stored: u takes it back");
    stage_expect(stage, 23, " ? help  e edit  a activity");
    assert_true(stage_look(stage, 1, 1).is_reversed);
    assert_true(stage_look(stage, 2, 12).is_reversed);
    assert_false(stage_look(stage, 2, 1).is_reversed);
    stage_close(stage);
}

static void a_narrow_frame_shows_the_chosen_pane(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C", "vt100", (struct stage_size){17, 60});
    struct keymap map = both(0);
    struct frame frame = sample(&map);
    struct area body = {0};
    frame.tab_chosen = 11;
    stage_begin(stage);
    assert_true(frame_draw(stage_terminal(stage), &frame, &body));
    stage_end(stage);
    stage_expect(stage, 1, "<8 Resources  9 Awareness  0 People  H History  ! Gaps");
    assert_true(stage_look(stage, 1, 50).is_reversed);
    stage_expect(stage, 16, " ? help  e edit  a add");
    stage_close(stage);
}

static void a_long_filter_leaves_room_for_the_chosen_view(void **state) {
    (void)state;
    struct screen_stage *stage =
        stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
    struct frame frame = sample(NULL);
    struct area body = {0};
    frame.title = "The organisation with the longest name in the whole register";
    frame.view_right = "filter: owner is ISO and status is approved and review is due soon";
    frame.view_chosen = 2;
    stage_begin(stage);
    assert_true(frame_draw(stage_terminal(stage), &frame, &body));
    stage_end(stage);
    stage_expect(stage, 0, " The organisation with the longest n…  Sat 21 Nov 2026 #4be1");
    stage_expect(stage, 2, " Readiness  Gaps  Calendar  filter: owner is ISO and status…");
    stage_close(stage);
}

static void a_terminal_too_small_is_told_in_one_line(void **state) {
    (void)state;
    struct screen_stage *stage =
        stage_open("C.UTF-8", "xterm-256color", (struct stage_size){16, 80});
    struct frame frame = sample(NULL);
    struct area body = {0};
    stage_begin(stage);
    assert_false(frame_draw(stage_terminal(stage), &frame, &body));
    stage_end(stage);
    stage_expect(stage, 0,
                 "clause5 needs at least 60 columns and 17 rows; this terminal has 80x16");
    stage_expect(stage, 1, "");
    stage_close(stage);
}

static void the_place_wins_and_only_where_it_lives(void **state) {
    (void)state;
    struct keymap map = both(1);
    assert_int_equal(keymap_find_key(&map, 'a')->action, PLACE_ADD);
    assert_null(keymap_find_key(&map, 'w'));
    assert_null(keymap_find_key(&map, 'z'));
    assert_int_equal(keymap_find_key(&map, KEYCODE_F(1))->action, HELP);
    map = both(2);
    assert_int_equal(keymap_find_key(&map, 'a')->action, ADD);
    assert_int_equal(keymap_find_key(&map, 'w')->action, SECRET);
}

static void names_are_found_whole_or_by_their_start(void **state) {
    (void)state;
    struct keymap map = both(1);
    assert_int_equal(keymap_find_name(&map, "add")->action, ADD);
    assert_int_equal(keymap_find_name(&map, "ed")->action, EDIT);
    assert_null(keymap_find_name(&map, "a"));
    assert_null(keymap_find_name(&map, "withdraw"));
    assert_null(keymap_find_name(&map, ""));
    struct candidates found = {0};
    keymap_complete(&map, "a", &found);
    assert_int_equal(found.count, 2);
    assert_string_equal(found.items[0].value, "activity");
    assert_string_equal(found.items[1].detail, "add a record");
    assert_int_equal(candidates_common(&found, 1), 0);
    candidates_free(&found);
}

static void the_help_page_lists_keys_names_and_help(void **state) {
    (void)state;
    struct keymap map = both(1);
    struct buffer help = {0};
    keymap_print_help(&map, &help);
    assert_string_equal(buffer_text(&help),
                        "Matrix\n"
                        "  a                  :activity          add an activity\n"
                        "\nEverywhere\n"
                        "                     :add               add a record\n"
                        "  e F2               :edit              edit it\n"
                        "  ? F1               :help              this page\n"
                        "                     :set               change a setting\n");
    buffer_free(&help);
}

static void a_key_is_printed_by_its_name(void **state) {
    (void)state;
    static const struct {
        uint32_t key;
        const char *name;
    } keys[] = {
        {'a', "a"},
        {'?', "?"},
        {0xE9, "é"},
        {KEYCODE_TAB, "Tab"},
        {KEYCODE_SHIFT_TAB, "S-Tab"},
        {KEYCODE_ESC, "Esc"},
        {KEYCODE_CTRL('R'), "^R"},
        {KEYCODE_F(1), "F1"},
        {KEYCODE_F(12), "F12"},
        {KEYCODE_PAGE_DOWN, "PgDn"},
        {KEYCODE_SPACE, "Space"},
        {KEYCODE_WORD_LEFT, "^Left"},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct buffer name = {0};
        keycode_print(&name, keys[i].key);
        assert_string_equal(buffer_text(&name), keys[i].name);
        buffer_free(&name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_has_its_rows_at_80_columns),
        cmocka_unit_test(a_narrow_frame_shows_the_chosen_pane),
        cmocka_unit_test(a_long_filter_leaves_room_for_the_chosen_view),
        cmocka_unit_test(a_terminal_too_small_is_told_in_one_line),
        cmocka_unit_test(the_place_wins_and_only_where_it_lives),
        cmocka_unit_test(names_are_found_whole_or_by_their_start),
        cmocka_unit_test(the_help_page_lists_keys_names_and_help),
        cmocka_unit_test(a_key_is_printed_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
