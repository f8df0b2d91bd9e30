/* Results of checklist lines as the screen says them, and recording one on several lines. */
#ifndef CLAUSE5_PANES_VERDICT_H
#define CLAUSE5_PANES_VERDICT_H

#include "clause5/audit/round.h"
#include "clause5/screen/palette.h"
#include "panes/frame/app.h"

/* Returns the mark that stands beside a verdict. */
enum mark verdict_mark(enum round_verdict verdict);

/* Returns the word for people; "not assessed yet" where there is no verdict. */
const char *verdict_word(enum round_verdict verdict);

/* Returns a short word for narrow columns: "major", "minor", "n/a"; "open" where there is none. */
const char *verdict_short_word(enum round_verdict verdict);

/* The lines that a verdict is for. */
struct verdict_target {
    const int64_t *assessments;
    size_t count;
};

/* The result that was recorded last, for repeating it; zeroed at first. The note is owned. */
struct verdict_last {
    bool is_set;
    enum round_verdict verdict;
    char *note; /* NULL: none was given */
};

/* Asks for the result by its letter, and for the note where it needs one, and records it on all
 * lines in one batch, remembering it in LAST. Returns whether it was stored. */
bool verdict_ask_and_record(struct app *app, const struct verdict_target *target,
                            struct verdict_last *last);

/* Records the last result with its note on all lines in one batch. Returns whether it was stored.
 */
bool verdict_repeat(struct app *app, const struct verdict_target *target,
                    const struct verdict_last *last);

#endif
