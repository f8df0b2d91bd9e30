/* Owns the values of a form and what is said about them. Keys are form_keys.c, drawing is
 * form_draw.c. */
#include "clause5/screen/form.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "screen/dropdown.h"
#include "screen/form_state.h"

static bool is_typed(enum form_kind kind) {
    static const bool typed[FORM_KINDS] = {
        [FORM_TEXT] = true, [FORM_LONG_TEXT] = true, [FORM_COMPLETED] = true, [FORM_DATE] = true};
    return typed[kind];
}

static void fill_slot(struct form_slot *slot, const struct form_field *field) {
    const char *value = field->value != NULL ? field->value : "";
    slot->field = *field;
    slot->field.label = memory_copy_text(field->label != NULL ? field->label : "");
    slot->field.help = memory_copy_text(field->help);
    slot->field.value = NULL;
    slot->initial = memory_copy_text(value);
    if (is_typed(field->kind) && (field->flags & FORM_HEADING) == 0) {
        slot->is_proposed = (field->flags & FORM_PROPOSED) != 0;
        slot->editor = editor_new(value, field->kind == FORM_LONG_TEXT);
    } else {
        slot->value = memory_copy_text(value);
    }
}

struct form *form_new(const struct form_options *options) {
    struct form *form = memory_zero(1, sizeof *form);
    form->title = memory_copy_text(options->title != NULL ? options->title : "");
    form->calls = options->calls;
    form->count = options->field_count;
    form->slots = memory_zero(form->count + 1, sizeof *form->slots);
    for (size_t i = 0; i < form->count; i++) {
        fill_slot(&form->slots[i], &options->fields[i]);
    }
    size_t first = options->first_field < form->count ? options->first_field : 0;
    while (first < form->count && !form_is_reachable(form, first)) {
        first++;
    }
    form_stand_on(form, first < form->count ? first : 0);
    return form;
}

void form_free(struct form *form) {
    if (form == NULL) {
        return;
    }
    for (size_t i = 0; i < form->count; i++) {
        struct form_slot *slot = &form->slots[i];
        free((char *)slot->field.label);
        free((char *)slot->field.help);
        free(slot->initial);
        free(slot->value);
        editor_free(slot->editor);
        buffer_free(&slot->meaning);
        fault_clear(&slot->fault);
    }
    candidates_free(&form->candidates);
    fault_clear(&form->fault);
    free(form->slots);
    free(form->title);
    free(form);
}

bool form_is_reachable(const struct form *form, size_t field) {
    const struct form_field *what = &form->slots[field].field;
    return (what->flags & FORM_HEADING) == 0 && what->kind != FORM_READ_ONLY;
}

const struct form_choice *form_choices(const struct form_slot *slot, size_t *count) {
    static const struct form_choice yes_no[] = {{"yes", "yes"}, {"no", "no"}};
    if (slot->field.kind == FORM_YES_NO) {
        *count = COUNT(yes_no);
        return yes_no;
    }
    *count = slot->field.kind == FORM_CHOICE ? slot->field.choice_count : 0;
    return slot->field.choices;
}

const char *form_choice_label(const struct form_choice *choice) {
    return choice->label != NULL ? choice->label : choice->value;
}

const char *form_value(const struct form *form, size_t field) {
    const struct form_slot *slot = &form->slots[field];
    return slot->editor != NULL ? editor_text(slot->editor) : slot->value;
}

bool form_check(struct form *form, size_t field) {
    struct form_slot *slot = &form->slots[field];
    buffer_clear(&slot->meaning);
    fault_clear(&slot->fault);
    if (form->calls.validate == NULL || !form_is_reachable(form, field)) {
        return true;
    }
    return form->calls.validate(form->calls.context, form, field, &slot->meaning, &slot->fault);
}

void form_set_value(struct form *form, size_t field, const char *value) {
    struct form_slot *slot = &form->slots[field];
    if (strcmp(form_value(form, field), value) == 0) {
        return;
    }
    if (slot->editor != NULL) {
        editor_set_text(slot->editor, value);
    } else {
        char *copy = memory_copy_text(value);
        free(slot->value);
        slot->value = copy;
    }
    slot->is_judged = true;
    form_check(form, field);
}

bool form_is_changed(const struct form *form, size_t field) {
    return strcmp(form->slots[field].initial, form_value(form, field)) != 0;
}

bool form_has_changes(const struct form *form) {
    for (size_t i = 0; i < form->count; i++) {
        if (form_is_changed(form, i)) {
            return true;
        }
    }
    return false;
}

size_t form_current(const struct form *form) {
    return form->current;
}

const struct fault *form_fault(const struct form *form) {
    return &form->fault;
}

void form_find_candidates(struct form *form) {
    const struct form_slot *slot = &form->slots[form->current];
    candidates_clear(&form->candidates);
    form->chosen = DROPDOWN_NONE;
    if (slot->field.kind == FORM_COMPLETED && form->calls.complete != NULL) {
        form->calls.complete(form->calls.context, form, form->current, &form->candidates);
    }
}

void form_stand_on(struct form *form, size_t field) {
    form->current = field;
    form->is_typing = false;
    candidates_clear(&form->candidates);
    form->chosen = DROPDOWN_NONE;
    if (form->count == 0) {
        return;
    }
    bool is_faulty = !form_check(form, field) && form_value(form, field)[0] != '\0';
    if (is_faulty || form_value(form, field)[0] == '\0') {
        form_find_candidates(form);
    }
    if (is_faulty && form->candidates.count > 0) {
        form->is_typing = true;
        form->chosen = form_suggestion(form);
    }
}
