/* Charts: the line, its target and its labels, in braille and in ASCII. */
#include "clause5/screen/chart.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "stage.h"

static const struct chart_point points[] = {{0, 0}, {1, 50}, {2, NAN}, {3, 25}, {4, 75}};

static void label_month(void *context, double x, struct buffer *out) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May"};
    (void)context;
    buffer_add(out, months[(int)x]);
}

static const struct chart_level target = {.y = 100, .label = "target"};
static const struct chart climbing = {
    .points = points, .count = 5, .levels = &target, .level_count = 1, .label_x = label_month};

static void a_chart_shows_line_target_and_labels_in_braille(void **state) {
    (void)state;
    struct screen_stage *stage =
        stage_open("C.UTF-8", "xterm-256color", (struct stage_size){7, 40});
    struct area screen = stage_begin(stage);
    chart_draw(&climbing, &screen);
    stage_end(stage);
    stage_expect(stage, 0, "100 ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄target");
    assert_non_null(strstr(stage_row(stage, 1), "⡠"));
    assert_non_null(strstr(stage_row(stage, 5), "  0 ⡠"));
    stage_expect(stage, 6, "    Jan                              May");
    assert_true(stage_look(stage, 0, 10).has_colour);
    stage_close(stage);
}

static void a_chart_is_drawn_in_ascii(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C", "vt100", (struct stage_size){6, 24});
    struct area screen = stage_begin(stage);
    chart_draw(&climbing, &screen);
    stage_end(stage);
    stage_expect(stage, 0, "100 --------------target");
    stage_expect(stage, 1, "                      **");
    stage_expect(stage, 2, " 50     ******      **");
    stage_expect(stage, 3, "      **      ******");
    stage_expect(stage, 4, "  0 **");
    stage_close(stage);
}

static void extreme_and_missing_values_stay_in_the_frame(void **state) {
    (void)state;
    static const struct chart_point wild[] = {{0, -DBL_MAX}, {1, INFINITY}, {2, DBL_MAX}};
    static const struct chart_point one[] = {{5, 7}};
    static const struct chart_point none[] = {{0, NAN}};
    struct screen_stage *stage =
        stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
    struct area screen = stage_begin(stage);
    struct area upper = area_rows(screen, 0, 5);
    struct area middle = area_rows(screen, 5, 5);
    struct area lower = area_rows(screen, 10, 5);
    chart_draw(&(struct chart){.points = wild, .count = 3}, &upper);
    chart_draw(&(struct chart){.points = one, .count = 1}, &middle);
    chart_draw(&(struct chart){.points = none, .count = 1}, &lower);
    struct area tiny = area_rows(screen, 15, 2);
    chart_draw(&climbing, &tiny);
    stage_end(stage);
    assert_non_null(strstr(stage_row(stage, 0), "1.798e+"));
    assert_true(stage_shows(stage, "7"));
    stage_expect(stage, 10, "nothing measured yet");
    stage_expect(stage, 15, "too small for a chart");
    stage_close(stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chart_shows_line_target_and_labels_in_braille),
        cmocka_unit_test(a_chart_is_drawn_in_ascii),
        cmocka_unit_test(extreme_and_missing_values_stay_in_the_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
