/* Hostile text in every widget: no foreign control byte reaches the terminal, and nothing is drawn
 * outside the rectangle. */
#include <stdlib.h>
#include <string.h>

#include "clause5/screen/chart.h"
#include "clause5/screen/dialog.h"
#include "clause5/screen/frame.h"
#include "clause5/screen/list.h"
#include "stage.h"

static const char *const hostile[] = {
    "a\033]0;owned\007b\033[2Jc\033[31md\033Pq\033\\e",
    "x\xC2\x9B"
    "31my\xC2\x9D"
    "0;owned\xC2\x9Cz\x9B"
    "1m",
    "\u202Eevil\u202C \u2066iso\u2069 \u200Bzero\u200D\uFEFF \U000E0041tag",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 \u0301\u0301start",
    "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
    "שלום עולם \uE000\uFFFE\U0010FFFF \xF0\x9F\x98\x80\xF0\x9F\x91\xA8\u200D\xF0\x9F\x91\xA9",
    "one\ntwo\ttab\rreturn\vvertical\177delete\x01\x1A",
    "\xFF\xFE\xC0\x80\xED\xA0\x80\xF8truncated \xE6\xBC",
};
enum { HOSTILES = sizeof hostile / sizeof hostile[0], EDGE = 58 };

/* What must never be sent, whatever curses itself sends. */
static void check_bytes(struct screen_stage *stage) {
    static const char *const forbidden[] = {
        "\033]0",       "owned\007",  "\033Pq", "\xC2\x9B",  "\xC2\x9D", "\xC2\x9C",
        "\u202E",       "\u202C",     "\u2066", "\u2069",    "\u200B",   "\u200D",
        "\uFEFF",       "\uE000",     "\x01",   "\x1A",      "\x7F",     "\xFF",
        "\xED\xA0\x80", "\U000E0041", "\x0B",   "\U0010FFFF"};
    size_t len = 0;
    const char *bytes = stage_bytes(stage, &len);
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        assert_null(memmem(bytes, len, forbidden[i], strlen(forbidden[i])));
    }
}

/* Draws a fence right of the area that a widget gets. */
static struct area fenced(struct screen_stage *stage) {
    struct area screen = stage_begin(stage);
    for (int row = 0; row < screen.height; row++) {
        area_put(&screen, (struct spot){.row = row, .column = EDGE}, MEANING_TEXT, "||");
    }
    return area_columns(screen, 0, EDGE);
}

static void end_fenced(struct screen_stage *stage) {
    stage_end(stage);
    for (int row = 0; row < 17; row++) {
        const char *text = stage_row(stage, row);
        size_t len = strlen(text);
        assert_true(len >= 2 && strcmp(text + len - 2, "||") == 0);
    }
    check_bytes(stage);
}

static bool fetch(void *context, const struct list_request *request, struct list_window *window,
                  struct fault *fault) {
    (void)context;
    (void)fault;
    bool is_all = request->seek == LIST_FIRST;
    for (size_t i = 0; i < HOSTILES && is_all; i++) {
        struct list_row *row = list_add_row(window, (int64_t)i + 1, hostile[i]);
        list_set_cell(row, 0, hostile[i]);
        list_set_cell(row, 1, hostile[HOSTILES - 1 - i]);
        list_set_cell_look(row, 1, MEANING_BAD, MARK_BAD);
        if (i % 3 == 2) {
            list_set_heading(row);
        }
    }
    return true;
}

static void lists_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < HOSTILES; i++) {
        struct screen_stage *stage =
            stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
        struct list_column columns[] = {{.title = hostile[i], .width = 21, .grow = 1},
                                        {.title = hostile[i], .width = 20, .align = LIST_RIGHT}};
        struct list *list = list_new(&(struct list_options){
            .columns = columns, .column_count = 2, .source = {NULL, fetch, NULL}});
        list_set_highlight(list, hostile[i]);
        struct area area = fenced(stage);
        list_draw(list, &area);
        end_fenced(stage);
        list_free(list);
        stage_close(stage);
    }
}

static void offer(void *context, const struct form *form, size_t field, struct candidates *out) {
    (void)context;
    (void)form;
    (void)field;
    for (size_t i = 0; i < HOSTILES; i++) {
        candidates_add(out, hostile[i], hostile[HOSTILES - 1 - i]);
    }
}

static void forms_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < HOSTILES; i++) {
        struct screen_stage *stage =
            stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
        struct form_choice choices[] = {{hostile[i], hostile[i]}, {"plain", NULL}};
        struct form_field fields[] = {
            {hostile[i], hostile[i], NULL, FORM_COMPLETED, 0, NULL, 0},
            {hostile[i], hostile[i], hostile[i], FORM_TEXT, FORM_REQUIRED, NULL, 0},
            {hostile[i], hostile[i], hostile[i], FORM_LONG_TEXT, 0, NULL, 0},
            {hostile[i], hostile[i], hostile[i], FORM_CHOICE, 0, choices, 2},
        };
        struct form *form = form_new(&(struct form_options){
            .title = hostile[i], .fields = fields, .field_count = 4, .calls = {.complete = offer}});
        for (int field = 0; field < 4; field++) {
            struct area area = fenced(stage);
            form_draw(form, &area);
            end_fenced(stage);
            struct terminal_event tab = stage_key(KEYCODE_TAB);
            form_handle(form, &tab);
        }
        form_free(form);
        stage_close(stage);
    }
}

static void label(void *context, double value, struct buffer *out) {
    (void)value;
    buffer_add(out, context);
}

static void the_rest_holds(void **state) {
    (void)state;
    static const struct chart_point points[] = {{0, 1}, {1, 2}};
    for (size_t i = 0; i < HOSTILES; i++) {
        struct screen_stage *stage =
            stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
        struct area area = fenced(stage);
        struct area left = area_rows(area, 0, 9);
        struct area inside = area_box(&left, hostile[i]);
        chart_draw(&(struct chart){.points = points,
                                   .count = 2,
                                   .levels = &(struct chart_level){3, hostile[i]},
                                   .level_count = 1,
                                   .context = (void *)(uintptr_t)hostile[i],
                                   .label_x = label,
                                   .label_y = label},
                   &inside);
        struct prompt *prompt =
            prompt_new(&(struct prompt_options){.label = hostile[i], .text = hostile[i]});
        prompt_draw(prompt, &area);
        prompt_free(prompt);
        end_fenced(stage);
        struct frame frame = {.title = hostile[i],
                              .title_right = hostile[i],
                              .tabs = &hostile[i],
                              .tab_count = 1,
                              .views = hostile,
                              .view_count = HOSTILES,
                              .view_right = hostile[i],
                              .message = hostile[i]};
        stage_begin(stage);
        assert_true(frame_draw(stage_terminal(stage), &frame, &area));
        stage_end(stage);
        check_bytes(stage);
        stage_close(stage);
    }
}

static void conversations_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < HOSTILES; i++) {
        struct screen_stage *screen =
            stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
        struct stage stage = {.terminal = stage_terminal(screen)};
        struct answer answer = {'y', hostile[i]};
        struct menu_item item = {'m', hostile[i], hostile[i]};
        struct menu menu = {.title = hostile[i], .items = &item, .count = 1};
        stage_type(screen, "y");
        assert_int_equal(dialog_ask(&stage, hostile[i], &answer, 1), 0);
        stage_type(screen, "m");
        assert_int_equal(dialog_choose(&stage, &menu), 0);
        stage_type(screen, "q");
        dialog_show_text(&stage, hostile[i], hostile[i]);
        check_bytes(screen);
        stage_close(screen);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_hold),
        cmocka_unit_test(forms_hold),
        cmocka_unit_test(the_rest_holds),
        cmocka_unit_test(conversations_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
