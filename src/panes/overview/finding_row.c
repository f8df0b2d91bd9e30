/* Owns what the list of gaps and the next things to do share of a finding. */
#include "panes/overview/finding_row.h"

#include "clause5/base/memory.h"
#include "panes/frame/knowledge.h"

void finding_row_lead(struct view_row *row, const struct finding *finding) {
    row->target = (struct view_target){.register_id = finding->check->register_id,
                                       .id = finding->id,
                                       .owner_field = -1,
                                       .field = finding->field};
}

void finding_row_explain(struct app *app, const struct view_row *row) {
    struct fault fault = {0};
    struct check_run *run = app_checks(app, &fault);
    int index = run == NULL || row == NULL || row->tag == NULL
                    ? -1
                    : check_book_find(check_run_book(run), row->tag);
    if (index >= 0) {
        const struct check *check = check_book_at(check_run_book(run), index);
        app_say(app, MEANING_MESSAGE, "%s (%s): %s", check->id, check->requirements, check->remedy);
    }
    fault_clear(&fault);
}
