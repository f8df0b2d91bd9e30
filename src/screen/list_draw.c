/* Owns how a list is laid out and drawn: which columns fit, titles, rows, the chosen row. Moves
 * nothing; only a new height makes it ask for rows. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/screen/layout.h"
#include "screen/list_state.h"

enum { GUTTER = 1, GAP = 2 };

struct place {
    size_t column;
    int at, width;
};

/* The columns on the screen, from left to right. */
struct layout {
    struct place *places;
    size_t count;
    bool has_more_left, has_more_right;
};

static int least_width(const struct list_column *column) {
    return column->least_width > 0 && column->least_width < column->width ? column->least_width
                                                                          : column->width;
}

/* The cells that the places need at least, gaps included. */
static int least_total(const struct list *list, const struct layout *layout) {
    int total = 0;
    for (size_t i = 0; i < layout->count; i++) {
        total += least_width(&list->options.columns[layout->places[i].column]) + (i > 0 ? GAP : 0);
    }
    return total;
}

static void add_place(struct layout *layout, size_t column) {
    layout->places[layout->count++] = (struct place){.column = column};
}

/* Takes out the column with the largest priority, the last among equals. False where all are 0. */
static bool drop_one(const struct list *list, struct layout *layout) {
    size_t victim = layout->count;
    int worst = 0;
    for (size_t i = 0; i < layout->count; i++) {
        int priority = list->options.columns[layout->places[i].column].priority;
        if (priority > 0 && priority >= worst) {
            victim = i;
            worst = priority;
        }
    }
    if (victim == layout->count) {
        return false;
    }
    layout->count--;
    memmove(&layout->places[victim], &layout->places[victim + 1],
            (layout->count - victim) * sizeof *layout->places);
    return true;
}

static bool holds(const struct layout *layout, size_t column) {
    for (size_t i = 0; i < layout->count; i++) {
        if (layout->places[i].column == column) {
            return true;
        }
    }
    return false;
}

/* Moves the COUNT places from FIRST on behind all others. */
static void move_to_end(struct layout *layout, size_t first, size_t count) {
    size_t behind = layout->count - first - count;
    for (size_t moved = 0; moved < count; moved++) {
        struct place place = layout->places[first];
        memmove(&layout->places[first], &layout->places[first + 1],
                (behind + count - 1) * sizeof place);
        layout->places[first + behind + count - 1] = place;
    }
}

/* The frozen columns, those from FIRST on that fit, and the frozen ones at the end. */
static void lay_scrolled(const struct list *list, size_t first, int width, struct layout *layout) {
    size_t frozen = list->options.frozen;
    size_t count = list->options.column_count;
    size_t end_count = count > frozen + list->options.frozen_end ? list->options.frozen_end : 0;
    size_t end = count - end_count;
    size_t at_end = frozen;
    layout->count = 0;
    for (size_t i = 0; i < frozen; i++) {
        add_place(layout, i);
    }
    for (size_t i = end; i < count; i++) {
        add_place(layout, i);
    }
    if (least_total(list, layout) > (end_count > 0 ? width * 2 / 3 : width / 2)) {
        layout->count = at_end = end_count = 0; /* too narrow to keep anything in place */
        end = count;
    }
    for (size_t column = first; column < end; column++) {
        if (holds(layout, column)) {
            continue;
        }
        add_place(layout, column);
        if (least_total(list, layout) > width && column > first) {
            layout->count--;
            break;
        }
    }
    move_to_end(layout, at_end, end_count);
}

/* Gives each place its width: the least, its share of what it would like more, then of what is
 * left over. */
static void spread(const struct list *list, int width, struct layout *layout) {
    int left = width - least_total(list, layout);
    int wished = 0;
    int grow = 0;
    for (size_t i = 0; i < layout->count; i++) {
        const struct list_column *column = &list->options.columns[layout->places[i].column];
        layout->places[i].width = least_width(column);
        wished += column->width - least_width(column);
        grow += column->grow;
    }
    int given = left < wished ? (left > 0 ? left : 0) : wished;
    int surplus = left - given;
    int at = GUTTER;
    for (size_t i = 0; i < layout->count; i++) {
        struct place *place = &layout->places[i];
        const struct list_column *column = &list->options.columns[place->column];
        int wish = column->width - least_width(column);
        if (wished > 0) {
            int more = given * wish / wished;
            place->width += more;
            given -= more;
            wished -= wish;
        }
        if (grow > 0 && surplus > 0) {
            int more = surplus * column->grow / grow;
            place->width += more;
            surplus -= more;
            grow -= column->grow;
        }
        place->at = at;
        at += place->width + GAP;
    }
}

/* Says on which sides of the chosen column there are columns that are not shown. */
static void note_hidden(const struct list *list, struct layout *layout) {
    layout->has_more_left = false;
    layout->has_more_right = false;
    for (size_t i = 0; i < list->options.column_count; i++) {
        if (!holds(layout, i)) {
            layout->has_more_left = layout->has_more_left || i < list->chosen_column;
            layout->has_more_right = layout->has_more_right || i > list->chosen_column;
        }
    }
}

static void lay_out(struct list *list, int width, struct layout *layout) {
    int room = width - GUTTER;
    layout->places = memory_zero(list->options.column_count + 1, sizeof *layout->places);
    for (size_t i = 0; i < list->options.column_count; i++) {
        add_place(layout, i);
    }
    bool fits = least_total(list, layout) <= room;
    while (!fits && drop_one(list, layout)) {
        fits = least_total(list, layout) <= room;
    }
    if (!fits || !holds(layout, list->chosen_column)) {
        size_t first = list->first_column;
        first = first < list->options.frozen ? list->options.frozen : first;
        first = list->chosen_column >= list->options.frozen && list->chosen_column < first
                    ? list->chosen_column
                    : first;
        lay_scrolled(list, first, room, layout);
        while (!holds(layout, list->chosen_column) && first < list->chosen_column) {
            lay_scrolled(list, ++first, room, layout);
        }
        list->first_column = first;
    }
    note_hidden(list, layout);
    spread(list, room, layout);
}

static void put_aligned(const struct area *area, const struct spot *spot, enum list_align align,
                        struct list_cell cell) {
    if (align == LIST_RIGHT) {
        area_put_right(area, *spot, cell.meaning, cell.text);
    } else {
        area_put(area, *spot, cell.meaning, cell.text);
    }
}

/* The cells of a title: its place's, less what the sign at the right end needs. */
static int title_width(const struct area *area, const struct layout *layout,
                       const struct place *place) {
    int room = area->width - GAP - place->at;
    return layout->has_more_right && room > 0 && place->width > room ? room : place->width;
}

static void draw_titles(const struct list *list, const struct area *area,
                        const struct layout *layout) {
    area_put_padded(area, (struct spot){0}, MEANING_COLUMN, "");
    for (size_t i = 0; i < layout->count; i++) {
        const struct place *place = &layout->places[i];
        const struct list_column *column = &list->options.columns[place->column];
        struct buffer title = {0};
        if (list->sort_column == (int)place->column) {
            enum mark mark = list->is_descending ? MARK_DOWN : MARK_UP;
            buffer_addf(&title, "%s ", palette_mark(area->terminal, mark));
        }
        buffer_add(&title, column->title);
        struct list_cell cell = {.text = title.bytes, .meaning = MEANING_COLUMN};
        if (cell.text != NULL) {
            struct spot spot = {0, place->at, title_width(area, layout, place)};
            put_aligned(area, &spot, column->align, cell);
        }
        buffer_free(&title);
    }
    if (layout->has_more_left) {
        area_put_mark(area, (struct spot){0}, MARK_LEFT);
    }
    if (layout->has_more_right) {
        area_put_mark(area, (struct spot){.column = area->width - 1}, MARK_RIGHT);
    }
}

/* Returns the offset of NEEDLE in TEXT from AT on without regard to ASCII case, or -1. */
static ptrdiff_t find_text(const char *text, size_t at, const char *needle) {
    const char *found = strcasestr(text + at, needle);
    return found != NULL ? found - text : -1;
}

static void tint_hits(const struct list *list, const struct area *area, const struct spot *spot,
                      const char *shown) {
    size_t needle_bytes = strlen(list->highlight);
    for (ptrdiff_t hit = find_text(shown, 0, list->highlight); hit >= 0;
         hit = find_text(shown, (size_t)hit + needle_bytes, list->highlight)) {
        int before = layout_width(shown, (size_t)hit);
        int cells = layout_width(shown + hit, needle_bytes);
        if (cells > 0 && before + cells <= spot->width) {
            area_tint(area, (struct spot){spot->row, spot->column + before, cells}, MEANING_HIT);
        }
    }
}

static void draw_cell(const struct list *list, const struct area *area, struct spot spot,
                      const struct list_cell *cell, enum list_align align) {
    const char *text = cell->text != NULL ? cell->text : "";
    if (cell->mark != MARK_NONE) {
        area_put_mark_as(area, spot,
                         cell->meaning != MEANING_TEXT ? cell->meaning
                                                       : palette_mark_meaning(cell->mark),
                         cell->mark);
        spot.column += 2;
        spot.width -= 2;
    }
    if (text[0] == '\0' || spot.width <= 0) {
        return;
    }
    struct buffer shown = {0};
    int cells = text_show(&shown, text, spot.width);
    if (align == LIST_RIGHT) {
        spot.column += spot.width - cells;
        spot.width = cells;
    }
    area_put(area, spot, cell->meaning, buffer_text(&shown));
    if (list->highlight != NULL) {
        tint_hits(list, area, &spot, buffer_text(&shown));
    }
    buffer_free(&shown);
}

/* The cells that a text may take: its place, and where its column spills the empty ones behind. */
static int spilled_width(const struct list *list, const struct layout *layout, size_t at,
                         const struct list_row *row) {
    const struct place *place = &layout->places[at];
    int width = place->width;
    if (!list->options.columns[place->column].spills) {
        return width;
    }
    for (size_t i = at + 1; i < layout->count; i++) {
        const struct list_cell *next = &row->cells[layout->places[i].column];
        if (next->mark != MARK_NONE || (next->text != NULL && next->text[0] != '\0')) {
            break;
        }
        width += GAP + layout->places[i].width;
    }
    return width;
}

static void draw_row(const struct list *list, const struct area *area, const struct layout *layout,
                     const struct list_row *row) {
    if (row->is_heading) {
        const char *text = row->cell_count > 0 ? row->cells[0].text : NULL;
        area_put(area, (struct spot){.column = GUTTER}, MEANING_TITLE, text != NULL ? text : "");
        return;
    }
    for (size_t i = 0; i < layout->count; i++) {
        const struct place *place = &layout->places[i];
        struct spot spot = {0, place->at, spilled_width(list, layout, i, row)};
        draw_cell(list, area, spot, &row->cells[place->column],
                  list->options.columns[place->column].align);
    }
    if (list_is_marked(list, row->id)) {
        area_put_mark(area, (struct spot){0}, MARK_MARKED);
        area_tint(area, (struct spot){0}, MEANING_MARKED);
    }
}

static void draw_cursor(const struct list *list, const struct area *area,
                        const struct layout *layout, int64_t id) {
    struct spot chosen = {0, GUTTER, 0};
    for (size_t i = 0; i < layout->count; i++) {
        if (layout->places[i].column == list->chosen_column) {
            chosen = (struct spot){0, layout->places[i].at, layout->places[i].width};
        }
    }
    if (!list_is_marked(list, id)) {
        area_put_mark_as(area, (struct spot){0}, MEANING_TEXT, MARK_CHOSEN);
    }
    if (list->options.has_cell_cursor) {
        area_tint(area, chosen, MEANING_SELECTED);
    } else {
        if (list->chosen_column > 0) {
            area_tint(area, chosen, MEANING_INPUT);
        }
        area_tint(area, (struct spot){0}, MEANING_SELECTED);
    }
    area_place_cursor(area, 0, chosen.column);
}

static void draw_empty(const struct list *list, const struct area *area) {
    bool is_faulty = list->fault.kind != FAULT_NONE;
    const char *text = is_faulty ? fault_text(&list->fault) : list->options.empty;
    if (text != NULL) {
        area_put_wrapped(area, (struct spot){.row = 1, .column = 2, .width = area->width - 4},
                         is_faulty ? MEANING_FAULT : MEANING_DIM, text);
    }
    area_place_cursor(area, 0, 0);
}

void list_draw(struct list *list, const struct area *area) {
    struct layout layout = {0};
    lay_out(list, area->width, &layout);
    list->top_row = list->options.hides_titles ? 0 : 1;
    struct area body = area_rows(*area, list->top_row, -1);
    list_fit_height(list, (size_t)body.height);
    if (!list->options.hides_titles) {
        draw_titles(list, area, &layout);
    }
    if (list->window.count == 0) {
        draw_empty(list, &body);
    }
    for (size_t i = 0; i < list->window.count && i < (size_t)body.height; i++) {
        struct area line = area_rows(body, (int)i, 1);
        draw_row(list, &line, &layout, &list->window.rows[i]);
        if (i == list->cursor) {
            draw_cursor(list, &line, &layout, list->window.rows[i].id);
        }
    }
    free(layout.places);
}
