/* Owns the questions of the first start: name and place, the organisation, who leads it and who
 * runs security, and what the workbook begins with (product.md, Keys; contract.md, Keys in detail).
 */
#include "panes/frame/first_start.h"

#include <string.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/seed.h"
#include "clause5/screen/area.h"
#include "clause5/screen/dialog.h"
#include "clause5/screen/form.h"
#include "panes/frame/complete_path.h"

enum first_field {
    FIRST_PATH,
    FIRST_ORGANISATION,
    FIRST_LEADER,
    FIRST_SECURITY,
    FIRST_SET,
    FIRST_FIELDS
};

static const struct form_choice sets[] = {
    [SEED_STARTER] = {"starter", "starter set: roles, matrix, policies, objectives to adapt"},
    [SEED_SAMPLE] = {"sample", "sample: a fictional firm, to look around in"},
    [SEED_EMPTY] = {"empty", "empty: the checklist alone"},
};

static bool validate(void *context, const struct form *form, size_t field, struct buffer *meaning,
                     struct fault *fault) {
    (void)context;
    (void)meaning;
    const char *text = form_value(form, field);
    if (field != FIRST_PATH) {
        return true;
    }
    if (text[0] == '\0') {
        return fault_set(fault, FAULT_REFUSED, "Name the file, such as acme.c5");
    }
    return access(text, F_OK) != 0 ||
           fault_set(fault, FAULT_REFUSED, "%s exists already: choose another name", text);
}

static void complete(void *context, const struct form *form, size_t field, struct candidates *out) {
    (void)context;
    complete_path(form_value(form, field), out);
}

static enum seed_set chosen_set(const struct form *form) {
    size_t set = 0;
    while (set + 1 < COUNT(sets) && strcmp(sets[set].value, form_value(form, FIRST_SET)) != 0) {
        set++;
    }
    return (enum seed_set)set;
}

/* Returns what stands in a field, or NULL where it is empty. */
static const char *given(const struct form *form, size_t field) {
    const char *text = form_value(form, field);
    return text[0] == '\0' ? NULL : text;
}

/* Makes the workbook from what stands in the form. */
static bool save(void *context, const struct form *form, struct fault *fault) {
    struct first_start *start = context;
    const char *path = form_value(form, FIRST_PATH);
    const struct seed_plan plan = {
        .set = chosen_set(form),
        .organisation = given(form, FIRST_ORGANISATION),
        .leader = given(form, FIRST_LEADER),
        .security = given(form, FIRST_SECURITY),
    };
    if (!seed_create(path, &plan, start->clock, fault)) {
        return false;
    }
    buffer_clear(&start->path);
    buffer_add(&start->path, path);
    return true;
}

static void draw_behind(void *context) {
    const struct first_start *start = context;
    struct area screen = area_of_terminal(start->terminal);
    area_put(&screen, (struct spot){0, 1, 0}, MEANING_TITLE, "clause5: a new workbook");
}

bool first_start_run(struct first_start *start) {
    const struct form_field fields[] = {
        [FIRST_PATH] = {.label = "File",
                        .help = "where the workbook is kept: one file, such as acme.c5",
                        .value = buffer_text(&start->path),
                        .kind = FORM_COMPLETED,
                        .flags = FORM_REQUIRED},
        [FIRST_ORGANISATION] = {.label = "Organisation",
                                .help = "the name of the firm or body that is assessed"},
        [FIRST_LEADER] =
            {.label = "Who leads it",
             .help = "the person at the top, such as the managing director; may stay empty"},
        [FIRST_SECURITY] = {.label = "Who runs security",
                            .help =
                                "the person who looks after information security; may stay empty"},
        [FIRST_SET] = {.label = "Begin with",
                       .help = "what the workbook holds at first; everything can be changed later",
                       .value = sets[SEED_STARTER].value,
                       .kind = FORM_CHOICE,
                       .choices = sets,
                       .choice_count = COUNT(sets)},
    };
    struct form *form = form_new(&(struct form_options){
        .title = "A new workbook",
        .fields = fields,
        .field_count = FIRST_FIELDS,
        .first_field = start->path.len_bytes > 0 ? FIRST_ORGANISATION : FIRST_PATH,
        .calls = {.context = start, .validate = validate, .complete = complete, .save = save},
    });
    const struct stage stage = {.terminal = start->terminal, .context = start, .draw = draw_behind};
    bool is_made = dialog_form(&stage, form);
    form_free(form);
    return is_made;
}
