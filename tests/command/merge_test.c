/* merge as a shell sees it (contract.md, Streams and exit status). */
#include <string.h>

#include "clause5/base/buffer.h"
#include "support/shell.h"

/* Runs the script; `edit FILE TITLE` gives policy POL-001 another title, `add FILE TITLE` adds
 * POL-090. */
static void expect_edited(struct place *place, const char *script, int status, const char *words) {
    static const char helpers[] =
        "edit() { printf 'ref,title,kind\\nPOL-001,%s,topic policy\\n' \"$2\" >x.csv;"
        " $C import $1 policy x.csv >/dev/null 2>&1; };"
        "add() { printf 'ref,title,kind\\nPOL-090,%s,topic policy\\n' \"$2\" >x.csv;"
        " $C import $1 policy x.csv >/dev/null 2>&1; };";
    struct buffer whole = {0};
    buffer_addf(&whole, "%s %s", helpers, script);
    expect_words(place, buffer_text(&whole), status, words);
    buffer_free(&whole);
}

static int set_up(void **state) {
    *state = place_new();
    expect_edited(*state, "$C new a.c5 && edit a.c5 First && cp a.c5 b.c5", 0, "made");
    return 0;
}

static int tear_down(void **state) {
    place_free(*state);
    return 0;
}

static void a_merge_counts_by_register_and_in_total(void **state) {
    expect_edited(*state, "edit b.c5 Theirs; add b.c5 New; $C merge a.c5 b.c5", 0,
                  "policy: 1 new, 1 changed, 0 deleted\n"
                  "1 new, 1 changed, 0 deleted, 0 renumbered, 0 conflicts\n");
    expect_edited(*state, "$C verify a.c5", 0, "sound");
    expect_edited(*state, "$C history a.c5", 0, "merge b.c5");
    expect_edited(*state, "$C history a.c5 | grep -c '^    theirs [34][.] .*import x.csv'", 0,
                  "2\n");
    expect_edited(*state, "$C merge a.c5 b.c5", 0, "nothing to merge");
}

static void a_conflict_is_listed_and_nothing_is_written(void **state) {
    expect_edited(*state,
                  "edit a.c5 Ours; edit b.c5 Theirs; cp a.c5 kept;"
                  "$C merge a.c5 b.c5 2>said; s=$?; cat said; cmp a.c5 kept && exit $s",
                  1, "conflict: policy POL-001, title: ours \"Ours\" (");
    expect_edited(*state, "$C merge a.c5 b.c5 --dry-run 2>/dev/null", 1, "theirs \"Theirs\" (");
    expect_edited(*state, "$C merge a.c5 b.c5 2>/dev/null", 1,
                  "0 new, 0 changed, 0 deleted, 0 renumbered, 1 conflict\n");
}

static void a_preferred_side_decides_all_conflicts(void **state) {
    expect_edited(*state,
                  "edit a.c5 Ours; edit b.c5 Theirs; cp a.c5 c.c5;"
                  "$C merge a.c5 b.c5 --prefer theirs && $C export a.c5 policy",
                  0, "POL-001,Theirs");
    expect_edited(*state, "$C merge c.c5 b.c5 --prefer=ours && $C export c.c5 policy", 0,
                  "POL-001,Ours");
}

static void a_dry_run_writes_nothing(void **state) {
    expect_edited(*state,
                  "edit b.c5 Theirs; cp a.c5 kept; $C merge a.c5 b.c5 --dry-run && cmp a.c5 kept"
                  " && test ! -e a.c5.lock",
                  0, "0 new, 1 changed");
    expect_edited(*state,
                  "edit a.c5 Ours; cp a.c5 kept;"
                  "$C merge a.c5 b.c5 --dry-run --prefer ours && cmp a.c5 kept",
                  0, ": ours\n");
}

static void a_ref_given_twice_is_reported(void **state) {
    expect_edited(*state, "add a.c5 Mine; add b.c5 Yours; $C merge a.c5 b.c5", 0,
                  "renumbered: policy POL-090 of theirs is POL-091\n");
}

static void theirs_is_never_written_to(void **state) {
    expect_edited(*state,
                  "edit b.c5 Theirs; cp b.c5 kept; chmod 400 b.c5; $C merge a.c5 b.c5 >/dev/null"
                  " && cmp b.c5 kept && ls | sort | tr '\\n' ' '",
                  0, "a.c5 b.c5 kept x.csv ");
}

static void what_cannot_be_merged_is_refused(void **state) {
    expect_edited(*state, "$C new s.c5 >/dev/null; $C merge a.c5 s.c5 2>&1", 1, "share no past");
    expect_edited(*state, "$C merge a.c5 s.c5 2>&1", 1, "import all");
    expect_edited(*state, "$C merge a.c5 a.c5 2>&1", 2, "same file");
    expect_edited(*state, "ln a.c5 link.c5; $C merge a.c5 link.c5 2>&1", 2, "same file");
    expect_edited(*state, "$C merge a.c5 2>&1", 2, "");
    expect_edited(*state, "$C merge a.c5 b.c5 --prefer mine 2>&1", 2, "");
    expect_edited(*state, "$C merge a.c5 none.c5 2>&1", 3, "no such file");
    expect_edited(*state, "echo x >t.c5; $C merge a.c5 t.c5 2>&1", 3, "t.c5");
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(a_merge_counts_by_register_and_in_total),
        CASE(a_conflict_is_listed_and_nothing_is_written),
        CASE(a_preferred_side_decides_all_conflicts),
        CASE(a_dry_run_writes_nothing),
        CASE(a_ref_given_twice_is_reported),
        CASE(theirs_is_never_written_to),
        CASE(what_cannot_be_merged_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
