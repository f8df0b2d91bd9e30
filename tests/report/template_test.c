/* The language of the drafts, on the sample: what each tag gives, and what is refused. */
#include "report/template.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "report/shipped.h"
#include "support/testing.h"

static struct place *place;
static struct workbook *workbook;

static int set_up(void **state) {
    (void)state;
    place = place_new();
    workbook = shipped_new(place, SEED_SAMPLE);
    return 0;
}

static int take_down(void **state) {
    (void)state;
    workbook_close(workbook);
    place_free(place);
    return 0;
}

static bool render(const char *text, struct buffer *out, struct fault *fault) {
    const struct template_source source = {
        .name = "test", .text = text, .queries = "report/draft.sql"};
    return template_render(&source, workbook, out, fault);
}

static void check(const char *text, const char *expected) {
    struct buffer out = {0};
    struct fault fault = {0};
    if (!render(text, &out, &fault)) {
        fail_msg("%s: %s", text, fault_text(&fault));
    }
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void check_refused(const char *text, const char *message) {
    struct buffer out = {0};
    struct fault fault = {0};
    assert_false(render(text, &out, &fault));
    assert_int_equal(fault.kind, FAULT_FAILED);
    if (strstr(fault_text(&fault), message) == NULL) {
        fail_msg("%s: %s", text, fault_text(&fault));
    }
    fault_clear(&fault);
    buffer_free(&out);
}

static void values_take_their_form(void **state) {
    (void)state;
    check("", "");
    check("no tag", "no tag");
    check("{{organisation}}, {{today}}, {{today date}}",
          "Harbour Bakery Ltd, 2026-11-21, 21 November 2026");
    check("{{#budget}}{{amount amount}}{{/budget}}", "50,700");
    check("{{ organisation : who }}", "Harbour Bakery Ltd");
}

static void an_empty_value_says_what_to_fill(void **state) {
    (void)state;
    check("{{#next_review}}{{#invited}}{{/}}{{/}}", "");
    check("{{#isp}}[{{approved_by}}] {{approved_by: who signs it}}{{/isp}}",
          "[] [to fill: who signs it]");
}

static void sections_repeat_and_lines_of_tags_vanish(void **state) {
    (void)state;
    check("Leaders:\n{{#leaders}}\n- {{name}}\n{{/leaders}}\nEnd\n",
          "Leaders:\n- Mia Sato\n- Søren Łukasik\n- Zoë Müller\nEnd\n");
    check("{{^leaders}}nobody{{/leaders}}{{#leaders}}x{{/}}", "xxx");
}

static void conditions_look_at_values(void **state) {
    (void)state;
    check("{{#isp}}{{?version}}has {{version}}{{/}}{{!version}}none{{/}}{{/isp}}", "has 2.1");
    check("{{#isp}}{{?approved_by}}has one{{/}}{{!approved_by}}none{{/}}{{/isp}}", "none");
}

static void names_of_an_outer_row_are_known_within_and_bound(void **state) {
    (void)state;
    struct buffer out = {0};
    struct fault fault = {0};
    assert_true(
        render("{{#isp}}{{#versions}}{{ref}}/{{version}} {{/versions}}{{/isp}}", &out, &fault));
    assert_string_equal(buffer_text(&out), "POL-001/1.0 POL-001/1.1 POL-001/2.0 POL-001/2.1 ");
    buffer_free(&out);
}

static void what_does_not_exist_or_is_left_open_is_refused(void **state) {
    (void)state;
    check_refused("{{nothing}}", "\"nothing\" is no name known here");
    check_refused("{{?nothing}}x{{/}}", "\"nothing\" is no name known here");
    check_refused("{{#nothing}}x{{/}}", "nothing");
    check_refused("{{#leaders}}x", "\"leaders\" is never closed");
    check_refused("x{{/leaders}}", "\"leaders\" closes nothing");
    check_refused("{{#leaders}}x{{/roles}}", "closes what another tag opened");
    check_refused("{{organisation loudly}}", "\"loudly\" is no form");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_take_their_form),
        cmocka_unit_test(an_empty_value_says_what_to_fill),
        cmocka_unit_test(sections_repeat_and_lines_of_tags_vanish),
        cmocka_unit_test(conditions_look_at_values),
        cmocka_unit_test(names_of_an_outer_row_are_known_within_and_bound),
        cmocka_unit_test(what_does_not_exist_or_is_left_open_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, take_down);
}
