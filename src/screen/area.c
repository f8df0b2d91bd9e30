/* Owns every cell that is drawn. Nothing else in the program calls curses' output, and no text gets
 * past text_show. */
#include "clause5/screen/area.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/screen/layout.h"
#include "screen/terminal_state.h"

struct area area_of_terminal(struct terminal *terminal) {
    return (struct area){.terminal = terminal,
                         .height = terminal_height(terminal),
                         .width = terminal_width(terminal)};
}

/* Clips FIRST and COUNT (-1: all that follow) to 0..SIZE. */
static void clip(int *first, int *count, int size) {
    if (*first < 0) {
        *count = *count < 0 ? *count : *count + *first;
        *first = 0;
    }
    *first = *first > size ? size : *first;
    int left = size - *first;
    *count = *count < 0 || *count > left ? left : *count;
}

struct area area_rows(struct area area, int first, int height) {
    if (first < 0 && height >= 0 && height + first < 0) {
        height = -first;
    }
    clip(&first, &height, area.height);
    area.row += first;
    area.height = height;
    return area;
}

struct area area_columns(struct area area, int first, int width) {
    if (first < 0 && width >= 0 && width + first < 0) {
        width = -first;
    }
    clip(&first, &width, area.width);
    area.column += first;
    area.width = width;
    return area;
}

struct area area_middle(struct area area, int height, int width) {
    height = height > area.height ? area.height : height;
    width = width > area.width ? area.width : width;
    return area_columns(area_rows(area, (area.height - height) / 2, height),
                        (area.width - width) / 2, width);
}

/* Brings SPOT inside the area. False where nothing of it is. */
static bool fit(const struct area *area, struct spot *spot) {
    if (spot->row < 0 || spot->row >= area->height || spot->column < 0 ||
        spot->column >= area->width || spot->width < 0) {
        return false;
    }
    int left = area->width - spot->column;
    if (spot->width == 0 || spot->width > left) {
        spot->width = left;
    }
    return true;
}

static void set_ink(const struct area *area, enum meaning meaning) {
    struct ink ink = palette_ink(area->terminal, meaning);
    wattr_set(stdscr, ink.attributes, ink.pair, NULL);
}

static void put_cells(const struct area *area, const struct spot *spot, const char *shown) {
    wmove(stdscr, area->row + spot->row, area->column + spot->column);
    waddstr(stdscr, shown);
}

static void put_blanks(const struct area *area, int row, int column, int count) {
    if (count > 0) {
        wmove(stdscr, area->row + row, area->column + column);
        whline(stdscr, ' ', count);
    }
}

void area_clear(const struct area *area) {
    set_ink(area, MEANING_TEXT);
    for (int row = 0; row < area->height; row++) {
        put_blanks(area, row, 0, area->width);
    }
}

int area_put(const struct area *area, struct spot spot, enum meaning meaning, const char *text) {
    if (!fit(area, &spot)) {
        return 0;
    }
    struct buffer shown = {0};
    int cells = text_show(&shown, text, spot.width);
    set_ink(area, meaning);
    put_cells(area, &spot, buffer_text(&shown));
    buffer_free(&shown);
    return cells;
}

void area_put_padded(const struct area *area, struct spot spot, enum meaning meaning,
                     const char *text) {
    if (!fit(area, &spot)) {
        return;
    }
    struct buffer shown = {0};
    text_show_padded(&shown, text, spot.width);
    set_ink(area, meaning);
    put_cells(area, &spot, buffer_text(&shown));
    buffer_free(&shown);
}

int area_put_right(const struct area *area, struct spot spot, enum meaning meaning,
                   const char *text) {
    if (!fit(area, &spot)) {
        return 0;
    }
    struct buffer shown = {0};
    int cells = text_show(&shown, text, spot.width);
    spot.column += spot.width - cells;
    set_ink(area, meaning);
    put_cells(area, &spot, buffer_text(&shown));
    buffer_free(&shown);
    return cells;
}

int area_print(const struct area *area, struct spot spot, enum meaning meaning, const char *format,
               ...) {
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_add_list(&text, format, arguments);
    va_end(arguments);
    int cells = area_put(area, spot, meaning, buffer_text(&text));
    buffer_free(&text);
    return cells;
}

int area_put_wrapped(const struct area *area, struct spot spot, enum meaning meaning,
                     const char *text) {
    int left = area->width - spot.column;
    int width = spot.width == 0 || spot.width > left ? left : spot.width;
    if (width <= 0) {
        return 0;
    }
    int rows = 0;
    struct buffer line = {0};
    for (size_t at = 0; text[at] != '\0'; rows++) {
        size_t len = 0;
        size_t next = layout_break(text, at, width, &len);
        bool is_cut = text[next] != '\0' && spot.row + rows == area->height - 1;
        if (spot.row + rows < area->height) {
            buffer_clear(&line);
            size_t skipped = is_cut ? strspn(text + at, "\n") : 0;
            buffer_append(&line, text + at + skipped, is_cut ? strlen(text + at + skipped) : len);
            area_put(area, (struct spot){spot.row + rows, spot.column, width}, meaning,
                     buffer_text(&line));
        }
        at = next;
    }
    buffer_free(&line);
    return rows;
}

int area_put_mark(const struct area *area, struct spot spot, enum mark mark) {
    return area_put_mark_as(area, spot, palette_mark_meaning(mark), mark);
}

int area_put_mark_as(const struct area *area, struct spot spot, enum meaning meaning,
                     enum mark mark) {
    if (mark == MARK_NONE || !fit(area, &spot)) {
        return 0;
    }
    set_ink(area, meaning);
    put_cells(area, &spot, palette_mark(area->terminal, mark));
    return 1;
}

/* Puts SIGN, one cell wide, COUNT times. */
static void put_repeated(const struct area *area, struct spot spot, const char *sign, int count) {
    struct buffer signs = {0};
    for (int i = 0; i < count; i++) {
        buffer_add(&signs, sign);
    }
    put_cells(area, &spot, buffer_text(&signs));
    buffer_free(&signs);
}

void area_rule(const struct area *area, struct spot spot) {
    if (fit(area, &spot)) {
        set_ink(area, MEANING_BORDER);
        put_repeated(area, spot, terminal_is_unicode(area->terminal) ? "─" : "-", spot.width);
    }
}

struct area area_box(const struct area *area, const char *title) {
    static const char *const signs[2][6] = {{"+", "+", "+", "+", "-", "|"},
                                            {"┌", "┐", "└", "┘", "─", "│"}};
    const char *const *sign = signs[terminal_is_unicode(area->terminal) ? 1 : 0];
    int bottom = area->height - 1;
    int right = area->width - 1;
    if (bottom < 1 || right < 3) {
        return area_rows(*area, 0, 0);
    }
    set_ink(area, MEANING_BORDER);
    for (int row = 0; row <= bottom; row += bottom) {
        put_cells(area, &(struct spot){.row = row}, sign[row == 0 ? 0 : 2]);
        put_repeated(area, (struct spot){.row = row, .column = 1}, sign[4], right - 1);
        put_cells(area, &(struct spot){.row = row, .column = right}, sign[row == 0 ? 1 : 3]);
    }
    for (int row = 1; row < bottom; row++) {
        put_cells(area, &(struct spot){.row = row}, sign[5]);
        put_cells(area, &(struct spot){.row = row, .column = right}, sign[5]);
    }
    if (title != NULL && title[0] != '\0' && right > 6) {
        int used = area_put(area, (struct spot){0, 2, right - 4}, MEANING_TITLE, title);
        put_blanks(area, 0, 1, 1);
        put_blanks(area, 0, 2 + used, 1);
    }
    return area_columns(area_rows(*area, 1, bottom - 1), 2, right - 3);
}

void area_print_bar(const struct terminal *terminal, double share, int width, struct buffer *out) {
    share = isnan(share) || share < 0 ? 0 : share > 1 ? 1 : share;
    int filled = (int)lround(share * width);
    for (int cell = 0; cell < width; cell++) {
        buffer_add(out, palette_mark(terminal, cell < filled ? MARK_FULL : MARK_DOT));
    }
}

void area_print_sparkline(const struct terminal *terminal, const double *values, size_t count,
                          struct buffer *out) {
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    bool is_unicode = terminal_is_unicode(terminal);
    const char *const *signs = is_unicode ? blocks : digits;
    int top = (int)(is_unicode ? COUNT(blocks) : COUNT(digits)) - 1;
    double least = INFINITY;
    double most = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(values[i])) {
            least = fmin(least, values[i]);
            most = fmax(most, values[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        /* Halves keep the span of the largest doubles finite; level values stand low. */
        double span = most / 2 - least / 2;
        double share = span > 0 ? (values[i] / 2 - least / 2) / span : 0;
        buffer_add(out, isfinite(values[i]) ? signs[lround(share * top)] : " ");
    }
}

/* Reads how the cell at ROW, COLUMN of the screen is shown. */
static struct ink ink_of_cell(int row, int column) {
    cchar_t cell;
    wchar_t text[CCHARW_MAX + 1];
    struct ink ink = {0};
    mvwin_wch(stdscr, row, column, &cell);
    getcchar(&cell, text, &ink.attributes, &ink.pair, NULL);
    return ink;
}

void area_tint(const struct area *area, struct spot spot, enum meaning meaning) {
    if (!fit(area, &spot)) {
        return;
    }
    struct ink tint = palette_ink(area->terminal, meaning);
    for (int i = 0; i < spot.width; i++) {
        int row = area->row + spot.row;
        int column = area->column + spot.column + i;
        struct ink ink = ink_of_cell(row, column);
        short pair = ink.pair;
        if (tint.pair != 0) {
            pair = tint.pair;
        }
        attr_t attributes = (ink.attributes & A_ATTRIBUTES & ~A_COLOR) | tint.attributes;
        mvwchgat(stdscr, row, column, 1, attributes, pair, NULL);
    }
}

void area_place_cursor(const struct area *area, int row, int column) {
    if (area->height == 0 || area->width == 0) {
        return;
    }
    row = row < 0 ? 0 : row >= area->height ? area->height - 1 : row;
    column = column < 0 ? 0 : column >= area->width ? area->width - 1 : column;
    area->terminal->cursor_row = area->row + row;
    area->terminal->cursor_column = area->column + column;
}
