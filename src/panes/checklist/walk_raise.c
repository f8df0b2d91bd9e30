/* Owns the forms that a line of the walk fills in beforehand: an action, a sample, a link to
 * evidence. */
#include "panes/checklist/walk_raise.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/store/record.h"
#include "panes/record/record_form.h"

/* Opens a form of another register with what the line already says. */
static void raise(struct app *app, enum register_id register_id, struct value *values) {
    if (app_may_write(app)) {
        record_form_run(app, &(struct record_form_plan){
                                 .register_id = register_id, .values = values, .first_field = -1});
    }
    values_free(values, register_describe(register_id)->field_count);
}

static struct value today_of(const struct app *app) {
    char today[DATE_TEXT_SIZE];
    date_print(workbook_clock(app_workbook(app))->today, today);
    return value_of_text(today);
}

/* What was found, in its first line; where there is no note, what is asked. */
static struct value title_of(const struct walk_line *line) {
    const char *note = value_text(&line->assessment.values[ASSESSMENT_NOTE]);
    if (note[0] == '\0') {
        return value_copy(&line->requirement.values[REQUIREMENT_TITLE]);
    }
    return value_of_bytes(note, strcspn(note, "\n"));
}

void walk_raise_action(struct app *app, const struct walk_line *line) {
    char *ref = record_propose_ref(app_workbook(app), REGISTER_ACTION);
    struct value values[ACTION_FIELDS] = {
        [ACTION_REF] = value_of_text(ref),
        [ACTION_TITLE] = title_of(line),
        [ACTION_SOURCE] = value_of_text("finding"),
        [ACTION_SOURCE_REF] = value_of_text(line->key),
        [ACTION_RAISED_ON] = today_of(app),
        [ACTION_RAISED_BY] = value_of_text(workbook_actor(app_workbook(app))),
        [ACTION_DESCRIPTION] = value_copy(&line->assessment.values[ASSESSMENT_NOTE]),
        [ACTION_STATUS] = value_of_text("open"),
    };
    free(ref);
    raise(app, REGISTER_ACTION, values);
}

void walk_raise_sample(struct app *app, const struct walk_line *line) {
    struct value values[SAMPLE_FIELDS] = {
        [SAMPLE_AUDIT] = value_copy(&line->assessment.values[ASSESSMENT_AUDIT]),
        [SAMPLE_REQUIREMENT] = value_of_whole(line->requirement.id),
        [SAMPLE_DRAWN_ON] = today_of(app),
    };
    raise(app, REGISTER_SAMPLE, values);
}

void walk_raise_evidence_link(struct app *app, const struct walk_line *line) {
    struct value values[EVIDENCE_LINK_FIELDS] = {
        [EVIDENCE_LINK_REGISTER] = value_of_text("assessment"),
        [EVIDENCE_LINK_RECORD] = value_of_text(line->key),
    };
    raise(app, REGISTER_EVIDENCE_LINK, values);
}
