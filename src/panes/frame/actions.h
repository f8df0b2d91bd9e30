/* Every action of the program. One enumeration, so that a key means one thing wherever it is looked
 * up; the tables of bindings stand with the code that acts. */
#ifndef CLAUSE5_PANES_ACTIONS_H
#define CLAUSE5_PANES_ACTIONS_H

#include "clause5/screen/bindings.h"

enum action {
    DO_NONE,

    /* Everywhere: dispatch.c */
    DO_HELP,
    DO_COMMAND,
    DO_QUIT,
    DO_BACK,
    DO_UNDO,
    DO_REDO,
    DO_SEARCH,
    DO_SEARCH_NEXT,
    DO_SEARCH_PREVIOUS,
    DO_COPY,
    DO_IMPORT,
    DO_NEXT_VIEW,
    DO_PREVIOUS_VIEW,
    DO_REDRAW,
    DO_ACTOR,
    DO_MOUSE,
    DO_REGISTER,
    DO_AS_OF,
    DO_BACK_UP,
    DO_RESTORE,
    DO_FIND_MOVED,
    DO_VERIFY,
    DO_MERGE,
    DO_PANE_FIRST, /* the panes, in the order of the table in panes.c */
    DO_PANE_LAST = DO_PANE_FIRST + 11,

    /* Lists and pages of records: register_view.c, record_page.c */
    DO_OPEN,
    DO_ADD,
    DO_EDIT,
    DO_DELETE,
    DO_SORT,
    DO_FILTER,
    DO_EXPORT,

    /* Imports before they are stored: staging_view.c, cells_page.c, columns_page.c */
    DO_STAGING_ACCEPT,
    DO_STAGING_COLUMNS,
    DO_STAGING_REJECTS,
    DO_STAGING_CREATE,
    DO_STAGING_LET_THROUGH,
    DO_STAGING_ENCODING,
    DO_STAGING_DELIMITER,
    DO_STAGING_DATES,
    DO_STAGING_HEADER,
    DO_STAGING_DECIMAL,
    DO_STAGING_OFFER,
    DO_STAGING_GIVE,
    DO_STAGING_NOTES,
    DO_STAGING_TAKE_BACK,
    DO_STAGING_LEAVE,

    /* Another copy on the way in: merge_view.c */
    DO_MERGE_OURS,
    DO_MERGE_THEIRS,
    DO_MERGE_ALL_OURS,
    DO_MERGE_ALL_THEIRS,
    DO_MERGE_STORE,

    /* Files with a seal: seal_keys.c */
    DO_SEAL,
    DO_VERIFY_SEAL,
    DO_OPEN_FILE,

    /* The history: batch_page.c, record_history.c */
    DO_UNDO_BATCH,
    DO_RECORD_HISTORY,

    /* Versions of policies: version_keys.c */
    DO_STEP_VERSION,
    DO_WITHDRAW_VERSION,

    /* Policies: policy_keys.c, acknowledge_view.c, coverage_view.c */
    DO_CONFIRM_POLICY,
    DO_START_DRAFT,
    DO_SHOW_ACKNOWLEDGED,
    DO_TICK_CONTENTS,
    DO_ACKNOWLEDGE,
    DO_TOGGLE_COVER,

    /* Succession: succession_page.c */
    DO_HAND_OVER,
    DO_KEEP_DRILL,

    /* Findings of the checks: gaps_view.c */
    DO_SET_ASIDE,

    /* Objectives and KPIs: objectives_view.c, measure.c */
    DO_MEASURE,

    /* Actions: action_steps.c */
    DO_STEP_ACTION,
    DO_REOPEN_ACTION,
    DO_CANCEL_ACTION,

    /* Courses: learners_page.c */
    DO_TRAINED,

    /* Days that something happened: dated_keys.c */
    DO_SENT,
    DO_ACCEPTED,
    DO_APPROVED,

    /* Management reviews: review_keys.c, review_lines.c, decision_keys.c */
    DO_PLAN_REVIEW,
    DO_FILL_REVIEW,
    DO_HOLD_REVIEW,
    DO_INPUT_DISCUSSED,
    DO_INPUT_NO_CHANGE,
    DO_INPUT_NOT_COVERED,
    DO_INPUT_TEXT,
    DO_CAME,
    DO_DID_NOT_COME,
    DO_IS_EXCUSED,
    DO_ADD_RESOURCE,

    /* The responsibility matrix: matrix_view.c */
    DO_SET_RESPONSIBLE,
    DO_SET_ACCOUNTABLE,
    DO_SET_CONSULTED,
    DO_SET_INFORMED,
    DO_SET_BOTH,
    DO_CLEAR_CELL,
    DO_BEGIN_RUN,
    DO_ADD_ACTIVITY,
    DO_ADD_ROLE,

    /* The walk: walk_view.c. The verdicts stand in the order of enum round_verdict. */
    DO_VERDICT_FIRST,
    DO_VERDICT_LAST = DO_VERDICT_FIRST + 9,
    DO_RECORD,
    DO_MARK_ALL,
    DO_REPEAT,
    DO_SKIP,
    DO_NEXT_OPEN,
    DO_PREVIOUS_LINE,
    DO_NEXT_LINE,
    DO_FIRST_LINE,
    DO_LAST_LINE,
    DO_NOTE,
    DO_KNOWN,
    DO_READ_LINE,
    DO_EVIDENCE,
    DO_SHOW_EVIDENCE,
    DO_UNLINK,
    DO_SAMPLE,
    DO_RAISE,
    DO_START_ROUND,
    DO_CHOOSE_ROUND,
    DO_COMPLETE_ROUND,
    DO_WALK_ROUND,
    DO_CHOOSE_EARLIER,
    DO_CLOSE_ROUND,
    DO_REOPEN_ROUND,
    ACTIONS,
};

/* The bindings that live everywhere. */
extern const struct binding_table everywhere_bindings;

#endif
