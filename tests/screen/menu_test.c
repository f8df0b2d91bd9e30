/* Menus of any length: letters, scrolling, and what the last row says. */
#include "clause5/screen/dialog.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "stage.h"

enum { ENTRIES = 40 };

static void draw_behind(void *context) {
    struct area screen = area_of_terminal(context);
    area_print(&screen, (struct spot){.row = screen.height - 1}, MEANING_TEXT, "keys behind");
}

static struct screen_stage *open_stage(void) {
    return stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
}

static struct stage over(struct screen_stage *stage) {
    return (struct stage){stage_terminal(stage), stage_terminal(stage), draw_behind};
}

/* Entries that all share their letters, so that most have none left. */
static struct menu alike(struct menu_item items[ENTRIES], size_t chosen) {
    for (size_t i = 0; i < ENTRIES; i++) {
        items[i] = (struct menu_item){.label = "abcdefgh", .detail = "row"};
    }
    items[0].detail = "first";
    items[ENTRIES - 1].detail = "last";
    return (struct menu){
        .title = "Import into", .items = items, .count = ENTRIES, .chosen = chosen};
}

/* As many entries as there are letters and digits, each with one that no other has. */
static void a_long_menu_gives_its_letters_at_once(void **state) {
    (void)state;
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    char labels[sizeof signs][2] = {{0}};
    struct menu_item items[sizeof signs] = {{0}};
    for (size_t i = 0; i + 1 < sizeof signs; i++) {
        labels[i][0] = signs[i];
        items[i].label = labels[i];
    }
    struct menu menu = {.title = "Long", .items = items, .count = sizeof signs - 1};
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    stage_type(screen, "9");
    assert_int_equal(dialog_choose(&stage, &menu), 35);
    stage_close(screen);
}

static void entries_beyond_the_letters_have_none(void **state) {
    (void)state;
    struct menu_item items[ENTRIES];
    struct menu menu = alike(items, 0);
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    stage_type(screen, "h");
    assert_int_equal(dialog_choose(&stage, &menu), 7);
    stage_type(screen, "i\033");
    assert_int_equal(dialog_choose(&stage, &menu), DIALOG_NO_ANSWER);
    stage_close(screen);
}

static void a_menu_gives_no_letter_twice(void **state) {
    (void)state;
    static const struct menu_item items[] = {
        {.label = "Apple"}, {.label = "Apricot"}, {'p', "Last", NULL}, {.label = "Pear"}};
    struct menu menu = {.title = "Fruit", .items = items, .count = COUNT(items)};
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    stage_type(screen, "r");
    assert_int_equal(dialog_choose(&stage, &menu), 1);
    stage_type(screen, "p");
    assert_int_equal(dialog_choose(&stage, &menu), 2);
    stage_type(screen, "e");
    assert_int_equal(dialog_choose(&stage, &menu), 3);
    stage_close(screen);
}

static void a_menu_higher_than_the_screen_shows_where_it_goes_on(void **state) {
    (void)state;
    struct menu_item items[ENTRIES];
    struct menu menu = alike(items, 0);
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    stage_type(screen, "\033");
    dialog_choose(&stage, &menu);
    stage_end(screen);
    assert_true(stage_shows(screen, "first"));
    assert_false(stage_shows(screen, "▲"));
    assert_true(stage_shows(screen, "▼"));
    menu.chosen = ENTRIES - 1;
    stage_type(screen, "\033");
    dialog_choose(&stage, &menu);
    stage_end(screen);
    assert_true(stage_shows(screen, "last"));
    assert_true(stage_shows(screen, "▲"));
    assert_false(stage_shows(screen, "▼"));
    stage_close(screen);
}

static void a_menu_shows_its_keys_in_the_last_row(void **state) {
    (void)state;
    struct menu_item items[ENTRIES];
    struct menu menu = alike(items, 3);
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    stage_type(screen, "\033");
    dialog_choose(&stage, &menu);
    stage_end(screen);
    stage_expect(screen, 16, " Enter choose  Esc leave");
    stage_close(screen);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_menu_gives_its_letters_at_once),
        cmocka_unit_test(entries_beyond_the_letters_have_none),
        cmocka_unit_test(a_menu_gives_no_letter_twice),
        cmocka_unit_test(a_menu_higher_than_the_screen_shows_where_it_goes_on),
        cmocka_unit_test(a_menu_shows_its_keys_in_the_last_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
