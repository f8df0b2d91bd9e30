/* Owns a line that is asked for: its text, completions, history and fault. Knows nothing of what
 * is done with the answer. */
#include "clause5/screen/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/screen/editor.h"
#include "screen/conversation.h"
#include "screen/dropdown.h"

struct prompt {
    struct prompt_options options;
    char *label;
    struct editor *editor;
    struct candidates candidates;
    bool is_selected;     /* the given text, which a character replaces */
    int chosen;           /* the candidate that Tab put into the text */
    size_t history_place; /* options.history->count: the line that is being typed */
    char *draft;          /* that line, while an earlier one is shown */
    struct fault fault;
};

static void find_candidates(struct prompt *prompt) {
    candidates_clear(&prompt->candidates);
    prompt->chosen = DROPDOWN_NONE;
    if (prompt->options.complete != NULL) {
        prompt->options.complete(prompt->options.context, prompt_text(prompt), &prompt->candidates);
    }
}

struct prompt *prompt_new(const struct prompt_options *options) {
    struct prompt *prompt = memory_zero(1, sizeof *prompt);
    prompt->options = *options;
    prompt->label = memory_copy_text(options->label != NULL ? options->label : "");
    prompt->editor = editor_new(options->text, false);
    prompt->is_selected = !options->is_kept && prompt_text(prompt)[0] != '\0';
    prompt->history_place = options->history != NULL ? options->history->count : 0;
    find_candidates(prompt);
    return prompt;
}

void prompt_free(struct prompt *prompt) {
    if (prompt == NULL) {
        return;
    }
    candidates_free(&prompt->candidates);
    editor_free(prompt->editor);
    fault_clear(&prompt->fault);
    free(prompt->label);
    free(prompt->draft);
    free(prompt);
}

const char *prompt_text(const struct prompt *prompt) {
    return editor_text(prompt->editor);
}

void prompt_history_free(struct prompt_history *history) {
    for (size_t i = 0; i < history->count; i++) {
        free(history->lines[i]);
    }
    free(history->lines);
    *history = (struct prompt_history){0};
}

static void remember(struct prompt_history *history, const char *line) {
    bool is_again = history->count > 0 && strcmp(history->lines[history->count - 1], line) == 0;
    if (line[0] == '\0' || is_again) {
        return;
    }
    history->lines = memory_reserve(history->lines, &history->capacity, history->count + 1,
                                    sizeof *history->lines);
    history->lines[history->count++] = memory_copy_text(line);
}

enum { CHANGED = OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_CHANGED };

static unsigned go_through_history(struct prompt *prompt, int step) {
    const struct prompt_history *history = prompt->options.history;
    if (history == NULL) {
        return OUTCOME_HANDLED;
    }
    size_t count = history->count;
    bool is_blocked = step < 0 ? prompt->history_place == 0 : prompt->history_place >= count;
    if (is_blocked) {
        return OUTCOME_HANDLED;
    }
    if (prompt->history_place == count) {
        free(prompt->draft);
        prompt->draft = memory_copy_text(prompt_text(prompt));
    }
    prompt->history_place += (size_t)step;
    editor_set_text(prompt->editor, prompt->history_place == count
                                        ? prompt->draft
                                        : history->lines[prompt->history_place]);
    find_candidates(prompt);
    return CHANGED;
}

/* Extends the text to what all candidates start with. False where that adds nothing. */
static bool extend(struct prompt *prompt) {
    const char *typed = prompt_text(prompt);
    size_t len = strlen(typed);
    const char *first = prompt->candidates.items[0].value;
    size_t more = candidates_common(&prompt->candidates, len);
    char *start = memory_copy_bytes(first, strnlen(first, len));
    bool is_prefix = text_compare_ascii_case(start, typed) == 0;
    free(start);
    if (more == 0 || !is_prefix) {
        return false;
    }
    char *extended = memory_copy_bytes(first, len + more);
    editor_set_text(prompt->editor, extended);
    free(extended);
    find_candidates(prompt);
    return true;
}

static unsigned complete(struct prompt *prompt, int step) {
    int count = (int)prompt->candidates.count;
    if (count == 0) {
        return OUTCOME_HANDLED;
    }
    if (prompt->chosen == DROPDOWN_NONE && step > 0 && extend(prompt)) {
        return CHANGED;
    }
    if (prompt->chosen == DROPDOWN_NONE) {
        prompt->chosen = step > 0 ? 0 : count - 1;
    } else {
        prompt->chosen = (prompt->chosen + step + count) % count;
    }
    editor_set_text(prompt->editor, prompt->candidates.items[prompt->chosen].value);
    return CHANGED;
}

static unsigned accept(struct prompt *prompt) {
    fault_clear(&prompt->fault);
    bool is_refused =
        prompt->options.accept != NULL &&
        !prompt->options.accept(prompt->options.context, prompt_text(prompt), &prompt->fault);
    if (is_refused) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_FAULT;
    }
    if (prompt->options.history != NULL) {
        remember(prompt->options.history, prompt_text(prompt));
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_DONE;
}

static unsigned edit(struct prompt *prompt, const struct terminal_event *event) {
    unsigned flags = editor_handle(prompt->editor, event);
    if ((flags & OUTCOME_CHANGED) != 0) {
        fault_clear(&prompt->fault);
        find_candidates(prompt);
    }
    return flags;
}

/* Takes the given text away where EVENT begins another. */
static void settle_selection(struct prompt *prompt, const struct terminal_event *event) {
    bool is_typing = event->kind == TERMINAL_PASTE ||
                     (event->kind == TERMINAL_KEY && keycode_is_character(event->key));
    if (prompt->is_selected && is_typing) {
        editor_set_text(prompt->editor, "");
    }
    prompt->is_selected =
        prompt->is_selected && event->kind != TERMINAL_KEY && event->kind != TERMINAL_PASTE;
}

unsigned prompt_handle(struct prompt *prompt, const struct terminal_event *event) {
    enum { LEFT = OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_LEAVE };
    settle_selection(prompt, event);
    if (event->kind != TERMINAL_KEY) {
        return edit(prompt, event);
    }
    switch (event->key) {
    case KEYCODE_ESC:
        return LEFT;
    case KEYCODE_BACKSPACE:
        return prompt_text(prompt)[0] == '\0' ? LEFT : edit(prompt, event);
    case KEYCODE_ENTER:
        return accept(prompt);
    case KEYCODE_TAB:
        return complete(prompt, 1);
    case KEYCODE_SHIFT_TAB:
        return complete(prompt, -1);
    case KEYCODE_UP:
        return go_through_history(prompt, -1);
    case KEYCODE_DOWN:
        return go_through_history(prompt, 1);
    default:
        return edit(prompt, event);
    }
}

static void draw_fault(const struct prompt *prompt, const struct area *area) {
    struct area line = area_rows(*area, area->height - 1, 1);
    area_clear(&line);
    area_put_mark(&line, (struct spot){.column = 1}, MARK_BAD);
    area_put(&line, (struct spot){.column = 3}, MEANING_FAULT, fault_text(&prompt->fault));
}

/* Draws the fault, or the candidates, in the last rows of ABOVE. */
static void draw_above(const struct prompt *prompt, const struct area *above) {
    int rows = dropdown_rows(&prompt->candidates);
    if (prompt->fault.kind != FAULT_NONE) {
        draw_fault(prompt, above);
    } else if (rows > 0 && above->height > 0) {
        rows = rows < above->height ? rows : above->height;
        struct area area = area_rows(*above, above->height - rows, rows);
        dropdown_draw(&prompt->candidates, prompt->chosen, &area);
    }
}

static void draw_text(struct prompt *prompt, const struct area *line) {
    area_clear(line);
    int label = area_put(line, (struct spot){.column = 1, .width = line->width / 2}, MEANING_KEY,
                         prompt->label);
    struct area text = area_columns(*line, 1 + label, line->width - 2 - label);
    editor_draw(prompt->editor, &text);
    if (prompt->is_selected) {
        area_tint(&text, (struct spot){.width = text_width_cells(prompt_text(prompt))},
                  MEANING_SELECTED);
    }
}

/* The keys that do something in this prompt. */
static void draw_keys(const struct prompt *prompt, const struct area *screen) {
    struct answer keys[5] = {{KEYCODE_ENTER, "accept"}, {KEYCODE_ESC, "leave"}};
    size_t count = 2;
    if (prompt->options.complete != NULL) {
        keys[count++] = (struct answer){KEYCODE_TAB, "complete"};
    }
    if (prompt->options.history != NULL && prompt->options.history->count > 0) {
        keys[count++] = (struct answer){KEYCODE_UP, "history"};
    }
    if (prompt->is_selected) {
        keys[count++] = (struct answer){KEYCODE_END, "go on with this text"};
    }
    conversation_draw_keys(screen, keys, count);
}

void prompt_draw(struct prompt *prompt, const struct area *screen) {
    struct area above = area_rows(*screen, 0, screen->height > 2 ? screen->height - 2 : 0);
    struct area line = area_rows(*screen, above.height, 1);
    draw_above(prompt, &above);
    draw_keys(prompt, screen);
    draw_text(prompt, &line);
}
