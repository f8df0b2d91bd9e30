/* A workbook on which checks are tried: rows written as the cases of check_cases.txt have them, and
 * what is found on any day. */
#ifndef CLAUSE5_TESTS_AUDIT_CHECK_STAGE_H
#define CLAUSE5_TESTS_AUDIT_CHECK_STAGE_H

#include "clause5/audit/check.h"
#include "clause5/store/workbook.h"
#include "support/fixture.h"
#include "support/place.h"

struct check_stage {
    struct place *place;
    struct check_book *book;
    struct fixture fixture; /* for cells_read and find; only its workbook is used */
    char day[DATE_TEXT_SIZE];
};

/* Makes a workbook of the firm Acme with a scope, on 2026-11-21; close releases it. */
void check_stage_open(struct check_stage *stage);
void check_stage_close(struct check_stage *stage);

/* Opens the workbook on another day. */
void check_stage_on_day(struct check_stage *stage, const char *day);

/* Does one step: "add REGISTER CELLS", "set REGISTER KEY -> CELLS" or "cut REGISTER KEY". Rows are
 * written without the rules, since checks must also bear what an old file holds; a cut takes along
 * what its deletion takes. */
void check_stage_do(struct check_stage *stage, const char *step);

/* Runs all checks; the caller frees with check_run_free. */
struct check_run *check_stage_run(struct check_stage *stage);

/* Returns the finding of that check and record in the run, or NULL. */
const struct finding *check_stage_find(struct check_run *run, const char *check,
                                       const char *record);

#endif
