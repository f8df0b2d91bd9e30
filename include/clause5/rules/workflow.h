/* The steps a record takes: a policy version from draft to superseded, and a closed round opened
 * again. Each is one batch with a label of its own; within an open batch it joins that one, so that
 * an import can take steps as people do. Where a step is refused, nothing is written; within an
 * open batch the caller returns to a point set before (batch_set_point) or abandons. */
#ifndef CLAUSE5_RULES_WORKFLOW_H
#define CLAUSE5_RULES_WORKFLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/register/value.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

/* The steps of a policy version. */
enum version_step {
    VERSION_SUBMIT,   /* draft to in review */
    VERSION_APPROVE,  /* draft or in review to approved; the one approved before is superseded */
    VERSION_CONFIRM,  /* approved stays approved: reviewed and still right */
    VERSION_WITHDRAW, /* draft, in review or approved to withdrawn */
    VERSION_STEPS,
    VERSION_NO_STEP = VERSION_STEPS, /* superseded and withdrawn versions take none */
};

/* Returns the word for people, such as "approve"; "" for VERSION_NO_STEP. */
const char *version_step_word(enum version_step step);

/* Returns the step that comes next for a version of that status: submit, approve, confirm or none.
 */
enum version_step version_next_step(const struct value *status);

/* True where a version of that status may take the step. */
bool version_may_step(const struct value *status, enum version_step step);

/* Who and when. */
struct version_details {
    int64_t approved_by;    /* a party, needed for VERSION_APPROVE; a role stands for its holder */
    date_days on;           /* the day of approval or review */
    bool has_day;           /* without it `on` is today */
    date_days effective_on; /* of VERSION_APPROVE, where has_effective_day */
    bool has_effective_day;
};

/* Takes a step. Approving sets approved_by, approved_on, effective_on where it is given, and
 * policy.next_review_on to effective_on (else approved_on) plus the policy's review cycle (12
 * months where it has none); confirming sets reviewed_on and the next review from that day. */
bool version_take_step(struct workbook *workbook, int64_t version, enum version_step step,
                       const struct version_details *details, struct fault *fault);

/* Makes a draft called NAME for the policy, drafted today; author and reviewers come from its
 * newest version that is approved, else newest. NULL for NAME proposes one: the number after the
 * highest, 1.0 for the first. *ID becomes the new version's id. Refused while another version is in
 * work. */
bool version_start_draft(struct workbook *workbook, int64_t policy, const char *name, int64_t *id,
                         struct fault *fault);

/* Returns the name that version_start_draft proposes, to be freed with free; NULL with the fault.
 */
char *version_propose_name(struct workbook *workbook, int64_t policy, struct fault *fault);

/* Closes a round: sets closed_on to today, closing_head to the head of the history before it, and
 * the conclusion (a choice of audit.conclusion; NULL keeps what stands there). Refused while a line
 * is open, a finding lacks its note, or no conclusion stands (product.md, The checklist). */
bool workflow_close_round(struct workbook *workbook, int64_t audit, const char *conclusion,
                          struct fault *fault);

/* Opens a closed round again; the reason goes into the history's label and must not be empty. */
bool workflow_reopen_round(struct workbook *workbook, int64_t audit, const char *reason,
                           struct fault *fault);

#endif
