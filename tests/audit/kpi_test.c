/* The colours of KPIs and what they say of their objectives (checks.md, KPI status and
 * Contradiction). */
#include "clause5/audit/kpi.h"

#include <math.h>
#include <string.h>

#include "support/fixture.h"

static const struct kpi_standing *only(struct fixture *fixture, struct kpi_list *kpis) {
    struct fault fault = {0};
    if (!kpi_list_load(fixture->workbook, kpis, &fault)) {
        fail_msg("%s", fault_text(&fault));
    }
    assert_int_equal(kpis->count, 1);
    return &kpis->items[0];
}

/* Measures VALUE on the day and expects the colour; the list goes up to the newest day. */
static void expect_colour(struct fixture *fixture, const char *measured, enum kpi_colour colour) {
    struct kpi_list kpis = {0};
    put(fixture, REGISTER_MEASUREMENT, measured);
    assert_string_equal(kpi_colour_word(only(fixture, &kpis)->colour), kpi_colour_word(colour));
    kpi_list_free(&kpis);
}

static void upwards_a_value_is_green_at_the_target_and_amber_within_a_tenth(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_KPI,
        "ref=K|title=T|direction=up|target=40|frequency=monthly|source=measured");
    expect_colour(fixture, "kpi=K|measured_on=2026-11-01|value=40", KPI_COLOUR_GREEN);
    expect_colour(fixture, "kpi=K|measured_on=2026-11-02|value=36", KPI_COLOUR_AMBER);
    expect_colour(fixture, "kpi=K|measured_on=2026-11-03|value=35.9", KPI_COLOUR_RED);
}

static void downwards_the_colours_are_mirrored(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_KPI,
        "ref=K|title=T|direction=down|baseline=30|target=10|frequency=monthly|source=measured");
    expect_colour(fixture, "kpi=K|measured_on=2026-11-01|value=10", KPI_COLOUR_GREEN);
    expect_colour(fixture, "kpi=K|measured_on=2026-11-02|value=12", KPI_COLOUR_AMBER);
    expect_colour(fixture, "kpi=K|measured_on=2026-11-03|value=12.1", KPI_COLOUR_RED);
}

static void within_limits_a_tenth_of_their_width_is_amber(void **state) {
    struct fixture *fixture = *state;
    put(fixture, REGISTER_KPI,
        "ref=K|title=T|direction=within|lower=2|upper=5|frequency=monthly|source=measured");
    expect_colour(fixture, "kpi=K|measured_on=2026-11-01|value=2", KPI_COLOUR_GREEN);
    expect_colour(fixture, "kpi=K|measured_on=2026-11-02|value=5.3", KPI_COLOUR_AMBER);
    expect_colour(fixture, "kpi=K|measured_on=2026-11-03|value=1.6", KPI_COLOUR_RED);
}

static void on_the_way_a_value_is_held_against_the_line_of_its_day(void **state) {
    struct fixture *fixture = *state;
    struct kpi_list kpis = {0};
    put(fixture, REGISTER_OBJECTIVE,
        "ref=O|title=T|status=on track|starts_on=2026-11-01|due_on=2026-11-21");
    put(fixture, REGISTER_KPI,
        "ref=K|title=T|objective=O|direction=up|baseline=0|target=100|"
        "frequency=monthly|source=measured");
    expect_colour(fixture, "kpi=K|measured_on=2026-11-11|value=50", KPI_COLOUR_GREEN);
    assert_true(fabs(only(fixture, &kpis)->bar - 50) < 1e-9);
    kpi_list_free(&kpis);
    change(fixture, REGISTER_KPI, "K", "judged=against target");
    assert_int_equal(only(fixture, &kpis)->colour, KPI_COLOUR_RED);
    kpi_list_free(&kpis);
}

static void a_red_kpi_contradicts_an_objective_on_track(void **state) {
    struct fixture *fixture = *state;
    struct kpi_list kpis = {0};
    struct objective_list objectives = {0};
    struct fault fault = {0};
    put(fixture, REGISTER_OBJECTIVE, "ref=O|title=T|status=on track");
    put(fixture, REGISTER_KPI,
        "ref=K|title=T|objective=O|direction=up|target=10|frequency=monthly|source=measured");
    expect_colour(fixture, "kpi=K|measured_on=2026-11-11|value=1", KPI_COLOUR_RED);
    assert_true(only(fixture, &kpis)->contradicts);
    assert_true(objective_list_load(fixture->workbook, &objectives, &fault));
    assert_string_equal(objectives.items[0].contradiction, "K red, target missed");
    kpi_list_free(&kpis);
    objective_list_free(&objectives);
    change(fixture, REGISTER_OBJECTIVE, "O", "status=at risk");
    assert_false(only(fixture, &kpis)->contradicts);
    kpi_list_free(&kpis);
}

static void an_objective_lacks_the_letters_that_nothing_answers(void **state) {
    struct fixture *fixture = *state;
    struct objective_list objectives = {0};
    struct fault fault = {0};
    put(fixture, REGISTER_OBJECTIVE, "ref=O1|title=T|status=on track|starts_on=2026-11-01");
    put(fixture, REGISTER_OBJECTIVE, "ref=O2|title=T|status=cancelled");
    put(fixture, REGISTER_OBJECTIVE,
        "ref=O3|title=T|status=not started|plan=P|resources=R|"
        "evaluation=E|due_on=2026-11-20|risk=R-1");
    assert_true(objective_list_load(fixture->workbook, &objectives, &fault));
    assert_string_equal(objectives.items[0].lacks, "abcehijkl");
    assert_string_equal(objectives.items[1].lacks, "");
    assert_string_equal(objectives.items[2].lacks, "afj");
    assert_true(objectives.items[2].is_late);
    objective_list_free(&objectives);
}

static void a_computed_kpi_counts_the_workbook(void **state) {
    struct fixture *fixture = *state;
    struct kpi_list kpis = {0};
    put(fixture, REGISTER_KPI,
        "ref=K|title=T|direction=down|target=0|amber=1|frequency=monthly|"
        "source=overdue actions");
    put(fixture, REGISTER_ACTION,
        "ref=A1|title=T|source=other|raised_on=2026-11-01|status=open|due_on=2026-11-20");
    put(fixture, REGISTER_ACTION,
        "ref=A2|title=T|source=other|raised_on=2026-11-01|status=open|due_on=2026-11-21");
    const struct kpi_standing *kpi = only(fixture, &kpis);
    assert_false(kpi->is_measured);
    assert_true(fabs(kpi->value - 1) < 1e-9);
    assert_int_equal(kpi->colour, KPI_COLOUR_AMBER);
    kpi_list_free(&kpis);
}

#define CLAIM(claim) cmocka_unit_test_setup_teardown(claim, fixture_open, fixture_close)

int main(void) {
    const struct CMUnitTest tests[] = {
        CLAIM(upwards_a_value_is_green_at_the_target_and_amber_within_a_tenth),
        CLAIM(downwards_the_colours_are_mirrored),
        CLAIM(within_limits_a_tenth_of_their_width_is_amber),
        CLAIM(on_the_way_a_value_is_held_against_the_line_of_its_day),
        CLAIM(a_red_kpi_contradicts_an_objective_on_track),
        CLAIM(an_objective_lacks_the_letters_that_nothing_answers),
        CLAIM(a_computed_kpi_counts_the_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
