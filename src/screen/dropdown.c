/* Owns how completions look. Knows nothing of what they complete. */
#include "screen/dropdown.h"

#include "clause5/base/text.h"

enum { VALUE_WIDTH_MOST = 40, EDGE = 1, GAP = 2 };

int dropdown_rows(const struct candidates *candidates) {
    return candidates->count > DROPDOWN_ROWS ? DROPDOWN_ROWS : (int)candidates->count;
}

static int value_width(const struct candidates *candidates, int first, int rows) {
    int width = 8;
    for (int i = first; i < first + rows; i++) {
        int cells = text_width_cells(candidates->items[i].value);
        width = cells > width ? cells : width;
    }
    return width > VALUE_WIDTH_MOST ? VALUE_WIDTH_MOST : width;
}

static void draw_item(const struct area *line, const struct candidate *item, int width) {
    area_clear(line);
    int column = EDGE;
    if (item->is_create) {
        column += area_put(line, (struct spot){.column = column}, MEANING_KEY, "create") + 1;
    }
    area_put(line, (struct spot){0, column, width}, MEANING_TEXT, item->value);
    if (item->detail != NULL) {
        area_put(line, (struct spot){.column = column + width + GAP}, MEANING_DIM, item->detail);
    }
}

void dropdown_draw(const struct candidates *candidates, int chosen, const struct area *area) {
    int count = (int)candidates->count;
    bool is_cut = count > area->height;
    int rows = is_cut ? area->height : count;
    int first = chosen >= rows ? chosen - rows + 1 : 0;
    int width = value_width(candidates, first, rows);
    for (int i = 0; i < rows; i++) {
        struct area line = area_rows(*area, i, 1);
        draw_item(&line, &candidates->items[first + i], width);
        if (first + i == chosen) {
            area_tint(&line, (struct spot){0}, MEANING_SELECTED);
        }
    }
    if (is_cut && rows > 0) {
        area_print(area, (struct spot){.row = rows - 1, .column = area->width - 8}, MEANING_DIM,
                   "%d of %d", first + rows, count);
    }
}
