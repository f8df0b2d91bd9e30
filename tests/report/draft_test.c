/* The drafts: filled from the workbook, marked where it is silent, and proof against foreign text.
 */
#include "clause5/report/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/batch.h"
#include "clause5/store/record.h"
#include "report/markdown.h"
#include "report/shipped.h"
#include "support/golden.h"
#include "support/run.h"
#include "support/workbook.h"

static char *draft(struct workbook *workbook, const char *name) {
    struct buffer out = {0};
    struct fault fault = {0};
    if (!draft_write(workbook, name, &out, &fault)) {
        fail_msg("%s", fault_text(&fault));
    }
    return buffer_take(&out);
}

static void check_goldens(enum seed_set set, const char *name_of_set) {
    struct place *place = place_new();
    struct workbook *workbook = shipped_new(place, set);
    for (const char *const *name = draft_names(); *name != NULL; name++) {
        struct buffer file = {0};
        char *text = draft(workbook, *name);
        buffer_addf(&file, "%s-%s.md", name_of_set, *name);
        golden_expect("report", buffer_text(&file), text);
        buffer_free(&file);
        free(text);
    }
    workbook_close(workbook);
    place_free(place);
}

static void drafts_of_the_sample_are_as_they_were_read(void **state) {
    (void)state;
    check_goldens(SEED_SAMPLE, "sample");
}

static void drafts_of_the_starter_set_are_as_they_were_read(void **state) {
    (void)state;
    check_goldens(SEED_STARTER, "starter");
}

static int count_of(const char *text, const char *part) {
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static void an_empty_workbook_gives_drafts_that_say_what_to_fill(void **state) {
    (void)state;
    struct place *place = place_new();
    struct workbook *workbook = shipped_new(place, SEED_EMPTY);
    for (const char *const *name = draft_names(); *name != NULL; name++) {
        char *text = draft(workbook, *name);
        assert_true(count_of(text, "[to fill: ") > 0);
        assert_int_equal(count_of(text, "{{"), 0);
        assert_int_equal(count_of(text, "}}"), 0);
        free(text);
    }
    workbook_close(workbook);
    place_free(place);
}

static void a_template_that_does_not_exist_is_wrong_usage(void **state) {
    (void)state;
    struct place *place = place_new();
    struct workbook *workbook = shipped_new(place, SEED_EMPTY);
    struct buffer out = {0};
    struct fault fault = {0};
    assert_false(draft_write(workbook, "letter", &out, &fault));
    assert_int_equal(fault.kind, FAULT_USAGE);
    assert_non_null(strstr(fault_text(&fault), "role-profile"));
    fault_clear(&fault);
    buffer_free(&out);
    workbook_close(workbook);
    place_free(place);
}

static void check_inline(const char *text, const char *expected) {
    struct buffer out = {0};
    markdown_add_inline(&out, text);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void foreign_text_is_no_markup(void **state) {
    (void)state;
    check_inline("plain text, e.g. 2.5 (two)", "plain text, e.g. 2.5 (two)");
    check_inline("*a* _b_ `c` [d](e) <f> \\g", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f\\> \\\\g");
    check_inline("# not a heading", "\\# not a heading");
    check_inline("- no list", "\\- no list");
    check_inline("1. no list", "1\\. no list");
    check_inline("6.1", "6.1");
    check_inline("7.", "7\\.");
    check_inline("(a) no list", "(a\\) no list");
    check_inline("a | b ~~c~~ x^2^ $y$ &amp; {.z}",
                 "a \\| b \\~\\~c\\~\\~ x\\^2\\^ \\$y\\$ \\&amp; \\{.z\\}");
    check_inline("a -- b", "a -\\- b");
    check_inline("@cited, but mia@bakery.example", "\\@cited, but mia@bakery.example");
    check_inline("two\nlines\r\nand\ttab  ", "two lines and tab");
    check_inline("", "");
}

static void foreign_characters_are_shown_as_a_mark(void **state) {
    (void)state;
    check_inline("a\xE2\x80\xAE"
                 "b\x1B[31m\xFF",
                 "a\xEF\xBF\xBD"
                 "b\xEF\xBF\xBD\\[31m\xEF\xBF\xBD");
    check_inline("e\xCC\x81\xCC\x81\xCC\x81\xCC\x81!", "e\xCC\x81\xCC\x81!");
}

static void a_block_keeps_its_lines_and_paragraphs(void **state) {
    (void)state;
    struct buffer out = {0};
    markdown_add_block(&out, "\nfirst\nsecond\n\n\n1. third\r\n- fourth\n");
    assert_string_equal(buffer_text(&out), "first\\\nsecond\n\n1\\. third\\\n\\- fourth");
    buffer_free(&out);
}

/* Puts hostile words into every text field of a policy and the workbook. */
static void write_hostile(struct workbook *workbook) {
    static const char hostile[] = "# x\n\n- y | z {{organisation}} [to fill: <b>](http://a) `q` *";
    struct value values[POLICY_FIELDS] = {0};
    struct record record = {0};
    struct fault fault = {0};
    int64_t id = 0;
    values[POLICY_REF] = value_of_text("POL|1");
    values[POLICY_TITLE] = value_of_text(hostile);
    values[POLICY_KIND] = value_of_text("information security policy");
    values[POLICY_SUMMARY] = value_of_text(hostile);
    values[POLICY_RELATED] = value_of_text(hostile);
    assert_true(batch_begin(workbook, "hostile", &fault));
    assert_true(batch_insert(workbook, REGISTER_POLICY, values, &id, &fault));
    assert_int_equal(record_load(workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &record, &fault),
                     LOOKUP_FOUND);
    value_free(&record.values[WORKBOOK_ORGANISATION]);
    record.values[WORKBOOK_ORGANISATION] = value_of_text(hostile);
    assert_true(batch_update(workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, record.values, &fault));
    assert_true(batch_commit(workbook, &fault));
    record_free(&record);
    values_free(values, POLICY_FIELDS);
}

static void hostile_texts_change_no_line_of_a_draft(void **state) {
    (void)state;
    struct place *place = place_new();
    struct workbook *workbook = shipped_new(place, SEED_EMPTY);
    char *before = draft(workbook, "information-security-policy");
    write_hostile(workbook);
    char *after = draft(workbook, "information-security-policy");
    assert_int_equal(count_of(before, "\n# ") + count_of(before, "\n## "),
                     count_of(after, "\n# ") + count_of(after, "\n## "));
    assert_int_equal(count_of(after, "<b>"), 0);
    assert_non_null(strstr(after, "\\{\\{organisation\\}\\}"));
    free(before);
    free(after);
    workbook_close(workbook);
    place_free(place);
}

static void pandoc_makes_documents_of_all_drafts(void **state) {
    (void)state;
    struct run_result found = RUN(NULL, "sh", "-c", "command -v pandoc");
    bool is_there = found.status == 0;
    run_free(&found);
    if (!is_there) {
        print_message("pandoc is not installed\n");
        skip();
    }
    struct place *place = place_new();
    struct workbook *workbook = shipped_new(place, SEED_SAMPLE);
    for (const char *const *name = draft_names(); *name != NULL; name++) {
        char *text = draft(workbook, *name);
        place_write(place, "draft.md", text);
        struct run_result result =
            RUN(place_path(place, ""), "pandoc", "draft.md", "-o", "draft.docx");
        run_expect_status(&result, 0);
        assert_string_equal(buffer_text(&result.err), "");
        assert_true(place_has(place, "draft.docx"));
        run_free(&result);
        free(text);
    }
    workbook_close(workbook);
    place_free(place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drafts_of_the_sample_are_as_they_were_read),
        cmocka_unit_test(drafts_of_the_starter_set_are_as_they_were_read),
        cmocka_unit_test(an_empty_workbook_gives_drafts_that_say_what_to_fill),
        cmocka_unit_test(a_template_that_does_not_exist_is_wrong_usage),
        cmocka_unit_test(foreign_text_is_no_markup),
        cmocka_unit_test(foreign_characters_are_shown_as_a_mark),
        cmocka_unit_test(a_block_keeps_its_lines_and_paragraphs),
        cmocka_unit_test(hostile_texts_change_no_line_of_a_draft),
        cmocka_unit_test(pandoc_makes_documents_of_all_drafts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
