/* What a name says about what it names: contract.md, --create-missing, line by line. */
#include "exchange/guess.h"

#include <stdlib.h>

#include "clause5/base/memory.h"

static void a_role_gets_the_ref_that_the_contract_gives(void **state) {
    (void)state;
    static const struct {
        const char *text, *ref, *title;
    } cases[] = {
        {"Information Security Officer (ISO)", "ISO", "Information Security Officer"},
        {"CEO", "CEO", "CEO"},
        {"HR Lead", "HL", "HR Lead"},
        {"Data Protection Officer", "DPO", "Data Protection Officer"},
        {"All Employees (42)", "AE", "All Employees (42)"},
        {"Top Management", "TM", "Top Management"},
        {"FINANCE", "F", "FINANCE"},
        {"IT-Leitung", "IL", "IT-Leitung"},
        {"Övriga chefer", "ÖC", "Övriga chefer"},
        {"***", "ROLE", "***"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *ref, *title;
        guess_role_ref(cases[i].text, &ref, &title);
        assert_string_equal(ref, cases[i].ref);
        assert_string_equal(title, cases[i].title);
        free(ref);
        free(title);
    }
}

static void a_role_gets_its_kind_from_its_title(void **state) {
    (void)state;
    assert_string_equal(guess_role_kind("All Employees"), "group");
    assert_string_equal(guess_role_kind("Department Heads"), "group");
    assert_string_equal(guess_role_kind("Top Management"), "top management");
    assert_string_equal(guess_role_kind("CEO"), "top management");
    assert_string_equal(guess_role_kind("Managing Director"), "top management");
    assert_string_equal(guess_role_kind("HR Lead"), "operational");
    assert_string_equal(guess_role_kind("Allotment Officer"), "operational");
}

static void a_party_is_a_role_by_its_words_else_a_person(void **state) {
    (void)state;
    static const char *const roles[] = {"ISO",         "DPO",           "HR Lead",
                                        "SecOps Team", "IT Manager",    "Head of Engineering",
                                        "Team Leads",  "Sales Director"};
    static const char *const people[] = {"Anna Weber", "Legal", "Jo Leadbetter", "Ida Teamer",
                                         "Procurement"};
    for (size_t i = 0; i < COUNT(roles); i++) {
        assert_true(guess_is_role(roles[i]));
    }
    for (size_t i = 0; i < COUNT(people); i++) {
        assert_false(guess_is_role(people[i]));
    }
}

static void a_clause_is_proposed_where_the_title_says_it(void **state) {
    (void)state;
    assert_string_equal(guess_clause("Conduct Internal Audits"), "9.2");
    assert_string_equal(guess_clause("Run Management Review"), "9.3");
    assert_string_equal(guess_clause("Run Awareness Training"), "7.3");
    assert_string_equal(guess_clause("Key Management (Cryptography)"), "");
}

static void legends_and_totals_are_known_by_their_first_cell(void **state) {
    (void)state;
    static const char *const legends[] = {"Legend", "legend:", " Total ", "Grand total", "SUM"};
    static const char *const records[] = {"", "Legendary", "Total Recall", "POL-001"};
    for (size_t i = 0; i < COUNT(legends); i++) {
        assert_true(guess_is_legend(legends[i]));
    }
    for (size_t i = 0; i < COUNT(records); i++) {
        assert_false(guess_is_legend(records[i]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_role_gets_the_ref_that_the_contract_gives),
        cmocka_unit_test(a_role_gets_its_kind_from_its_title),
        cmocka_unit_test(a_party_is_a_role_by_its_words_else_a_person),
        cmocka_unit_test(a_clause_is_proposed_where_the_title_says_it),
        cmocka_unit_test(legends_and_totals_are_known_by_their_first_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
