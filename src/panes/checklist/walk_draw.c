/* Owns how a line of the walk is laid out. The finding stands at the bottom and never leaves the
 * screen; what helps to find it takes the rows between. */
#include "panes/checklist/walk_draw.h"

#include "clause5/audit/round.h"
#include "panes/checklist/verdict.h"

enum { LABEL_CELLS = 11, FINDING_ROWS = 4 };

/* A paragraph under its label; returns the row behind it. */
static int put_paragraph(const struct area *area, int row, const char *label, const char *text) {
    if (text[0] == '\0' || row >= area->height) {
        return row;
    }
    area_put(area, (struct spot){row, 1, LABEL_CELLS - 1}, MEANING_LABEL, label);
    return row + area_put_wrapped(
                     area, (struct spot){row, 1 + LABEL_CELLS, area->width - LABEL_CELLS - 2},
                     MEANING_TEXT, text);
}

static void put_finding(const struct walk_line *line, const struct area *area) {
    enum round_verdict verdict = round_verdict_of(line->assessment.values);
    enum mark mark = verdict_mark(verdict);
    const char *note = value_text(&line->assessment.values[ASSESSMENT_NOTE]);
    const char *word = verdict_word(verdict);
    area_rule(area, (struct spot){0, 1, area->width - 2});
    area_put(area, (struct spot){1, 1, LABEL_CELLS}, MEANING_LABEL, "Result");
    area_put_mark(area, (struct spot){1, 1 + LABEL_CELLS, 1}, mark);
    area_put(area, (struct spot){1, 3 + LABEL_CELLS, 0}, palette_mark_meaning(mark), word);
    put_paragraph(area, 2, "Note", note[0] == '\0' ? "(e writes it)" : note);
}

/* What the checks say, a line each with its mark. */
static int put_known(const struct walk_known *known, const struct area *area, int row) {
    if (known == NULL || known->count == 0) {
        return known == NULL ? put_paragraph(area, row, "Known here",
                                             palette_mark(area->terminal, MARK_ELLIPSIS))
                             : row;
    }
    area_put(area, (struct spot){row, 1, LABEL_CELLS - 1}, MEANING_LABEL, "Known here");
    for (size_t i = 0; i < known->count; i++) {
        area_put_mark(area, (struct spot){row, 1 + LABEL_CELLS, 1}, known->items[i].mark);
        row += area_put_wrapped(area,
                                (struct spot){row, 3 + LABEL_CELLS, area->width - LABEL_CELLS - 4},
                                MEANING_TEXT, known->items[i].text);
    }
    return row;
}

/* What helps to judge: guidance, what to look for and ask, and what is known. */
static int put_help(const struct walk_line *line, const struct walk_known *known,
                    const struct area *area) {
    const struct value *asked = line->requirement.values;
    int row = put_paragraph(area, 0, "Guidance", value_text(&asked[REQUIREMENT_GUIDANCE]));
    row = put_paragraph(area, row, "Look for", value_text(&asked[REQUIREMENT_LOOK_FOR]));
    row = put_paragraph(area, row, "Ask", value_text(&asked[REQUIREMENT_QUESTIONS]));
    row = put_known(known, area, row);
    row = put_paragraph(area, row, "Evidence", line->evidence);
    row = put_paragraph(area, row, "Actions", line->actions);
    if (line->previous[0] != '\0') {
        return put_paragraph(area, row, "Last round", line->previous);
    }
    return put_paragraph(area, row, "Noted then",
                         value_text(&line->assessment.values[ASSESSMENT_CARRIED_NOTE]));
}

void walk_draw_line(const struct walk_line *line, const struct walk_known *known,
                    const struct area *area) {
    const struct value *asked = line->requirement.values;
    struct area help = area_rows(*area, 2, area->height - 2 - FINDING_ROWS);
    struct area finding = area_rows(*area, area->height - FINDING_ROWS, FINDING_ROWS);
    area_print(area, (struct spot){0, 1, area->width - 2}, MEANING_TITLE, "%s  %s",
               value_text(&asked[REQUIREMENT_REF]), value_text(&asked[REQUIREMENT_TITLE]));
    area_rule(area, (struct spot){1, 1, area->width - 2});
    if (put_help(line, known, &help) > help.height) {
        area_put_right(area, (struct spot){1, 0, area->width - 1}, MEANING_DIM, " more: d ");
    }
    put_finding(line, &finding);
    area_place_cursor(area, 0, 1);
}
