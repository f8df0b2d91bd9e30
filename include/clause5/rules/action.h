/* The steps of a corrective action: begun, done, looked at whether it worked, closed (10.2). Each
 * is one batch with a label of its own, or joins the one that is open. A refused step names the
 * field that stands in its way with fault_field and writes nothing. */
#ifndef CLAUSE5_RULES_ACTION_H
#define CLAUSE5_RULES_ACTION_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

enum action_step {
    ACTION_STEP_START,  /* open to in progress: somebody has taken it on */
    ACTION_STEP_FINISH, /* open or in progress to done */
    ACTION_STEP_VERIFY, /* done to verified: it has worked */
    ACTION_STEP_REOPEN, /* done, verified, closed or cancelled to in progress: it has not */
    ACTION_STEP_CLOSE,  /* verified to closed */
    ACTION_STEP_CANCEL, /* open, in progress or done to cancelled */
    ACTION_STEPS,
    ACTION_NO_STEP = ACTION_STEPS, /* closed and cancelled actions go no further */
};

/* Returns the word for people, such as "finish"; "" for ACTION_NO_STEP. */
const char *action_step_word(enum action_step step);

/* Returns the step that comes next for an action of that status: start, finish, verify, close or
 * none. An empty status is open. */
enum action_step action_next_step(const struct value *status);

/* True where an action of that status may take the step. */
bool action_may_step(const struct value *status, enum action_step step);

/* True where the action answers a finding or an incident, and so is done only with the cause on
 * record (10.2 b 2). */
bool action_needs_cause(const struct record *action);

/* What a step is told. Texts that are NULL and numbers that are 0 leave what stands there. */
struct action_details {
    int64_t owner;             /* of START: a party */
    const char *correction;    /* of FINISH: what was put right at once */
    const char *cause_method;  /* of FINISH: a choice of action.cause_method */
    const char *root_cause;    /* of FINISH: required where action_needs_cause */
    date_days on;              /* of FINISH and VERIFY; not after today */
    bool has_day;              /* without it `on` is today */
    int64_t verified_by;       /* of VERIFY: a party; a role stands for its holder */
    const char *effectiveness; /* of VERIFY and REOPEN: how it was judged */
    const char *reason;        /* of CANCEL: goes into the history's label */
};

/* Takes a step. FINISH sets done_on and, where it is empty, verify_due_on 90 days later; VERIFY
 * sets verified_by and verified_on, which is not before done_on, and wants the judgement; REOPEN
 * empties done_on, verify_due_on, verified_by and verified_on. */
bool action_take_step(struct workbook *workbook, int64_t action, enum action_step step,
                      const struct action_details *details, struct fault *fault);

#endif
