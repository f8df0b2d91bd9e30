/* Each check fires on the smallest workbook on which it should, names the record, is silent once
 * that is mended, and nothing else fires on the change. The workbooks are in check_cases.txt. */
#include <stdlib.h>
#include <string.h>

#include "check_stage.h"
#include "clause5/base/memory.h"
#include "support/testing.h"

enum { CASES_MOST = 250, KITS_MOST = 30, LINES_MOST = 60 };

/* The lines of a case or a kit, as they stand in the file. */
struct block {
    const char *name;
    int line; /* in the file */
    const char *lines[LINES_MOST];
    int count;
};

struct script {
    char *text;
    struct block cases[CASES_MOST];
    int case_count;
    struct block kits[KITS_MOST];
    int kit_count;
};

/* Returns what stands behind WORD and a blank in the line, or NULL. */
static const char *after(const char *line, const char *word) {
    size_t len = strlen(word);
    return strncmp(line, word, len) == 0 && line[len] == ' ' ? line + len + 1 : NULL;
}

static struct block *begin_block(struct script *script, const char *line, int number) {
    const char *check = after(line, "check");
    const char *kit = after(line, "kit");
    struct block *block = NULL;
    if (check != NULL) {
        assert_in_range(script->case_count, 0, CASES_MOST - 1);
        block = &script->cases[script->case_count++];
    } else if (kit != NULL) {
        assert_in_range(script->kit_count, 0, KITS_MOST - 1);
        block = &script->kits[script->kit_count++];
    }
    if (block != NULL) {
        *block = (struct block){.name = check != NULL ? check : kit, .line = number};
    }
    return block;
}

static struct script *script_read(void) {
    struct script *script = memory_zero(1, sizeof *script);
    struct block *block = NULL;
    int number = 0;
    script->text = place_read_path(TESTS_DIR "/audit/check_cases.txt", NULL);
    assert_non_null(script->text);
    char *rest = script->text;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        struct block *begun = begin_block(script, line, ++number);
        if (begun != NULL) {
            block = begun;
        } else if (line[0] != '\0' && line[0] != '#') {
            assert_non_null(block);
            assert_in_range(block->count, 0, LINES_MOST - 1);
            block->lines[block->count++] = line;
        }
    }
    return script;
}

static void script_free(struct script *script) {
    free(script->text);
    free(script);
}

/* One case as it is tried: what was found before the change, and what the change has to make. */
struct trial {
    struct script *script;
    const struct block *scene;
    struct check_stage stage;
    bool is_used[KITS_MOST];
    const char *day;
};

static void use_kit(struct trial *trial, const char *name);

/* Does the steps of one kind (given, change, mend), with the kits where they stand. */
static void do_steps(struct trial *trial, const struct block *block, const char *kind) {
    for (int i = 0; i < block->count; i++) {
        const char *kit = after(block->lines[i], "use");
        const char *step = after(block->lines[i], kind);
        if (kit != NULL && strcmp(kind, "given") == 0) {
            use_kit(trial, kit);
        } else if (step != NULL) {
            check_stage_do(&trial->stage, step);
        }
    }
}

/* Lays out a kit, each once. */
static void use_kit(struct trial *trial, const char *name) {
    for (int i = 0; i < trial->script->kit_count; i++) {
        if (strcmp(trial->script->kits[i].name, name) == 0) {
            if (!trial->is_used[i]) {
                trial->is_used[i] = true;
                do_steps(trial, &trial->script->kits[i], "given");
            }
            return;
        }
    }
    fail_msg("no kit %s", name);
}

/* Steps are done on the first day, since a record bears the day on which it was made. */
static void step_to(struct trial *trial, const char *kind) {
    check_stage_on_day(&trial->stage, "2026-11-21");
    do_steps(trial, trial->scene, kind);
    check_stage_on_day(&trial->stage, trial->day);
}

/* Splits "RECORD for REFS says WORDS"; the parts that are missing are NULL. */
static char *split_find(const char *text, char **refs, char **words) {
    char *record = memory_copy_text(text);
    char *says = strstr(record, " says ");
    if (says != NULL) {
        *says = '\0';
    }
    char *about = strstr(record, " for ");
    if (about != NULL) {
        *about = '\0';
    }
    *words = says == NULL ? NULL : says + strlen(" says ");
    *refs = about == NULL ? NULL : about + strlen(" for ");
    return record;
}

/* Checks that what the line expects is found, or not; returns how many it expects. */
static int check_find(const struct trial *trial, struct check_run *run, const char *line) {
    char *refs;
    char *words;
    char *record = split_find(line, &refs, &words);
    const struct finding *finding = check_stage_find(run, trial->scene->name, record);
    if (finding == NULL) {
        fail_msg("line %d, %s: %s is not found", trial->scene->line, trial->scene->name, record);
    }
    if (refs != NULL && strcmp(finding->requirements, refs) != 0) {
        fail_msg("line %d: fails %s", trial->scene->line, finding->requirements);
    }
    if (words != NULL && strstr(finding->message, words) == NULL) {
        fail_msg("line %d: says %s", trial->scene->line, finding->message);
    }
    assert_null(strpbrk(finding->message, "{}[]"));
    free(record);
    return 1;
}

/* Counts the findings of NOW that were not there BEFORE, and says which where SAYS. */
static int count_new(struct check_run *before, struct check_run *now, bool says) {
    const struct findings *findings = check_run_findings(now);
    int count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (check_stage_find(before, finding->check->id, finding->record) == NULL) {
            count++;
            if (says) {
                print_error("new: %s %s: %s\n", finding->check->id, finding->record,
                            finding->message);
            }
        }
    }
    return count;
}

static void check_change(struct trial *trial, struct check_run *before) {
    struct check_run *now = check_stage_run(&trial->stage);
    int expected = 0;
    bool is_quiet = false;
    for (int i = 0; i < trial->scene->count; i++) {
        const char *text = after(trial->scene->lines[i], "find");
        expected += text != NULL ? check_find(trial, now, text) : 0;
        is_quiet = is_quiet || strcmp(trial->scene->lines[i], "quiet") == 0;
    }
    assert_true(is_quiet == (expected == 0));
    if (count_new(before, now, false) != expected) {
        count_new(before, now, true);
        fail_msg("line %d, %s: something else fires", trial->scene->line, trial->scene->name);
    }
    check_run_free(now);
}

/* Looks at the change on another day: the first record that is to be found is there, or not. */
static void check_day(struct trial *trial, const char *day, bool fires) {
    char *refs;
    char *words;
    check_stage_on_day(&trial->stage, day);
    struct check_run *run = check_stage_run(&trial->stage);
    for (int i = 0; i < trial->scene->count; i++) {
        const char *text = after(trial->scene->lines[i], "find");
        if (text != NULL) {
            char *record = split_find(text, &refs, &words);
            if ((check_stage_find(run, trial->scene->name, record) != NULL) != fires) {
                fail_msg("line %d, %s: wrong on %s", trial->scene->line, trial->scene->name, day);
            }
            free(record);
        }
    }
    check_run_free(run);
}

static void check_days(struct trial *trial) {
    for (int i = 0; i < trial->scene->count; i++) {
        const char *fires = after(trial->scene->lines[i], "fires on");
        const char *silent = after(trial->scene->lines[i], "silent on");
        if (fires != NULL || silent != NULL) {
            check_day(trial, fires != NULL ? fires : silent, fires != NULL);
        }
    }
}

static void check_mend(struct trial *trial, struct check_run *before) {
    struct check_run *now = check_stage_run(&trial->stage);
    if (count_new(before, now, true) > 0) {
        fail_msg("line %d, %s: the mend leaves something", trial->scene->line, trial->scene->name);
    }
    check_run_free(now);
}

static void try_case(struct script *script, const struct block *scene) {
    struct trial trial = {.script = script, .scene = scene, .day = "2026-11-21"};
    for (int i = 0; i < scene->count; i++) {
        const char *day = after(scene->lines[i], "today");
        trial.day = day != NULL ? day : trial.day;
    }
    check_stage_open(&trial.stage);
    step_to(&trial, "given");
    struct check_run *before = check_stage_run(&trial.stage);
    step_to(&trial, "change");
    check_change(&trial, before);
    check_days(&trial);
    step_to(&trial, "mend");
    check_mend(&trial, before);
    check_run_free(before);
    check_stage_close(&trial.stage);
}

static void each_check_fires_alone_and_is_silent_once_mended(void **state) {
    (void)state;
    struct script *script = script_read();
    for (int i = 0; i < script->case_count; i++) {
        try_case(script, &script->cases[i]);
    }
    script_free(script);
}

static bool has_find(const struct block *block) {
    for (int i = 0; i < block->count; i++) {
        if (after(block->lines[i], "find") != NULL) {
            return true;
        }
    }
    return false;
}

static void each_check_has_a_case(void **state) {
    (void)state;
    struct fault fault = {0};
    struct script *script = script_read();
    struct check_book *book = check_book_load(&fault);
    for (int i = 0; i < check_book_count(book); i++) {
        int cases = 0;
        for (int k = 0; k < script->case_count; k++) {
            cases += strcmp(script->cases[k].name, check_book_at(book, i)->id) == 0 &&
                     has_find(&script->cases[k]);
        }
        if (cases == 0) {
            fail_msg("%s has no case", check_book_at(book, i)->id);
        }
    }
    check_book_free(book);
    script_free(script);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_check_has_a_case),
        cmocka_unit_test(each_check_fires_alone_and_is_silent_once_mended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
