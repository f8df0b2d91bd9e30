/* Owns what the walk and the checklist's list say and ask alike about results. */
#include "panes/checklist/verdict.h"

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

bool verdict_ask_and_record(struct app *app, const struct verdict_target *target) {
    struct fault fault = {0};
    struct buffer note = {0};
    bool is_stored = false;
    if (!app_may_write(app)) {
        return false;
    }
    enum round_verdict verdict = ask_verdict(app, target->count);
    const struct prompt_options options = {.label = "Note: "};
    bool is_given = verdict != ROUND_NO_VERDICT;
    if (is_given && !round_may_record(app_workbook(app), target->assessments[0], verdict, &fault)) {
        is_given = false;
        app_say_fault(app, &fault);
    }
    if (is_given && round_verdict_needs_note(verdict)) {
        is_given = dialog_prompt(app_stage(app), &options, &note) && note.len_bytes > 0;
    }
    if (is_given) {
        const struct round_finding finding = {
            .verdict = verdict, .note = note.len_bytes > 0 ? buffer_text(&note) : NULL};
        is_stored =
            round_record(app_workbook(app), target->assessments, target->count, &finding, &fault);
        if (is_stored) {
            app_stored(app, "%s on %zu %s", round_verdict_word(verdict), target->count,
                       target->count == 1 ? "line" : "lines");
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&note);
    return is_stored;
}
