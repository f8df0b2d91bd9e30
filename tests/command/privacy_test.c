/* What the program leaves to others: nothing. Files are their owner's alone whatever the umask, no
 * core dump holds what a workbook holds, and nothing stays behind. */
#include "support/testing.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "support/place.h"
#include "support/pty.h"
#include "support/run.h"

static void assert_private(struct place *place, const char *name) {
    struct stat status;
    if (stat(place_path(place, name), &status) != 0) {
        fail_msg("%s is not there", name);
    }
    if ((status.st_mode & 077) != 0) {
        fail_msg("%s may be read by others: %o", name, status.st_mode & 0777);
    }
}

static void whatever_is_made_under_umask_000_is_for_its_owner(void **state) {
    static const char *const lines[] = {
        "new t.c5 --sample",
        "export t.c5 policy -o policy.csv",
        "export t.c5 all -o all",
        "report t.c5 -o report.html",
        "draft t.c5 review-agenda -o agenda.md",
        "import t.c5 policy bad.csv --rejects rejects.csv",
        "backup t.c5 -o backup.c5",
        "backup t.c5",
    };
    static const char *const names[] = {"t.c5",           "policy.csv",  "all",
                                        "all/policy.csv", "report.html", "agenda.md",
                                        "rejects.csv",    "backup.c5",   "t.c5.backups"};
    struct place *place = place_new();
    (void)state;
    place_write(place, "bad.csv", "ref,title,kind\r\nPOL-900,Fine,other\r\nPOL-901,,other\r\n");
    for (size_t i = 0; i < COUNT(lines); i++) {
        char line[256];
        snprintf(line, sizeof line, "umask 000; exec " CLAUSE5_BINARY " %s", lines[i]);
        struct run_result result = RUN(place_path(place, ""), "sh", "-c", line);
        assert_true(result.status <= 1);
        run_free(&result);
    }
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_private(place, names[i]);
    }
    /* Those and bad.csv; all/policy.csv lies in a folder of theirs. */
    assert_int_equal(place_count(place, ""), COUNT(names));
    place_free(place);
}

static void no_core_is_dumped_while_a_workbook_is_open(void **state) {
    struct place *place = place_new();
    char path[64];
    char line[256];
    bool is_none = false;
    (void)state;
    struct run_result result = RUN(place_path(place, ""), CLAUSE5_BINARY, "new", "t.c5", "--empty");
    run_expect_status(&result, 0);
    run_free(&result);
    struct terminal *terminal = TERMINAL(place_path(place, ""), "sh", "-c",
                                         "ulimit -S -c unlimited; exec " CLAUSE5_BINARY " t.c5");
    terminal_expect(terminal, "? help");
    snprintf(path, sizeof path, "/proc/%ld/limits", (long)terminal_pid(terminal));
    FILE *limits = fopen(path, "re");
    assert_non_null(limits);
    while (fgets(line, sizeof line, limits) != NULL) {
        is_none |= strncmp(line, "Max core file size        0 ", 28) == 0;
    }
    assert_int_equal(fclose(limits), 0);
    assert_true(is_none);
    terminal_key(terminal, "q");
    assert_int_equal(terminal_finish(terminal).status, 0);
    assert_int_equal(place_count(place, ""), 1);
    place_free(place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_made_under_umask_000_is_for_its_owner),
        cmocka_unit_test(no_core_is_dumped_while_a_workbook_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
