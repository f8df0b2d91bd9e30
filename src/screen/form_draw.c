/* Owns how a form looks: which fields are in sight, and what is said under the current one. Changes
 * no value. */
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/screen/layout.h"
#include "screen/dropdown.h"
#include "screen/form_state.h"

enum {
    TITLE_ROWS = 1,
    LABEL_COLUMN = 3,
    LABEL_WIDTH_MOST = 24,
    LONG_ROWS_LEAST = 3,
    LONG_ROWS_MOST = 8,
    HELP_ROWS_MOST = 2,
    GAP = 2,
};

/* Where the parts of every field stand. */
struct sheet {
    struct area area;
    int value_column, value_width;
};

static int label_width(const struct form *form) {
    int width = 4;
    for (size_t i = 0; i < form->count; i++) {
        bool is_heading = (form->slots[i].field.flags & FORM_HEADING) != 0;
        int cells = is_heading ? 0 : text_width_cells(form->slots[i].field.label);
        width = cells > width ? cells : width;
    }
    return width > LABEL_WIDTH_MOST ? LABEL_WIDTH_MOST : width;
}

static bool is_current(const struct form *form, size_t field) {
    return field == form->current;
}

static int value_rows(const struct form *form, size_t field, int width) {
    const struct form_slot *slot = &form->slots[field];
    if (!is_current(form, field) || slot->field.kind != FORM_LONG_TEXT) {
        return 1;
    }
    int rows = editor_rows(slot->editor, width);
    return rows < LONG_ROWS_LEAST ? LONG_ROWS_LEAST : rows > LONG_ROWS_MOST ? LONG_ROWS_MOST : rows;
}

/* Draws all choices of a field from row ROW of the sheet on, the chosen one shown; with IS_DRAWN
 * false only counts. Returns the rows they take. */
static int put_choices(const struct form *form, const struct sheet *sheet, int row, bool is_drawn) {
    size_t count = 0;
    const struct form_slot *slot = &form->slots[form->current];
    const struct form_choice *choices = form_choices(slot, &count);
    int column = 0;
    int rows = count > 0 ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        const char *label = form_choice_label(&choices[i]);
        int width = text_width_cells(label);
        if (column > 0 && column + width > sheet->value_width) {
            column = 0;
            rows++;
        }
        if (is_drawn) {
            bool is_chosen = strcmp(choices[i].value, form_value(form, form->current)) == 0;
            area_put(&sheet->area,
                     (struct spot){row + rows - 1, sheet->value_column + column, width},
                     is_chosen ? MEANING_TAB_CHOSEN : MEANING_TAB, label);
        }
        column += width + GAP;
    }
    return rows;
}

/* What is said under the current field, in this order: its fault, what its value means, its help.
 */
static const char *note_of(const struct form_slot *slot, enum meaning *meaning, enum mark *mark) {
    *mark = MARK_NONE;
    *meaning = MEANING_DIM;
    if (slot->is_judged && slot->fault.kind != FAULT_NONE) {
        *mark = MARK_BAD;
        *meaning = MEANING_FAULT;
        return fault_text(&slot->fault);
    }
    if (slot->meaning.len_bytes > 0) {
        *meaning = MEANING_GOOD;
        return buffer_text(&slot->meaning);
    }
    return slot->field.help != NULL ? slot->field.help : "";
}

static int note_rows(const struct form_slot *slot, int width) {
    enum meaning meaning;
    enum mark mark;
    const char *note = note_of(slot, &meaning, &mark);
    int rows = 0;
    for (size_t at = 0; note[at] != '\0' && rows < HELP_ROWS_MOST; rows++) {
        size_t len = 0;
        at = layout_break(note, at, width > 4 ? width - 2 : 4, &len);
    }
    return rows;
}

static int draw_note(const struct form_slot *slot, const struct sheet *sheet, int row) {
    enum meaning meaning;
    enum mark mark;
    const char *note = note_of(slot, &meaning, &mark);
    int rows = note_rows(slot, sheet->value_width);
    struct area area = area_rows(sheet->area, row, rows);
    int indent = area_put_mark(&area, (struct spot){.column = sheet->value_column}, mark) * 2;
    area_put_wrapped(&area, (struct spot){0, sheet->value_column + indent, sheet->value_width - 2},
                     meaning, note);
    return rows;
}

/* The rows of a field with all that stands under it. */
static int block_rows(const struct form *form, const struct sheet *sheet, size_t field) {
    int rows = value_rows(form, field, sheet->value_width);
    if (is_current(form, field)) {
        rows += note_rows(&form->slots[field], sheet->value_width) +
                put_choices(form, sheet, 0, false) + dropdown_rows(&form->candidates);
    }
    return rows;
}

static void draw_label(const struct form *form, const struct sheet *sheet, size_t field, int row) {
    const struct form_slot *slot = &form->slots[field];
    if (is_current(form, field)) {
        area_put_mark_as(&sheet->area, (struct spot){.row = row}, MEANING_TEXT, MARK_CHOSEN);
    }
    if (slot->is_judged && slot->fault.kind != FAULT_NONE) {
        area_put_mark(&sheet->area, (struct spot){.row = row, .column = 1}, MARK_BAD);
    } else if ((slot->field.flags & FORM_REQUIRED) != 0) {
        area_put_mark(&sheet->area, (struct spot){.row = row, .column = 1}, MARK_REQUIRED);
    }
    area_put(&sheet->area, (struct spot){row, LABEL_COLUMN, sheet->value_column - LABEL_COLUMN - 1},
             is_current(form, field) ? MEANING_TITLE : MEANING_LABEL, slot->field.label);
}

/* What a field at rest shows: the label of its choice, or its text. */
static const char *text_at_rest(const struct form *form, size_t field) {
    size_t count = 0;
    const struct form_choice *choices = form_choices(&form->slots[field], &count);
    const char *value = form_value(form, field);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(choices[i].value, value) == 0) {
            return form_choice_label(&choices[i]);
        }
    }
    return value;
}

static void draw_value(struct form *form, const struct sheet *sheet, size_t field, int row) {
    struct form_slot *slot = &form->slots[field];
    struct area value =
        area_columns(area_rows(sheet->area, row, value_rows(form, field, sheet->value_width)),
                     sheet->value_column, sheet->value_width);
    if (is_current(form, field) && slot->editor != NULL) {
        editor_draw(slot->editor, &value);
        return;
    }
    bool is_fixed = slot->field.kind == FORM_READ_ONLY;
    enum meaning meaning = is_current(form, field) ? MEANING_INPUT
                           : is_fixed              ? MEANING_DIM
                                                   : MEANING_TEXT;
    area_put(&value, (struct spot){0}, meaning, text_at_rest(form, field));
    if (is_current(form, field)) {
        area_place_cursor(&value, 0, 0);
    }
}

/* Draws a field and what stands under it. Returns the rows used. */
static int draw_block(struct form *form, const struct sheet *sheet, size_t field, int row) {
    struct form_slot *slot = &form->slots[field];
    if ((slot->field.flags & FORM_HEADING) != 0) {
        area_put(&sheet->area, (struct spot){.row = row, .column = LABEL_COLUMN}, MEANING_TITLE,
                 slot->field.label);
        return 1;
    }
    draw_label(form, sheet, field, row);
    draw_value(form, sheet, field, row);
    int used = value_rows(form, field, sheet->value_width);
    if (!is_current(form, field)) {
        return used;
    }
    used += put_choices(form, sheet, row + used, true);
    used += draw_note(slot, sheet, row + used);
    struct area rows =
        area_columns(area_rows(sheet->area, row + used, dropdown_rows(&form->candidates)),
                     sheet->value_column, sheet->value_width);
    dropdown_draw(&form->candidates, form->chosen, &rows);
    return used + dropdown_rows(&form->candidates);
}

/* Scrolls so that the whole block of the current field is in sight, its label at the least. */
static void scroll(struct form *form, const struct sheet *sheet) {
    if (form->first_shown > form->current) {
        form->first_shown = form->current;
    }
    int rows = 0;
    for (size_t i = form->first_shown; i <= form->current && i < form->count; i++) {
        rows += block_rows(form, sheet, i);
    }
    while (rows > sheet->area.height && form->first_shown < form->current) {
        rows -= block_rows(form, sheet, form->first_shown++);
    }
    /* Rows left free below the last field bring back fields above. */
    for (size_t i = form->current + 1; i < form->count; i++) {
        rows += block_rows(form, sheet, i);
    }
    while (form->first_shown > 0) {
        rows += block_rows(form, sheet, form->first_shown - 1);
        if (rows > sheet->area.height) {
            break;
        }
        form->first_shown--;
    }
}

static void draw_title(const struct form *form, const struct area *area) {
    size_t changed = 0;
    for (size_t i = 0; i < form->count; i++) {
        changed += form_is_changed(form, i) ? 1 : 0;
    }
    struct buffer right = {0};
    if (changed > 0) {
        buffer_addf(&right, "%zu changed", changed);
    }
    area_put(area, (struct spot){0, 1, area->width - 14}, MEANING_TITLE, form->title);
    area_put_right(area, (struct spot){0, area->width - 13, 12}, MEANING_DIM, buffer_text(&right));
    buffer_free(&right);
}

void form_draw(struct form *form, const struct area *area) {
    area_clear(area);
    draw_title(form, area);
    struct sheet sheet = {.area = area_rows(*area, TITLE_ROWS, area->height - TITLE_ROWS)};
    sheet.value_column = LABEL_COLUMN + label_width(form) + GAP;
    sheet.value_width = area->width - sheet.value_column - 1;
    scroll(form, &sheet);
    int row = 0;
    for (size_t i = form->first_shown; i < form->count && row < sheet.area.height; i++) {
        row += draw_block(form, &sheet, i, row);
    }
}
