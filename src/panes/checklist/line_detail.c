/* Owns the detail beside the checklist's lists; knows nothing of lists. */
#include "panes/checklist/line_detail.h"

#include "clause5/audit/round.h"
#include "panes/checklist/verdict.h"
#include "panes/checklist/walk.h"
#include "panes/checklist/walk_draw.h"

enum { LABEL_CELLS = 8 };

static bool load(struct app *app, int64_t assessment, struct walk_line *line) {
    struct fault fault = {0};
    bool is_loaded = assessment != 0 && walk_line_load(app_workbook(app), assessment, line, &fault);
    fault_clear(&fault);
    return is_loaded;
}

void line_detail_draw(struct app *app, int64_t assessment, const struct area *area) {
    static const struct walk_known nothing = {0};
    struct walk_line line;
    if (load(app, assessment, &line)) {
        walk_draw_line(&line, &nothing, area);
        walk_line_free(&line);
    }
}

/* One round's result and note; returns the row behind them. */
static int put_round(const struct area *area, int row, const char *label,
                     const struct walk_line *line) {
    enum round_verdict verdict = round_verdict_of(line->assessment.values);
    area_put(area, (struct spot){row, 0, LABEL_CELLS - 1}, MEANING_LABEL, label);
    area_put_mark(area, (struct spot){row, LABEL_CELLS, 1}, verdict_mark(verdict));
    area_print(area, (struct spot){row, LABEL_CELLS + 2, 0}, MEANING_TEXT, "%s  (%s)",
               verdict_word(verdict), line->key);
    row++;
    const char *note = value_text(&line->assessment.values[ASSESSMENT_NOTE]);
    if (note[0] != '\0') {
        row += area_put_wrapped(area, (struct spot){row, LABEL_CELLS, 0}, MEANING_TEXT, note);
    }
    for (size_t i = 0; i < line->actions.count; i++) {
        area_put_mark(area, (struct spot){row, LABEL_CELLS, 1}, line->actions.items[i].mark);
        row += area_put_wrapped(area, (struct spot){row, LABEL_CELLS + 2, 0}, MEANING_TEXT,
                                line->actions.items[i].text);
    }
    return row + 1;
}

void line_detail_draw_pair(struct app *app, int64_t before, int64_t now, const struct area *area) {
    struct walk_line earlier;
    struct walk_line later;
    if (!load(app, now, &later)) {
        return;
    }
    const struct value *asked = later.requirement.values;
    int row = area_put_wrapped(area, (struct spot){0, 0, 0}, MEANING_TITLE,
                               value_text(&asked[REQUIREMENT_TITLE])) +
              1;
    if (load(app, before, &earlier)) {
        row = put_round(area, row, "Before", &earlier);
        walk_line_free(&earlier);
    }
    put_round(area, row, "Now", &later);
    walk_line_free(&later);
}
