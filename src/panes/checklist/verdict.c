/* Owns what the walk and the checklist's list say and ask alike about results. */
#include "panes/checklist/verdict.h"

#include <stdlib.h>

#include "clause5/base/memory.h"

enum mark verdict_mark(enum round_verdict verdict) {
    switch (verdict) {
    case ROUND_MINOR:
    case ROUND_MAJOR:
    case ROUND_CONCERN:
        return MARK_BAD;
    case ROUND_PARTIAL:
        return MARK_WARNING;
    case ROUND_NO_VERDICT:
    case ROUND_NOT_SAMPLED:
        return MARK_OPEN;
    default:
        return MARK_GOOD;
    }
}

const char *verdict_word(enum round_verdict verdict) {
    return verdict == ROUND_NO_VERDICT ? "not assessed yet" : round_verdict_word(verdict);
}

const char *verdict_short_word(enum round_verdict verdict) {
    static const char *const words[] = {
        [ROUND_CONFORMS] = "conforms",
        [ROUND_PARTIAL] = "partial",
        [ROUND_MINOR] = "minor",
        [ROUND_MAJOR] = "major",
        [ROUND_CONCERN] = "concern",
        [ROUND_OBSERVATION] = "observation",
        [ROUND_OPPORTUNITY] = "opportunity",
        [ROUND_GOOD_PRACTICE] = "good",
        [ROUND_NOT_APPLICABLE] = "n/a",
        [ROUND_NOT_SAMPLED] = "not sampled",
        [ROUND_NO_VERDICT] = "open",
    };
    _Static_assert(COUNT(words) == ROUND_VERDICTS + 1, "one word per verdict");
    return words[verdict];
}

/* The letters are those of the walk. */
static const struct {
    char letter;
    enum round_verdict verdict;
} letters[] = {
    {'c', ROUND_CONFORMS},      {'p', ROUND_PARTIAL},        {'m', ROUND_MINOR},
    {'M', ROUND_MAJOR},         {'o', ROUND_OBSERVATION},    {'i', ROUND_OPPORTUNITY},
    {'g', ROUND_GOOD_PRACTICE}, {'x', ROUND_NOT_APPLICABLE}, {'z', ROUND_NOT_SAMPLED},
};

static enum round_verdict ask_verdict(struct app *app, size_t count) {
    struct menu_item items[COUNT(letters)];
    struct buffer title = {0};
    buffer_add(&title, "Result");
    if (count > 1) {
        buffer_addf(&title, " of %zu lines", count);
    }
    for (size_t i = 0; i < COUNT(letters); i++) {
        items[i] = (struct menu_item){.letter = letters[i].letter,
                                      .label = round_verdict_word(letters[i].verdict)};
    }
    const struct menu menu = {.title = buffer_text(&title), .items = items, .count = COUNT(items)};
    int chosen = dialog_choose(app_stage(app), &menu);
    buffer_free(&title);
    return chosen == DIALOG_NO_ANSWER ? ROUND_NO_VERDICT : letters[chosen].verdict;
}

static bool record(struct app *app, const struct verdict_target *target,
                   const struct round_finding *finding) {
    struct fault fault = {0};
    if (!round_record(app_workbook(app), target->assessments, target->count, finding, &fault)) {
        app_say_fault(app, &fault);
        return false;
    }
    app_stored(app, "%s on %zu %s", round_verdict_word(finding->verdict), target->count,
               target->count == 1 ? "line" : "lines");
    return true;
}

/* Asks for the note that the verdict needs; false where it was left. */
static bool ask_note(struct app *app, enum round_verdict verdict, struct buffer *note) {
    const struct prompt_options options = {.label = "Note: "};
    if (!round_verdict_needs_note(verdict)) {
        return true;
    }
    if (dialog_prompt(app_stage(app), &options, note) && note->len_bytes > 0) {
        return true;
    }
    app_say(app, MEANING_MESSAGE, "Nothing was recorded: this result needs a note");
    return false;
}

static void remember(struct verdict_last *last, const struct round_finding *finding) {
    free(last->note);
    *last = (struct verdict_last){
        .is_set = true, .verdict = finding->verdict, .note = memory_copy_text(finding->note)};
}

bool verdict_ask_and_record(struct app *app, const struct verdict_target *target,
                            struct verdict_last *last) {
    struct fault fault = {0};
    struct buffer note = {0};
    if (!app_may_write(app)) {
        return false;
    }
    enum round_verdict verdict = ask_verdict(app, target->count);
    if (verdict == ROUND_NO_VERDICT) {
        return false;
    }
    if (!round_may_record(app_workbook(app), target->assessments[0], verdict, &fault)) {
        app_say_fault(app, &fault);
        return false;
    }
    bool is_stored = false;
    if (ask_note(app, verdict, &note)) {
        const struct round_finding finding = {
            .verdict = verdict, .note = note.len_bytes > 0 ? buffer_text(&note) : NULL};
        is_stored = record(app, target, &finding);
        if (is_stored) {
            remember(last, &finding);
        }
    }
    buffer_free(&note);
    return is_stored;
}

bool verdict_repeat(struct app *app, const struct verdict_target *target,
                    const struct verdict_last *last) {
    if (!last->is_set) {
        app_say(app, MEANING_MESSAGE, "No result was recorded here yet that could be repeated");
        return false;
    }
    const struct round_finding finding = {.verdict = last->verdict, .note = last->note};
    return app_may_write(app) && record(app, target, &finding);
}
