/* Owns how an edited text is laid out and where its caret is on the screen. Changes no text. */
#include <string.h>

#include "clause5/screen/layout.h"
#include "screen/editor_state.h"

/* A row of the wrapped text. */
struct wrapped {
    size_t start, len_bytes, next;
};

/* Breaks off the row at START. The last row may be empty: behind a final line end. */
static struct wrapped wrap_row(const struct editor *editor, size_t start, int width) {
    struct wrapped row = {.start = start};
    row.next = layout_break(editor_text(editor), start, width, &row.len_bytes);
    return row;
}

static bool is_final(const struct editor *editor, const struct wrapped *row) {
    size_t end = editor->text.len_bytes;
    bool ends_in_line_end =
        row->next == end && end > row->start && editor->text.bytes[end - 1] == '\n';
    return row->next >= end && !ends_in_line_end;
}

int editor_rows(const struct editor *editor, int width) {
    int rows = 1;
    width = width > 1 ? width : 1;
    for (struct wrapped row = wrap_row(editor, 0, width); !is_final(editor, &row);
         row = wrap_row(editor, row.next, width)) {
        rows++;
    }
    return rows;
}

/* Finds the row of the caret and its column. */
static int caret_row(const struct editor *editor, int width, int *column) {
    int at = 0;
    struct wrapped row = wrap_row(editor, 0, width);
    while (editor->caret >= row.next && !is_final(editor, &row)) {
        row = wrap_row(editor, row.next, width);
        at++;
    }
    *column = layout_width(editor_text(editor) + row.start, editor->caret - row.start);
    *column = *column > width - 1 ? width - 1 : *column;
    return at;
}

/* Returns the offset of what stands at COLUMN of the row at index AT, or just before it. */
static size_t offset_of(const struct editor *editor, int at, int width, int column) {
    struct wrapped row = wrap_row(editor, 0, width);
    for (; at > 0 && !is_final(editor, &row); at--) {
        row = wrap_row(editor, row.next, width);
    }
    size_t offset = row.start;
    for (int cells = 0; offset < row.start + row.len_bytes;) {
        int wide = 0;
        size_t next = layout_next(editor_text(editor), offset, &wide);
        cells += wide;
        if (cells > column) {
            break;
        }
        offset = next;
    }
    return offset;
}

unsigned editor_move_rows(struct editor *editor, int steps) {
    int column = 0;
    int width = editor->width > 1 ? editor->width : 80;
    int row = caret_row(editor, width, &column);
    if (row + steps < 0 || row + steps >= editor_rows(editor, width)) {
        return OUTCOME_NONE;
    }
    if (editor->wish_column < 0) {
        editor->wish_column = column;
    }
    editor->caret = offset_of(editor, row + steps, width, editor->wish_column);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void put_part(const struct area *area, int row, const char *text, size_t len_bytes) {
    struct buffer part = {0};
    buffer_append(&part, text, len_bytes);
    area_put_padded(area, (struct spot){.row = row}, MEANING_INPUT, buffer_text(&part));
    buffer_free(&part);
}

static void draw_rows(struct editor *editor, const struct area *area) {
    int column = 0;
    editor->width = area->width;
    int at = caret_row(editor, area->width, &column);
    if (at < editor->first_row) {
        editor->first_row = at;
    }
    if (at >= editor->first_row + area->height) {
        editor->first_row = at - area->height + 1;
    }
    int last = editor_rows(editor, area->width) - area->height;
    editor->first_row = editor->first_row > last ? (last > 0 ? last : 0) : editor->first_row;
    struct wrapped row = wrap_row(editor, 0, area->width);
    for (int i = 0; i < editor->first_row; i++) {
        row = wrap_row(editor, row.next, area->width);
    }
    bool is_over = false;
    for (int i = 0; i < area->height; i++) {
        put_part(area, i, editor_text(editor) + row.start, is_over ? 0 : row.len_bytes);
        is_over = is_over || is_final(editor, &row);
        row = is_over ? row : wrap_row(editor, row.next, area->width);
    }
    area_place_cursor(area, at - editor->first_row, column);
}

/* Returns the least offset from which the caret, behind the text too, is within WIDTH cells. */
static size_t least_start(const struct editor *editor, int width) {
    const char *text = editor_text(editor);
    size_t from = editor->caret;
    int cells = 0;
    while (from > 0) {
        size_t before = layout_before(text, from);
        cells += layout_width(text + before, from - before);
        if (cells >= width) {
            break;
        }
        from = before;
    }
    return from;
}

/* A text that is cut at the left begins with the sign of MARK_LEFT, for which a cell is kept. */
static void draw_line(struct editor *editor, const struct area *area) {
    const char *text = editor_text(editor);
    bool fits = layout_is_narrower(text, area->width) || area->width < 3;
    int room = fits ? area->width : area->width - 1;
    size_t least = least_start(editor, room);
    size_t from = editor->shown_from > editor->caret ? editor->caret : editor->shown_from;
    from = from < least ? least : from;
    /* After a deletion more may fit at the left than is shown. */
    while (from > least && layout_is_narrower(text + layout_before(text, from), room)) {
        from = layout_before(text, from);
    }
    editor->shown_from = from;
    struct area shown = *area;
    if (from > 0 && !fits) {
        area_put_mark(area, (struct spot){0}, MARK_LEFT);
        shown = area_columns(*area, 1, area->width - 1);
    }
    put_part(&shown, 0, text + from, editor->text.len_bytes - from);
    area_place_cursor(&shown, 0, layout_width(text + from, editor->caret - from));
}

void editor_draw(struct editor *editor, const struct area *area) {
    if (area->height <= 0 || area->width <= 0) {
        return;
    }
    if (editor->is_multiline) {
        draw_rows(editor, area);
    } else {
        draw_line(editor, area);
    }
}
