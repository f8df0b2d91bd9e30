/* Owns what a user does to whole records; the form has a file of its own. */
#include "panes/record/record_actions.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "panes/record/record_form.h"
#include "panes/record/record_proposals.h"
#include "panes/record/record_text.h"

/* Runs the form of a new record; VALUES are released. */
static int64_t add_with(struct app *app, enum register_id register_id, struct value *values,
                        const bool *is_proposed) {
    int64_t id = 0;
    if (register_describe(register_id)->key_count == 0) {
        app_say(app, MEANING_MESSAGE, "A workbook has exactly one such row: e edits it");
    } else if (app_may_write(app)) {
        id = record_form_run(app, &(struct record_form_plan){.register_id = register_id,
                                                             .values = values,
                                                             .is_proposed = is_proposed,
                                                             .first_field = -1});
    }
    values_free(values, register_describe(register_id)->field_count);
    return id;
}

int64_t record_actions_add_filled(struct app *app, enum register_id register_id,
                                  struct value *values) {
    bool is_proposed[REGISTER_FIELDS_MOST] = {false};
    record_proposals_fill(app_workbook(app), register_id, values, is_proposed);
    return add_with(app, register_id, values, is_proposed);
}

int64_t record_actions_add(struct app *app, enum register_id register_id, int owner_field,
                           int64_t owner_id) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    if (owner_field >= 0) {
        values[owner_field] = value_of_whole(owner_id);
    }
    return record_actions_add_filled(app, register_id, values);
}

int64_t record_actions_add_named(struct app *app, enum register_id register_id, const char *key) {
    const struct register_description *described = register_describe(register_id);
    struct value values[REGISTER_FIELDS_MOST] = {0};
    values[described->key[0]] = value_of_text(key);
    return add_with(app, register_id, values, NULL);
}

bool record_actions_edit(struct app *app, enum register_id register_id, int64_t id, int field) {
    struct record record = {0};
    struct fault fault = {0};
    if (!app_may_write(app)) {
        return false;
    }
    if (record_load(app_workbook(app), register_id, id, &record, &fault) != LOOKUP_FOUND) {
        app_say(app, MEANING_FAULT, "This record is no longer there");
        fault_clear(&fault);
        return false;
    }
    int64_t stored = record_form_run(app, &(struct record_form_plan){.register_id = register_id,
                                                                     .id = id,
                                                                     .values = record.values,
                                                                     .first_field = field});
    record_free(&record);
    return stored != 0;
}

/* Appends "policy POL-001" or "3 policies". */
static void print_subject(struct app *app, enum register_id register_id, const int64_t *ids,
                          size_t count, struct buffer *out) {
    struct record record = {0};
    struct fault fault = {0};
    if (count > 1) {
        buffer_addf(out, "%zu rows of %s", count, register_describe(register_id)->label);
    } else if (record_load(app_workbook(app), register_id, ids[0], &record, &fault) ==
               LOOKUP_FOUND) {
        record_text_name(app_workbook(app), &record, out);
        record_free(&record);
    }
    fault_clear(&fault);
}

/* Appends what would go with the records; false with the reason where one may not be deleted. */
static bool print_consequences(struct app *app, enum register_id register_id, const int64_t *ids,
                               size_t count, struct buffer *out, struct fault *fault) {
    for (size_t i = 0; i < count; i++) {
        struct buffer one = {0};
        bool may_go = edit_describe_delete(app_workbook(app), register_id, ids[i], &one, fault);
        if (may_go && one.len_bytes > 0 && out->len_bytes == 0) {
            buffer_addf(out, "%s", one.bytes);
        } else if (may_go && one.len_bytes > 0) {
            buffer_addf(out, "; %s", one.bytes);
        }
        buffer_free(&one);
        if (!may_go) {
            return false;
        }
    }
    return true;
}

static bool delete_all(struct app *app, enum register_id register_id, const int64_t *ids,
                       size_t count, struct fault *fault) {
    for (size_t i = 0; i < count; i++) {
        if (!edit_delete(app_workbook(app), register_id, ids[i], fault)) {
            edit_abandon(app_workbook(app));
            return false;
        }
    }
    return edit_commit(app_workbook(app), fault);
}

static bool ask_delete(struct app *app, const char *subject, const char *consequences) {
    static const struct answer answers[] = {{'y', "delete"}, {KEYCODE_ESC, "keep"}};
    struct buffer question = {0};
    buffer_addf(&question, "Delete %s? %s", subject, consequences);
    bool is_meant =
        dialog_ask(app_stage(app), buffer_text(&question), answers, COUNT(answers)) == 0;
    buffer_free(&question);
    return is_meant;
}

bool record_actions_delete(struct app *app, enum register_id register_id, const int64_t *ids,
                           size_t count) {
    struct buffer subject = {0};
    struct buffer consequences = {0};
    struct buffer label = {0};
    struct fault fault = {0};
    bool is_done = false;
    if (!app_may_write(app)) {
        goto out;
    }
    print_subject(app, register_id, ids, count, &subject);
    if (!print_consequences(app, register_id, ids, count, &consequences, &fault)) {
        app_say_fault(app, &fault);
        goto out;
    }
    if (!ask_delete(app, buffer_text(&subject), buffer_text(&consequences))) {
        app_say(app, MEANING_MESSAGE, "Nothing was deleted");
        goto out;
    }
    buffer_addf(&label, "delete %s", buffer_text(&subject));
    is_done = edit_begin(app_workbook(app), buffer_text(&label), &fault) &&
              delete_all(app, register_id, ids, count, &fault);
    if (is_done) {
        app_stored(app, "%s", buffer_text(&label));
    } else {
        app_say_fault(app, &fault);
    }
out:
    buffer_free(&subject);
    buffer_free(&consequences);
    buffer_free(&label);
    return is_done;
}
