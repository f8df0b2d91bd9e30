/* The report: whole, sound, self-contained, traceable, and proof against foreign text. */
#include "clause5/report/report.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/batch.h"
#include "clause5/store/record.h"
#include "report/html.h"
#include "report/shipped.h"
#include "support/run.h"
#include "support/workbook.h"

static char *report(struct workbook *workbook, const char *audit) {
    struct buffer out = {0};
    struct fault fault = {0};
    if (!report_write(workbook, audit, &out, &fault)) {
        fail_msg("%s", fault_text(&fault));
    }
    return buffer_take(&out);
}

/* The report of each shipped set, given to CHECK. */
static void check_all_sets(void (*check)(struct place *place, const char *page)) {
    static const enum seed_set sets[] = {SEED_SAMPLE, SEED_STARTER, SEED_EMPTY};
    for (size_t i = 0; i < COUNT(sets); i++) {
        struct place *place = place_new();
        struct workbook *workbook = shipped_new(place, sets[i]);
        char *page = report(workbook, NULL);
        check(place, page);
        free(page);
        workbook_close(workbook);
        place_free(place);
    }
}

static void check_sections(struct place *place, const char *page) {
    (void)place;
    const char *at = page;
    for (size_t i = 0; report_section_at(i) != NULL; i++) {
        const struct report_section *section = report_section_at(i);
        struct buffer heading = {0};
        buffer_addf(&heading, "<h2 id=\"%s-title\">%s</h2>", section->id, section->title);
        at = strstr(at, buffer_text(&heading));
        if (at == NULL) {
            fail_msg("%s is missing or out of order", buffer_text(&heading));
        }
        buffer_free(&heading);
    }
}

static void every_report_has_all_sections_in_their_order(void **state) {
    (void)state;
    check_all_sets(check_sections);
}

static void check_links(struct place *place, const char *page) {
    (void)place;
    static const char start[] = "href=\"";
    for (const char *at = strstr(page, start); at != NULL; at = strstr(at, start)) {
        at += strlen(start);
        struct buffer id = {0};
        if (*at != '#') {
            fail_msg("a link leads out of the page: %.40s", at);
        }
        buffer_addf(&id, " id=\"%.*s\"", (int)strcspn(at + 1, "\""), at + 1);
        const char *target = strstr(page, buffer_text(&id));
        if (target == NULL) {
            fail_msg("nothing has the id of %.40s", at);
        }
        if (strstr(target + 1, buffer_text(&id)) != NULL) {
            fail_msg("two places have %s", buffer_text(&id));
        }
        buffer_free(&id);
    }
}

static void every_link_leads_to_one_place_on_the_page(void **state) {
    (void)state;
    check_all_sets(check_links);
}

static void check_self_contained(struct place *place, const char *page) {
    (void)place;
    static const char *const never[] = {"<script", "javascript:", " src=", "url(",    "@import",
                                        "<link",   "<iframe",     "<img",  "<object", " onclick="};
    for (size_t i = 0; i < COUNT(never); i++) {
        if (strstr(page, never[i]) != NULL) {
            fail_msg("the page has %s", never[i]);
        }
    }
}

static void the_page_has_no_script_and_needs_no_other_file(void **state) {
    (void)state;
    check_all_sets(check_self_contained);
}

static void check_heads(struct place *place, const char *page) {
    (void)place;
    for (const char *at = strstr(page, "<th"); at != NULL; at = strstr(at + 1, "<th")) {
        if (strncmp(at, "<thead", strlen("<thead")) != 0 &&
            strncmp(at, "<th scope=\"", strlen("<th scope=\"")) != 0) {
            fail_msg("a head has no scope: %.60s", at);
        }
    }
    for (const char *at = strstr(page, "<svg"); at != NULL; at = strstr(at + 1, "<svg")) {
        const char *label = strstr(at, " aria-label=\"");
        assert_non_null(label);
        assert_true(label < strchr(at, '>'));
        assert_true(label[strlen(" aria-label=\"")] != '"');
    }
    for (const char *at = strstr(page, "<table>"); at != NULL; at = strstr(at + 1, "<table>")) {
        assert_memory_equal(at, "<table><caption>", strlen("<table><caption>"));
    }
}

static void heads_have_a_scope_tables_a_caption_and_drawings_a_label(void **state) {
    (void)state;
    check_all_sets(check_heads);
}

static void check_with_tidy(struct place *place, const char *page) {
    place_write(place, "report.html", page);
    struct run_result result = RUN(place_path(place, ""), "tidy", "-e", "-q", "report.html");
    if (result.status != 0 || result.err.len_bytes > 0) {
        fail_msg("%s%s", buffer_text(&result.out), buffer_text(&result.err));
    }
    run_free(&result);
}

static void tidy_finds_neither_error_nor_warning(void **state) {
    (void)state;
    struct run_result found = RUN(NULL, "sh", "-c", "command -v tidy");
    bool is_there = found.status == 0;
    run_free(&found);
    if (!is_there) {
        print_message("tidy is not installed\n");
        skip();
    }
    check_all_sets(check_with_tidy);
}

static void the_round_that_is_asked_for_is_reported(void **state) {
    (void)state;
    struct place *place = place_new();
    struct workbook *workbook = shipped_new(place, SEED_SAMPLE);
    char *newest = report(workbook, NULL);
    char *older = report(workbook, "2025-sa");
    assert_non_null(strstr(newest, "Round <strong>2026-IA</strong>"));
    assert_non_null(strstr(older, "Round <strong>2025-SA</strong>"));
    assert_non_null(strstr(older, "does not yet conform"));
    free(newest);
    free(older);
    workbook_close(workbook);
    place_free(place);
}

static void an_unknown_round_is_wrong_usage(void **state) {
    (void)state;
    struct place *place = place_new();
    struct workbook *workbook = shipped_new(place, SEED_EMPTY);
    struct buffer out = {0};
    struct fault fault = {0};
    assert_false(report_write(workbook, "1999-IA", &out, &fault));
    assert_int_equal(fault.kind, FAULT_USAGE);
    fault_clear(&fault);
    buffer_free(&out);
    workbook_close(workbook);
    place_free(place);
}

/* Some records of the sample, by the keys they have there. */
static const struct {
    enum register_id register_id;
    const char *key;
} named[] = {{REGISTER_POLICY, "POL-001"},  {REGISTER_OBJECTIVE, "OBJ-01"},
             {REGISTER_KPI, "KPI-01"},      {REGISTER_ACTION, "AC-003"},
             {REGISTER_EVIDENCE, "EV-001"}, {REGISTER_AUDIT, "2026-IA"},
             {REGISTER_ROLE, "CEO"},        {REGISTER_ACTIVITY, "ACT-001"}};

static void find_named(struct workbook *workbook, int64_t *ids) {
    struct fault fault = {0};
    for (size_t i = 0; i < COUNT(named); i++) {
        assert_int_equal(
            record_find_key(workbook, named[i].register_id, named[i].key, &ids[i], &fault),
            LOOKUP_FOUND);
    }
}

/* Writes TEXT into every text of these records, their keys too. */
static void write_everywhere(struct workbook *workbook, const int64_t *ids, const char *text) {
    struct fault fault = {0};
    struct record record = {0};
    assert_true(batch_begin(workbook, "write everywhere", &fault));
    for (size_t i = 0; i < COUNT(named); i++) {
        const struct register_description *described = register_describe(named[i].register_id);
        assert_int_equal(record_load(workbook, named[i].register_id, ids[i], &record, &fault),
                         LOOKUP_FOUND);
        for (int field = 0; field < described->field_count; field++) {
            enum field_type type = described->fields[field].type;
            if (type == FIELD_TEXT || type == FIELD_LONG_TEXT || type == FIELD_FILE) {
                value_free(&record.values[field]);
                record.values[field] = value_of_text(text);
            }
        }
        assert_true(batch_update(workbook, named[i].register_id, ids[i], record.values, &fault));
        record_free(&record);
    }
    assert_true(batch_commit(workbook, &fault));
}

static int count_of(const char *text, const char *part) {
    int count = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        count++;
    }
    return count;
}

static void foreign_text_becomes_no_element(void **state) {
    (void)state;
    static const char hostile[] =
        "</title></style><script>alert(1)</script>\"'><b title=x>&amp; \x1B[2J \xE2\x80\xAE\xFF";
    int64_t ids[COUNT(named)];
    struct place *place = place_new();
    struct workbook *workbook = shipped_new(place, SEED_SAMPLE);
    find_named(workbook, ids);
    write_everywhere(workbook, ids, "harmless");
    char *harmless = report(workbook, NULL);
    write_everywhere(workbook, ids, hostile);
    char *page = report(workbook, NULL);
    check_self_contained(place, page);
    check_links(place, page);
    assert_int_equal(count_of(page, "<b"), count_of(harmless, "<b"));
    assert_int_equal(count_of(page, "</"), count_of(harmless, "</"));
    assert_int_equal(count_of(page, "\x1B") + count_of(page, "\xE2\x80\xAE"), 0);
    assert_true(count_of(page, "&lt;script&gt;alert(1)&lt;/script&gt;") > 8);
    free(harmless);
    free(page);
    workbook_close(workbook);
    place_free(place);
}

static void check_paragraphs(const char *text, const char *expected) {
    struct buffer out = {0};
    html_add_paragraphs(&out, text);
    assert_string_equal(buffer_text(&out), expected);
    buffer_free(&out);
}

static void paragraphs_and_lines_are_kept(void **state) {
    (void)state;
    check_paragraphs("", "");
    check_paragraphs("one", "<p>one</p>");
    check_paragraphs("\none\ntwo\r\n\r\nthree\n", "<p>one<br>two</p><p>three</p>");
}

static void ids_of_different_refs_differ(void **state) {
    (void)state;
    static const char *const refs[][2] = {{"A_20", "A "}, {"5.1.a", "5.1.A"}, {"A/B", "A_2fB"}};
    for (size_t i = 0; i < COUNT(refs); i++) {
        struct buffer a = {0};
        struct buffer b = {0};
        html_add_id(&a, "line", refs[i][0]);
        html_add_id(&b, "line", refs[i][1]);
        assert_string_not_equal(buffer_text(&a), buffer_text(&b));
        buffer_free(&a);
        buffer_free(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_report_has_all_sections_in_their_order),
        cmocka_unit_test(every_link_leads_to_one_place_on_the_page),
        cmocka_unit_test(the_page_has_no_script_and_needs_no_other_file),
        cmocka_unit_test(heads_have_a_scope_tables_a_caption_and_drawings_a_label),
        cmocka_unit_test(tidy_finds_neither_error_nor_warning),
        cmocka_unit_test(the_round_that_is_asked_for_is_reported),
        cmocka_unit_test(an_unknown_round_is_wrong_usage),
        cmocka_unit_test(foreign_text_becomes_no_element),
        cmocka_unit_test(paragraphs_and_lines_are_kept),
        cmocka_unit_test(ids_of_different_refs_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
