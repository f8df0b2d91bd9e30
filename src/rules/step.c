/* Owns the batch around a step; knows no step. */
#include "rules/step.h"

#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"

bool step_begin(struct step *step, struct workbook *workbook, const char *label,
                struct fault *fault) {
    step->workbook = workbook;
    step->owns_batch = !batch_is_open(workbook);
    return !step->owns_batch || edit_begin(workbook, label, fault);
}

bool step_end(struct step *step, bool went_well, struct fault *fault) {
    if (!step->owns_batch) {
        return went_well;
    }
    if (went_well) {
        return edit_commit(step->workbook, fault);
    }
    edit_abandon(step->workbook);
    return false;
}
