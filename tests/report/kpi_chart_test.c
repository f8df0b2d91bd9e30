/* Drawings of trends: whatever the values, the drawing is whole and stays within its frame. */
#include "report/kpi_chart.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "support/testing.h"

static const date_days today = 20778; /* 2026-11-21 */

static char *draw(const struct kpi_chart *chart) {
    struct buffer out = {0};
    kpi_chart_add(&out, chart);
    return buffer_take(&out);
}

/* Fails where a coordinate of that attribute lies outside 0 to MOST, or is no number. */
static void check_attribute(const char *drawing, const char *attribute, double most) {
    for (const char *at = strstr(drawing, attribute); at != NULL; at = strstr(at, attribute)) {
        at += strlen(attribute);
        char *end = NULL;
        double value = strtod(at, &end);
        if (end == at || *end != '"' || !(value >= 0 && value <= most)) {
            fail_msg("%s%.20s is outside of the drawing", attribute, at);
        }
    }
}

static void check_frame(const char *drawing) {
    static const char *const across[] = {" x=\"", " x1=\"", " x2=\"", " cx=\"", " width=\""};
    static const char *const down[] = {" y=\"", " y1=\"", " y2=\"", " cy=\"", " height=\""};
    for (size_t i = 0; i < COUNT(across); i++) {
        check_attribute(drawing, across[i], 360);
        check_attribute(drawing, down[i], 170);
    }
    assert_null(strstr(drawing, "nan"));
    assert_null(strstr(drawing, "inf"));
}

static void any_values_stay_within_the_frame(void **state) {
    (void)state;
    static const double values[][3] = {
        {0, 0, 0},        {5, 5, 5},         {-3, -2, -1},
        {1e15, -1e15, 0}, {1e-12, 2e-12, 0}, {-1e15, -1e15 + 0.125, -1e15},
        {0.1, 0.3, 0.2},  {18, 6.1, 12},
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        const struct kpi_point points[] = {
            {today - 400, values[i][0]}, {today - 200, values[i][1]}, {today, values[i][2]}};
        const struct kpi_chart chart = {.name = "KPI-01",
                                        .unit = "%",
                                        .points = points,
                                        .count = COUNT(points),
                                        .target = {true, values[i][1]},
                                        .way = {{today - 900, -1e12}, {today + 900, 1e12}},
                                        .has_way = true,
                                        .today = today};
        char *drawing = draw(&chart);
        check_frame(drawing);
        free(drawing);
    }
}

static void a_single_value_of_today_is_drawn(void **state) {
    (void)state;
    const struct kpi_point point = {today, 7};
    const struct kpi_chart chart = {.name = "KPI-01",
                                    .points = &point,
                                    .count = 1,
                                    .lower = {true, 2},
                                    .upper = {true, 5},
                                    .today = today};
    char *drawing = draw(&chart);
    check_frame(drawing);
    assert_non_null(strstr(drawing, ">7</text>"));
    assert_non_null(strstr(drawing, "least 2"));
    assert_non_null(strstr(drawing, "most 5"));
    free(drawing);
}

static void the_label_says_what_is_drawn(void **state) {
    (void)state;
    const struct kpi_point points[] = {{today - 31, 18}, {today, 6.5}};
    const struct kpi_chart chart = {.name = "KPI-01 \"Clicks\" & <more>",
                                    .points = points,
                                    .count = COUNT(points),
                                    .target = {true, 5},
                                    .today = today};
    char *drawing = draw(&chart);
    assert_non_null(strstr(drawing,
                           "aria-label=\"KPI-01 &quot;Clicks&quot; &amp; &lt;more&gt;: 2 values, "
                           "from 18 on 2026-10-21 to 6.5 on 2026-11-21, target 5\""));
    free(drawing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_values_stay_within_the_frame),
        cmocka_unit_test(a_single_value_of_today_is_drawn),
        cmocka_unit_test(the_label_says_what_is_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
