/* Owns a text that is being edited and its caret. Drawing is editor_draw.c; knows nothing of what
 * the text means. */
#include "clause5/screen/editor.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/screen/layout.h"
#include "screen/editor_state.h"

struct editor *editor_new(const char *text, bool is_multiline) {
    struct editor *editor = memory_zero(1, sizeof *editor);
    editor->is_multiline = is_multiline;
    editor_set_text(editor, text != NULL ? text : "");
    return editor;
}

void editor_free(struct editor *editor) {
    if (editor == NULL) {
        return;
    }
    buffer_free(&editor->text);
    buffer_free(&editor->killed);
    free(editor);
}

const char *editor_text(const struct editor *editor) {
    return buffer_text(&editor->text);
}

void editor_set_text(struct editor *editor, const char *text) {
    buffer_clear(&editor->text);
    buffer_add(&editor->text, text);
    editor->caret = editor->text.len_bytes;
    editor->shown_from = 0;
    editor->first_row = 0;
    editor->wish_column = -1;
}

/* Replaces the bytes FROM..TO with INSERTED and puts the caret behind it. */
static unsigned replace(struct editor *editor, size_t from, size_t to, const char *inserted) {
    size_t added = strlen(inserted);
    if (from == to && added == 0) {
        return OUTCOME_HANDLED;
    }
    struct buffer text = {0};
    buffer_append(&text, buffer_text(&editor->text), from);
    buffer_append(&text, inserted, added);
    buffer_add(&text, buffer_text(&editor->text) + to);
    buffer_free(&editor->text);
    editor->text = text;
    editor->caret = from + added;
    return OUTCOME_HANDLED | OUTCOME_REDRAW | OUTCOME_CHANGED;
}

static unsigned kill_text(struct editor *editor, size_t from, size_t to) {
    if (from < to) {
        buffer_clear(&editor->killed);
        buffer_append(&editor->killed, editor->text.bytes + from, to - from);
    }
    return replace(editor, from, to, "");
}

static unsigned move_to(struct editor *editor, size_t caret) {
    editor->caret = caret;
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* True for what words are parted by. */
static bool is_gap(char byte) {
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == ',' || byte == ';';
}

static size_t word_before(const struct editor *editor) {
    const char *text = buffer_text(&editor->text);
    size_t at = editor->caret;
    while (at > 0 && is_gap(text[at - 1])) {
        at--;
    }
    while (at > 0 && !is_gap(text[at - 1])) {
        at--;
    }
    return at;
}

static size_t word_after(const struct editor *editor) {
    const char *text = buffer_text(&editor->text);
    size_t at = editor->caret;
    while (text[at] != '\0' && !is_gap(text[at])) {
        at++;
    }
    while (is_gap(text[at])) {
        at++;
    }
    return at;
}

/* The start and end of the caret's line: the whole text where there is only one. */
static size_t line_start(const struct editor *editor) {
    size_t at = editor->caret;
    while (editor->is_multiline && at > 0 && editor->text.bytes[at - 1] != '\n') {
        at--;
    }
    return editor->is_multiline ? at : 0;
}

static size_t line_end(const struct editor *editor) {
    const char *text = buffer_text(&editor->text);
    return editor->is_multiline ? editor->caret + strcspn(text + editor->caret, "\n")
                                : editor->text.len_bytes;
}

static unsigned go_left(struct editor *editor) {
    return move_to(editor, layout_before(buffer_text(&editor->text), editor->caret));
}

static unsigned go_right(struct editor *editor) {
    return move_to(editor, layout_next(buffer_text(&editor->text), editor->caret, NULL));
}

static unsigned go_start(struct editor *editor) {
    return move_to(editor, line_start(editor));
}

static unsigned go_end(struct editor *editor) {
    return move_to(editor, line_end(editor));
}

static unsigned go_word_left(struct editor *editor) {
    return move_to(editor, word_before(editor));
}

static unsigned go_word_right(struct editor *editor) {
    return move_to(editor, word_after(editor));
}

static unsigned erase_before(struct editor *editor) {
    return replace(editor, layout_before(buffer_text(&editor->text), editor->caret), editor->caret,
                   "");
}

static unsigned erase_after(struct editor *editor) {
    size_t caret = editor->caret;
    return replace(editor, caret, layout_next(buffer_text(&editor->text), caret, NULL), "");
}

static unsigned kill_to_start(struct editor *editor) {
    return kill_text(editor, line_start(editor), editor->caret);
}

static unsigned kill_to_end(struct editor *editor) {
    return kill_text(editor, editor->caret, line_end(editor));
}

static unsigned kill_word(struct editor *editor) {
    return kill_text(editor, word_before(editor), editor->caret);
}

static unsigned put_back(struct editor *editor) {
    return replace(editor, editor->caret, editor->caret, buffer_text(&editor->killed));
}

static unsigned break_line(struct editor *editor) {
    return editor->is_multiline ? replace(editor, editor->caret, editor->caret, "\n")
                                : OUTCOME_NONE;
}

static const struct {
    uint32_t key;
    unsigned (*act)(struct editor *editor);
} keys[] = {
    {KEYCODE_LEFT, go_left},
    {KEYCODE_RIGHT, go_right},
    {KEYCODE_HOME, go_start},
    {KEYCODE_CTRL('A'), go_start},
    {KEYCODE_END, go_end},
    {KEYCODE_WORD_LEFT, go_word_left},
    {KEYCODE_WORD_RIGHT, go_word_right},
    {KEYCODE_BACKSPACE, erase_before},
    {KEYCODE_DELETE, erase_after},
    {KEYCODE_CTRL('U'), kill_to_start},
    {KEYCODE_CTRL('K'), kill_to_end},
    {KEYCODE_CTRL('W'), kill_word},
    {KEYCODE_CTRL('Y'), put_back},
    {KEYCODE_CTRL('N'), break_line},
};

static unsigned type_character(struct editor *editor, uint32_t code) {
    struct buffer typed = {0};
    text_encode(&typed, code);
    unsigned flags = replace(editor, editor->caret, editor->caret, buffer_text(&typed));
    buffer_free(&typed);
    return flags;
}

static unsigned paste(struct editor *editor, const char *text) {
    struct buffer pasted = {0};
    buffer_add(&pasted, text);
    while (!editor->is_multiline && pasted.len_bytes > 0 &&
           pasted.bytes[pasted.len_bytes - 1] == '\n') {
        pasted.bytes[--pasted.len_bytes] = '\0';
    }
    for (size_t i = 0; i < pasted.len_bytes && !editor->is_multiline; i++) {
        if (pasted.bytes[i] == '\n' || pasted.bytes[i] == '\t') {
            pasted.bytes[i] = ' ';
        }
    }
    unsigned flags = replace(editor, editor->caret, editor->caret, buffer_text(&pasted));
    buffer_free(&pasted);
    return flags;
}

unsigned editor_handle(struct editor *editor, const struct terminal_event *event) {
    if (event->kind == TERMINAL_PASTE) {
        return paste(editor, event->text);
    }
    if (event->kind != TERMINAL_KEY) {
        return OUTCOME_NONE;
    }
    bool is_vertical = event->key == KEYCODE_UP || event->key == KEYCODE_DOWN;
    if (is_vertical && editor->is_multiline) {
        return editor_move_rows(editor, event->key == KEYCODE_UP ? -1 : 1);
    }
    editor->wish_column = -1;
    for (size_t i = 0; i < COUNT(keys); i++) {
        if (keys[i].key == event->key) {
            return keys[i].act(editor);
        }
    }
    return keycode_is_character(event->key) ? type_character(editor, event->key) : OUTCOME_NONE;
}
