/* Owns the form of a record: how the types of its fields become fields of a form, and how what was
 * typed becomes values and a batch. What is right is said by the types and the rules; completions
 * come from record_complete.c. */
#include "panes/record/record_form.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "clause5/screen/external.h"
#include "clause5/screen/form.h"
#include "panes/record/record_actions.h"
#include "panes/record/record_complete.h"
#include "panes/record/record_text.h"

enum { CHOICES_MOST = 16 };

struct record_form {
    struct app *app;
    enum register_id register_id;
    int64_t id;
    struct form_choice choices[REGISTER_FIELDS_MOST][CHOICES_MOST];
    char *texts[REGISTER_FIELDS_MOST]; /* what the fields held at first */
};

static const struct register_description *described_of(const struct record_form *form) {
    return register_describe(form->register_id);
}

static const enum form_kind kinds[] = {
    [FIELD_TEXT] = FORM_TEXT,          [FIELD_LONG_TEXT] = FORM_LONG_TEXT,
    [FIELD_WHOLE] = FORM_TEXT,         [FIELD_NUMBER] = FORM_TEXT,
    [FIELD_DATE] = FORM_DATE,          [FIELD_YESNO] = FORM_YES_NO,
    [FIELD_CHOICE] = FORM_CHOICE,      [FIELD_REFERENCE] = FORM_COMPLETED,
    [FIELD_PARTY] = FORM_COMPLETED,    [FIELD_FILE] = FORM_COMPLETED,
    [FIELD_EMAIL] = FORM_TEXT,         [FIELD_LANGUAGE] = FORM_TEXT,
    [FIELD_REGISTER] = FORM_COMPLETED, [FIELD_RECORD] = FORM_COMPLETED,
    [FIELD_SOURCE] = FORM_COMPLETED,   [FIELD_CHECK] = FORM_TEXT,
    [FIELD_DIGEST] = FORM_READ_ONLY,   [FIELD_VERSION] = FORM_COMPLETED,
};
_Static_assert(COUNT(kinds) == FIELD_TYPE_COUNT, "one row per type");

/* Fills *VALUE from what is typed in a field. An empty field is an empty value. */
static bool read_field(const struct record_form *form, int index, const char *typed,
                       struct value *value, struct fault *fault) {
    const struct field *field = &described_of(form)->fields[index];
    struct workbook *workbook = app_workbook(form->app);
    if (field->type != FIELD_REFERENCE && field->type != FIELD_PARTY) {
        return field_parse_typed(field, typed, workbook_today(workbook), value, fault);
    }
    char *name = text_trim(typed);
    int64_t id = 0;
    enum lookup found =
        name[0] == '\0' ? LOOKUP_FOUND : reference_find(workbook, field, name, &id, fault);
    if (found == LOOKUP_FOUND) {
        *value = value_of_id(id);
    } else if (found == LOOKUP_NONE) {
        const char *kind = field->type == FIELD_PARTY ? "role or person"
                                                      : register_describe(field->target)->singular;
        fault_set(fault, FAULT_REFUSED,
                  "There is no %s \"%s\" yet: choose one from the list, or the line that adds it",
                  kind, name);
    }
    free(name);
    return found == LOOKUP_FOUND;
}

/* Says beside a field what its text means where it does not read the same. */
static void print_meaning(const struct record_form *form, int index, const char *typed,
                          const struct value *value, struct buffer *meaning) {
    const struct field *field = &described_of(form)->fields[index];
    struct buffer shown = {0};
    struct fault fault = {0};
    bool is_telling =
        field->type == FIELD_DATE || field->type == FIELD_REFERENCE || field->type == FIELD_PARTY;
    if (is_telling && record_print_shown(app_workbook(form->app), field, value, &shown, &fault) &&
        strcmp(buffer_text(&shown), typed) != 0 && shown.len_bytes > 0) {
        buffer_addf(meaning, "= %s", shown.bytes);
    }
    fault_clear(&fault);
    buffer_free(&shown);
}

static bool validate(void *context, const struct form *form, size_t index, struct buffer *meaning,
                     struct fault *fault) {
    const struct record_form *record_form = context;
    const struct field *field = &described_of(record_form)->fields[index];
    const char *typed = form_value(form, index);
    struct value value = {0};
    if (!read_field(record_form, (int)index, typed, &value, fault)) {
        return false;
    }
    bool is_missing = value.kind == VALUE_EMPTY && (field->flags & FIELD_REQUIRED);
    if (!is_missing) {
        print_meaning(record_form, (int)index, typed, &value, meaning);
    }
    value_free(&value);
    return !is_missing || fault_set(fault, FAULT_REFUSED, "this is needed");
}

static void complete(void *context, const struct form *form, size_t index, struct candidates *out) {
    const struct record_form *record_form = context;
    const struct record_complete_request request = {
        .register_id = record_form->register_id,
        .field = (int)index,
        .form = form,
    };
    record_complete(app_workbook(record_form->app), &request, out);
}

/* Makes what a reference names and does not exist yet, in a form of its own where it needs more
 * than a name. */
static bool create(void *context, size_t index, const char *value, struct fault *fault) {
    const struct record_form *record_form = context;
    const struct field *field = &described_of(record_form)->fields[index];
    enum register_id target = field->type == FIELD_PARTY ? REGISTER_PERSON : field->target;
    if (record_actions_add_named(record_form->app, target, value) != 0) {
        return true;
    }
    return fault_set(fault, FAULT_REFUSED, "Nothing was added");
}

static bool edit_external(void *context, size_t index, struct buffer *text, struct fault *fault) {
    (void)index;
    const struct record_form *form = context;
    const char *path = workbook_path(app_workbook(form->app));
    const char *slash = strrchr(path, '/');
    char *folder =
        slash == NULL ? memory_copy_text(".") : memory_copy_bytes(path, (size_t)(slash - path) + 1);
    bool is_edited = external_edit(app_terminal(form->app), folder, text, fault);
    free(folder);
    return is_edited;
}

/* Reads every field; the first that is wrong is the fault's. */
static bool read_all(const struct record_form *record_form, const struct form *form,
                     struct record *record, struct fault *fault) {
    for (int field = 0; field < described_of(record_form)->field_count; field++) {
        if (!read_field(record_form, field, form_value(form, (size_t)field), &record->values[field],
                        fault)) {
            char *reason = memory_copy_text(fault_text(fault));
            fault_refuse_field(fault, field, "%s", reason);
            free(reason);
            return false;
        }
    }
    return true;
}

static bool write_record(struct record_form *form, struct record *record, const char *label,
                         struct fault *fault) {
    struct workbook *workbook = app_workbook(form->app);
    if (!edit_begin(workbook, label, fault)) {
        return false;
    }
    bool is_written =
        form->id == 0 ? edit_insert(workbook, form->register_id, record->values, &record->id, fault)
                      : edit_update(workbook, form->register_id, form->id, record->values, fault);
    if (!is_written) {
        edit_abandon(workbook);
        return false;
    }
    return edit_commit(workbook, fault);
}

static bool save(void *context, const struct form *form, struct fault *fault) {
    struct record_form *record_form = context;
    struct record record = {.register_id = record_form->register_id, .id = record_form->id};
    struct buffer label = {0};
    bool is_stored = app_may_write(record_form->app) && read_all(record_form, form, &record, fault);
    if (is_stored) {
        buffer_add(&label, record_form->id == 0 ? "add " : "change ");
        record_text_name(app_workbook(record_form->app), &record, &label);
        is_stored = write_record(record_form, &record, buffer_text(&label), fault);
    } else if (fault->kind == FAULT_NONE) {
        fault_set(fault, FAULT_REFUSED, "Nothing was stored");
    }
    if (is_stored) {
        record_form->id = record.id;
        app_stored(record_form->app, "%s", buffer_text(&label));
    }
    buffer_free(&label);
    record_free(&record);
    return is_stored;
}

static size_t fill_choices(const struct field *field, struct form_choice *choices) {
    size_t count = 0;
    for (const struct choice *choice = field->choices; choice != NULL && choice->value != NULL;
         choice++) {
        if (count < CHOICES_MOST) {
            choices[count++] = (struct form_choice){.value = choice->value, .label = choice->label};
        }
    }
    return count;
}

static void fill_field(struct record_form *form, int index, const struct value *value,
                       struct form_field *out) {
    const struct field *field = &described_of(form)->fields[index];
    struct buffer text = {0};
    struct fault fault = {0};
    record_print_value(app_workbook(form->app), field, value, &text, &fault);
    fault_clear(&fault);
    form->texts[index] = buffer_take(&text);
    bool is_read_only = (field->flags & FIELD_SET_BY_PROGRAM) != 0;
    *out = (struct form_field){
        .label = field->label,
        .help = field->help,
        .value = form->texts[index],
        .kind = is_read_only ? FORM_READ_ONLY : kinds[field->type],
        .flags = (field->flags & FIELD_REQUIRED) ? FORM_REQUIRED : 0,
        .choices = form->choices[index],
        .choice_count = fill_choices(field, form->choices[index]),
    };
}

static void print_title(const struct record_form *form, const struct record_form_plan *plan,
                        struct buffer *title) {
    if (plan->id == 0) {
        buffer_addf(title, "New %s", described_of(form)->singular);
        return;
    }
    struct record record = {.register_id = plan->register_id, .id = plan->id};
    values_copy(record.values, plan->values, described_of(form)->field_count);
    buffer_add(title, "Edit ");
    record_text_name(app_workbook(form->app), &record, title);
    record_free(&record);
}

int64_t record_form_run(struct app *app, const struct record_form_plan *plan) {
    struct record_form *state = memory_zero(1, sizeof *state);
    *state = (struct record_form){.app = app, .register_id = plan->register_id, .id = plan->id};
    int count = described_of(state)->field_count;
    struct form_field fields[REGISTER_FIELDS_MOST];
    for (int field = 0; field < count; field++) {
        fill_field(state, field, &plan->values[field], &fields[field]);
        bool is_proposed = plan->is_proposed != NULL && plan->is_proposed[field];
        fields[field].flags |= is_proposed ? (unsigned)FORM_PROPOSED : 0;
    }
    struct buffer title = {0};
    print_title(state, plan, &title);
    struct form *form = form_new(&(struct form_options){
        .title = buffer_text(&title),
        .fields = fields,
        .field_count = (size_t)count,
        .first_field = plan->first_field < 0 ? 0 : (size_t)plan->first_field,
        .calls = {.context = state,
                  .validate = validate,
                  .complete = complete,
                  .create = create,
                  .edit_external = edit_external,
                  .save = save},
    });
    int64_t id = dialog_form(app_stage(app), form) ? state->id : 0;
    form_free(form);
    buffer_free(&title);
    for (int field = 0; field < count; field++) {
        free(state->texts[field]);
    }
    free(state);
    return id;
}
