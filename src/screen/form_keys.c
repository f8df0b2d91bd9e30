/* Owns what keys do in a form. Draws nothing and stores nothing: save does. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "screen/dropdown.h"
#include "screen/form_state.h"

enum {
    MOVED = OUTCOME_HANDLED | OUTCOME_REDRAW,
    CHANGED = OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_CHANGED,
    REFUSED = OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_FAULT,
    PAGE = 8, /* fields that PgUp and PgDn pass */
};

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = 1,
     .label = "next",
     .weight = 9,
     .help = "take the field and go on; on the last field save"},
    {.key = KEYCODE_CTRL('S'), .action = 2, .label = "save", .weight = 8, .help = "save"},
    {.key = KEYCODE_ESC,
     .action = 3,
     .label = "leave",
     .weight = 7,
     .help = "leave, after asking where something changed"},
    {.key = KEYCODE_TAB,
     .action = 4,
     .label = "complete, next",
     .weight = 6,
     .help = "take the completion, or go to the next field"},
    {.key = KEYCODE_CTRL('E'),
     .action = 5,
     .label = "editor",
     .weight = 5,
     .help = "edit a long text in your own editor"},
    {.key = KEYCODE_CTRL('N'),
     .action = 6,
     .label = "new line",
     .weight = 4,
     .help = "break the line of a long text"},
};

const struct binding_table form_bindings = {
    .title = "Forms", .bindings = bindings, .count = COUNT(bindings)};

static const struct binding leaving[] = {
    {.key = 's', .action = 1, .label = "save", .weight = 9, .help = "save and leave"},
    {.key = 'd', .action = 2, .label = "discard", .weight = 8, .help = "leave, changing nothing"},
    {.key = KEYCODE_ESC, .action = 3, .label = "go on", .weight = 7, .help = "back to the form"},
};

const struct binding_table form_leaving_bindings = {
    .title = "Leaving a form", .bindings = leaving, .count = COUNT(leaving)};

static struct form_slot *current_slot(struct form *form) {
    return &form->slots[form->current];
}

/* Moves STEPS reachable fields on, stopping at the ends. False where there is none further. */
static bool step(struct form *form, int steps) {
    size_t target = form->current;
    int direction = steps < 0 ? -1 : 1;
    for (size_t at = form->current; steps != 0;) {
        if ((direction < 0 && at == 0) || (direction > 0 && at + 1 >= form->count)) {
            break;
        }
        at = direction < 0 ? at - 1 : at + 1;
        if (form_is_reachable(form, at)) {
            target = at;
            steps -= direction;
        }
    }
    bool is_moved = target != form->current;
    if (is_moved) {
        form_check(form, form->current);
        form_stand_on(form, target);
    }
    return is_moved;
}

static unsigned go(struct form *form, int steps) {
    step(form, steps);
    return MOVED;
}

static unsigned save(struct form *form) {
    fault_clear(&form->fault);
    for (size_t i = 0; i < form->count; i++) {
        form->slots[i].is_judged = true;
        if (!form_check(form, i)) {
            form_stand_on(form, i);
            fault_set(&form->fault, FAULT_REFUSED, "%s: %s", form->slots[i].field.label,
                      fault_text(&form->slots[i].fault));
            return REFUSED;
        }
    }
    if (form->calls.save(form->calls.context, form, &form->fault)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_DONE;
    }
    int field = fault_field(&form->fault);
    if (field >= 0 && (size_t)field < form->count && form_is_reachable(form, (size_t)field)) {
        form_stand_on(form, (size_t)field);
    }
    return REFUSED;
}

/* What follows every change of the current field. */
static unsigned note_change(struct form *form) {
    current_slot(form)->is_judged = true;
    fault_clear(&form->fault);
    form_check(form, form->current);
    return CHANGED;
}

/* Puts the candidate into the field, creating first what it offers to create. */
static unsigned take_candidate(struct form *form, int chosen) {
    const struct candidate *candidate = &form->candidates.items[chosen];
    struct form_slot *slot = current_slot(form);
    char *value = memory_copy_text(candidate->value);
    struct fault fault = {0};
    bool is_refused = candidate->is_create && form->calls.create != NULL &&
                      !form->calls.create(form->calls.context, form->current, value, &fault);
    if (is_refused) {
        fault_clear(&form->fault);
        form->fault = fault;
        free(value);
        return REFUSED;
    }
    fault_clear(&fault);
    editor_set_text(slot->editor, value);
    free(value);
    candidates_clear(&form->candidates);
    form->chosen = DROPDOWN_NONE;
    form->is_typing = false;
    return note_change(form);
}

/* The candidate that Enter takes: the first, unless the text is one already. What would be created
 * is taken where nothing else is offered. */
int form_suggestion(const struct form *form) {
    const char *text = form_value(form, form->current);
    size_t count = form->candidates.count;
    bool is_choice = count > 1 && form->candidates.items[0].is_create;
    if (count == 0 || is_choice || text[0] == '\0') {
        return DROPDOWN_NONE;
    }
    for (size_t i = 0; i < count; i++) {
        const struct candidate *candidate = &form->candidates.items[i];
        if (!candidate->is_create && text_compare_ascii_case(candidate->value, text) == 0) {
            return DROPDOWN_NONE;
        }
    }
    return 0;
}

static bool has_open_candidates(const struct form *form) {
    return form->is_typing && form->candidates.count > 0;
}

static unsigned choose_candidate(struct form *form, int direction) {
    int count = (int)form->candidates.count;
    int chosen = form->chosen + direction;
    form->chosen = chosen < DROPDOWN_NONE ? count - 1 : chosen >= count ? DROPDOWN_NONE : chosen;
    return MOVED;
}

static unsigned go_vertical(struct form *form, const struct terminal_event *event) {
    int direction = event->key == KEYCODE_UP ? -1 : 1;
    struct form_slot *slot = current_slot(form);
    if (has_open_candidates(form)) {
        return choose_candidate(form, direction);
    }
    unsigned flags = slot->editor != NULL ? editor_handle(slot->editor, event) : OUTCOME_NONE;
    return flags != OUTCOME_NONE ? flags : go(form, direction);
}

static unsigned press_enter(struct form *form) {
    if (form->chosen != DROPDOWN_NONE) {
        unsigned flags = take_candidate(form, form->chosen);
        if ((flags & OUTCOME_FAULT) != 0) {
            return flags;
        }
    }
    return step(form, 1) ? MOVED : save(form);
}

static unsigned press_tab(struct form *form) {
    if (has_open_candidates(form) && form_suggestion(form) != DROPDOWN_NONE) {
        return take_candidate(form, form->chosen != DROPDOWN_NONE ? form->chosen : 0);
    }
    if (has_open_candidates(form) && form->chosen != DROPDOWN_NONE) {
        return take_candidate(form, form->chosen);
    }
    return go(form, 1);
}

static unsigned press_esc(struct form *form) {
    if (form->chosen != DROPDOWN_NONE) {
        candidates_clear(&form->candidates);
        form->chosen = DROPDOWN_NONE;
        return MOVED;
    }
    if (!form_has_changes(form)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_LEAVE;
    }
    form->is_asking = true;
    return MOVED;
}

static unsigned edit_external(struct form *form) {
    struct form_slot *slot = current_slot(form);
    if (slot->field.kind != FORM_LONG_TEXT || form->calls.edit_external == NULL) {
        return OUTCOME_NONE;
    }
    struct buffer text = {0};
    buffer_add(&text, editor_text(slot->editor));
    fault_clear(&form->fault);
    bool is_good =
        form->calls.edit_external(form->calls.context, form->current, &text, &form->fault);
    if (is_good) {
        editor_set_text(slot->editor, buffer_text(&text));
    }
    buffer_free(&text);
    return is_good ? note_change(form) : REFUSED;
}

/* Takes the choice at INDEX; COUNT stands for none. */
static unsigned choose(struct form *form, const struct form_choice *choices, size_t count,
                       size_t index) {
    form_set_value(form, form->current, index < count ? choices[index].value : "");
    return note_change(form);
}

static size_t chosen_index(const struct form *form, const struct form_choice *choices,
                           size_t count) {
    const char *value = form_value(form, form->current);
    size_t at = 0;
    while (at < count && strcmp(choices[at].value, value) != 0) {
        at++;
    }
    return at;
}

static uint32_t small(uint32_t code) {
    return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

/* A letter takes the next choice that starts with it. */
static unsigned choose_by_letter(struct form *form, const struct form_choice *choices, size_t count,
                                 uint32_t letter) {
    size_t now = chosen_index(form, choices, count);
    for (size_t i = 1; i <= count; i++) {
        size_t at = (now + i) % (count + 1);
        at = at == count ? 0 : at;
        const char *label = form_choice_label(&choices[at]);
        uint32_t first = 0;
        if (text_decode(label, strlen(label), &first) > 0 && small(first) == small(letter) &&
            at != now) {
            return choose(form, choices, count, at);
        }
    }
    return OUTCOME_HANDLED;
}

static unsigned edit_choice(struct form *form, uint32_t key) {
    size_t count = 0;
    const struct form_choice *choices = form_choices(current_slot(form), &count);
    size_t now = chosen_index(form, choices, count);
    switch (key) {
    case KEYCODE_RIGHT:
    case KEYCODE_SPACE:
        return choose(form, choices, count, now + 1 < count ? now + 1 : 0);
    case KEYCODE_LEFT:
        return choose(form, choices, count, now > 0 && now < count ? now - 1 : count - 1);
    case KEYCODE_BACKSPACE:
    case KEYCODE_DELETE:
        return choose(form, choices, count, count);
    default:
        return keycode_is_character(key) ? choose_by_letter(form, choices, count, key)
                                         : OUTCOME_NONE;
    }
}

/* What is typed at a proposal takes its place; another key keeps it, to be changed. */
static void give_way(struct form_slot *slot, const struct terminal_event *event) {
    if (slot->is_proposed && (event->kind == TERMINAL_PASTE || keycode_is_character(event->key))) {
        editor_set_text(slot->editor, "");
    }
    slot->is_proposed = false;
}

static unsigned edit_text(struct form *form, const struct terminal_event *event) {
    struct form_slot *slot = current_slot(form);
    bool opens_list = event->kind == TERMINAL_KEY && event->key == KEYCODE_SPACE &&
                      !form->is_typing && editor_text(slot->editor)[0] == '\0' &&
                      form->candidates.count > 0;
    if (opens_list) {
        form->is_typing = true;
        form->chosen = 0;
        return MOVED;
    }
    give_way(slot, event);
    unsigned flags = editor_handle(slot->editor, event);
    if ((flags & OUTCOME_CHANGED) == 0) {
        return flags;
    }
    form_find_candidates(form);
    form->is_typing = editor_text(slot->editor)[0] != '\0';
    form->chosen = form_suggestion(form);
    return flags | note_change(form);
}

bool form_is_asking(const struct form *form) {
    return form->is_asking;
}

unsigned form_answer(struct form *form, const struct terminal_event *event) {
    if (event->kind != TERMINAL_KEY) {
        return OUTCOME_HANDLED;
    }
    switch (small(event->key)) {
    case 's':
        form->is_asking = false;
        return save(form);
    case 'd':
        form->is_asking = false;
        return OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_LEAVE;
    case KEYCODE_ESC:
        form->is_asking = false;
        return MOVED;
    default:
        return OUTCOME_HANDLED;
    }
}

static unsigned edit_field(struct form *form, const struct terminal_event *event) {
    if (current_slot(form)->editor != NULL) {
        return edit_text(form, event);
    }
    return event->kind == TERMINAL_KEY ? edit_choice(form, event->key) : OUTCOME_NONE;
}

unsigned form_handle(struct form *form, const struct terminal_event *event) {
    if (form->is_asking) {
        return form_answer(form, event);
    }
    bool is_nothing = form->count == 0 || !form_is_reachable(form, form->current);
    if (event->kind != TERMINAL_KEY) {
        return event->kind == TERMINAL_PASTE && !is_nothing ? edit_field(form, event)
                                                            : OUTCOME_NONE;
    }
    switch (event->key) {
    case KEYCODE_ESC:
        return press_esc(form);
    case KEYCODE_CTRL('S'):
        return save(form);
    case KEYCODE_ENTER:
        return is_nothing ? OUTCOME_HANDLED | OUTCOME_LEAVE : press_enter(form);
    case KEYCODE_TAB:
        return is_nothing ? OUTCOME_NONE : press_tab(form);
    case KEYCODE_SHIFT_TAB:
        return go(form, -1);
    case KEYCODE_PAGE_UP:
        return go(form, -PAGE);
    case KEYCODE_PAGE_DOWN:
        return go(form, PAGE);
    case KEYCODE_UP:
    case KEYCODE_DOWN:
        return is_nothing ? OUTCOME_NONE : go_vertical(form, event);
    case KEYCODE_CTRL('E'):
        return is_nothing ? OUTCOME_NONE : edit_external(form);
    default:
        return is_nothing ? OUTCOME_NONE : edit_field(form, event);
    }
}
