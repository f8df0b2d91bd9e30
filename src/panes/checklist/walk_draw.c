/* Owns how a line of the walk is laid out. The finding stands at the bottom and never leaves the
 * screen; above it stands what is known of the line, a row each where there is little room; what
 * helps to judge it takes the rows between. */
#include "panes/checklist/walk_draw.h"

#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "panes/checklist/verdict.h"

enum {
    LABEL_CELLS = 11,
    FINDING_ROWS = 4,
    HELP_ROWS = 5,   /* that what is known leaves to what helps to judge */
    KNOWN_LEAST = 2, /* rows of a group that others crowd */
};

/* A paragraph under its label; returns the row behind it, drawn or not. */
static int put_paragraph(const struct area *area, int row, const char *label, const char *text) {
    if (text[0] == '\0') {
        return row;
    }
    if (row < area->height) {
        area_put(area, (struct spot){row, 1, LABEL_CELLS - 1}, MEANING_LABEL, label);
    }
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

/* Lines under one label, each with its mark. */
struct group {
    const char *label;
    const struct walk_fact *facts;
    size_t count, shown; /* SHOWN of them have a row of their own */
};

enum group_of { GROUP_KNOWN, GROUP_EVIDENCE, GROUP_SAMPLES, GROUP_ACTIONS, GROUP_PREVIOUS, GROUPS };

static void gather_groups(const struct walk_line *line, const struct walk_known *known,
                          struct walk_fact *previous, struct group *groups) {
    const char *carried = value_text(&line->assessment.values[ASSESSMENT_CARRIED_NOTE]);
    bool has_result = line->previous[0] != '\0';
    previous->mark = MARK_NONE;
    previous->text = has_result ? line->previous : (char *)carried;
    groups[GROUP_KNOWN] = (struct group){.label = "Known here"};
    if (known != NULL) {
        groups[GROUP_KNOWN].facts = known->facts.items;
        groups[GROUP_KNOWN].count = known->facts.count;
    }
    groups[GROUP_EVIDENCE] = (struct group){
        .label = "Evidence", .facts = line->evidence.items, .count = line->evidence.count};
    groups[GROUP_SAMPLES] = (struct group){
        .label = "Sample", .facts = line->samples.items, .count = line->samples.count};
    groups[GROUP_ACTIONS] = (struct group){
        .label = "Actions", .facts = line->actions.items, .count = line->actions.count};
    groups[GROUP_PREVIOUS] = (struct group){.label = has_result ? "Last round" : "Noted then",
                                            .facts = previous,
                                            .count = previous->text[0] != '\0' ? 1 : 0};
    for (size_t i = 0; i < GROUPS; i++) {
        groups[i].shown = groups[i].count;
    }
}

static int rows_of(const struct group *groups) {
    int rows = 0;
    for (size_t i = 0; i < GROUPS; i++) {
        rows += (int)groups[i].shown;
    }
    return rows;
}

/* Takes rows from the groups until MOST are left, from the longest first, and none of its last. */
static void crowd(struct group *groups, int most) {
    while (rows_of(groups) > most) {
        struct group *longest = &groups[0];
        for (size_t i = 1; i < GROUPS; i++) {
            longest = groups[i].shown > longest->shown ? &groups[i] : longest;
        }
        if (longest->shown <= KNOWN_LEAST) {
            return;
        }
        longest->shown--;
    }
}

/* One line in one row; the last of a crowded group says how many more there are. */
static void put_fact(const struct area *area, int row, const struct group *group, size_t index) {
    const struct walk_fact *fact = &group->facts[index];
    size_t hidden = group->count - group->shown;
    int column = 1 + LABEL_CELLS;
    int more = 0;
    if (hidden > 0 && index + 1 == group->shown) {
        struct buffer text = {0};
        buffer_addf(&text, "  and %zu more", hidden);
        more = area_put_right(area, (struct spot){row, 0, area->width - 1}, MEANING_DIM,
                              buffer_text(&text));
        buffer_free(&text);
    }
    column += area_put_mark(area, (struct spot){row, column, 1}, fact->mark) > 0 ? 2 : 0;
    area_put(area, (struct spot){row, column, area->width - column - 1 - more}, MEANING_TEXT,
             fact->text);
}

/* The groups, a row for each line. */
static void put_crowded(const struct area *area, const struct group *groups) {
    int row = 0;
    for (size_t i = 0; i < GROUPS; i++) {
        if (groups[i].shown > 0) {
            area_put(area, (struct spot){row, 1, LABEL_CELLS - 1}, MEANING_LABEL, groups[i].label);
        }
        for (size_t fact = 0; fact < groups[i].shown; fact++) {
            put_fact(area, row++, &groups[i], fact);
        }
    }
}

/* The groups with every line whole. Returns the rows that they take, drawn or not. */
static int put_whole(const struct area *area, const struct group *groups) {
    int row = 0;
    for (size_t i = 0; i < GROUPS; i++) {
        if (groups[i].count > 0 && row < area->height) {
            area_put(area, (struct spot){row, 1, LABEL_CELLS - 1}, MEANING_LABEL, groups[i].label);
        }
        for (size_t fact = 0; fact < groups[i].count; fact++) {
            int column = 1 + LABEL_CELLS;
            enum mark mark = groups[i].facts[fact].mark;
            if (row < area->height) {
                area_put_mark(area, (struct spot){row, column, 1}, mark);
            }
            column += mark == MARK_NONE ? 0 : 2;
            row += area_put_wrapped(area, (struct spot){row, column, area->width - column - 1},
                                    MEANING_TEXT, groups[i].facts[fact].text);
        }
    }
    return row;
}

/* What helps to judge: what to look for and to ask, and where there is room the guidance before.
 * Returns the rows that it takes, drawn or not. */
static int put_help(const struct walk_line *line, bool has_guidance, const struct area *area) {
    const struct value *asked = line->requirement.values;
    const char *guidance = has_guidance ? value_text(&asked[REQUIREMENT_GUIDANCE]) : "";
    int row = put_paragraph(area, 0, "Guidance", guidance);
    row = put_paragraph(area, row, "Look for", value_text(&asked[REQUIREMENT_LOOK_FOR]));
    return put_paragraph(area, row, "Ask", value_text(&asked[REQUIREMENT_QUESTIONS]));
}

/* What helps above, what is known below. False where not all of it could be shown. */
static bool put_middle(const struct walk_line *line, const struct walk_known *known,
                       const struct area *area) {
    struct walk_fact previous;
    struct group groups[GROUPS];
    const struct area nowhere = area_rows(*area, 0, 0);
    gather_groups(line, known, &previous, groups);
    int whole = put_whole(&nowhere, groups);
    bool has_all = put_help(line, true, &nowhere) + whole <= area->height;
    int help = put_help(line, has_all, &nowhere);
    if (help + whole <= area->height) {
        struct area below = area_rows(*area, help, -1);
        put_help(line, has_all, area);
        put_whole(&below, groups);
        return has_all;
    }
    crowd(groups, area->height - (help < HELP_ROWS ? help : HELP_ROWS));
    int room = area->height - rows_of(groups);
    struct area above = area_rows(*area, 0, help < room ? help : room);
    struct area below = area_rows(*area, above.height, -1);
    put_help(line, false, &above);
    put_crowded(&below, groups);
    return false;
}

void walk_draw_line(const struct walk_line *line, const struct walk_known *known,
                    const struct area *area) {
    const struct value *asked = line->requirement.values;
    struct area help = area_rows(*area, 2, area->height - 2 - FINDING_ROWS);
    struct area finding = area_rows(*area, area->height - FINDING_ROWS, FINDING_ROWS);
    area_print(area, (struct spot){0, 1, area->width - 2}, MEANING_TITLE, "%s  %s",
               value_text(&asked[REQUIREMENT_REF]), value_text(&asked[REQUIREMENT_TITLE]));
    area_rule(area, (struct spot){1, 1, area->width - 2});
    if (!put_middle(line, known, &help)) {
        area_put_right(area, (struct spot){1, 0, area->width - 1}, MEANING_DIM, " all of it: w ");
    }
    put_finding(line, &finding);
    area_place_cursor(area, 0, 1);
}

static void print_part(struct buffer *out, const char *label, const char *text) {
    if (text[0] != '\0') {
        buffer_addf(out, "%s\n%s\n\n", label, text);
    }
}

void walk_print_line(const struct walk_line *line, const struct walk_known *known,
                     const struct terminal *terminal, struct buffer *out) {
    const struct value *asked = line->requirement.values;
    const struct value *found = line->assessment.values;
    struct walk_fact previous;
    struct group groups[GROUPS];
    gather_groups(line, known, &previous, groups);
    buffer_addf(out, "%s  %s\n\n", value_text(&asked[REQUIREMENT_REF]),
                value_text(&asked[REQUIREMENT_TITLE]));
    print_part(out, "Guidance", value_text(&asked[REQUIREMENT_GUIDANCE]));
    print_part(out, "Look for", value_text(&asked[REQUIREMENT_LOOK_FOR]));
    print_part(out, "Ask", value_text(&asked[REQUIREMENT_QUESTIONS]));
    for (size_t i = 0; i < GROUPS; i++) {
        if (groups[i].count == 0) {
            continue;
        }
        buffer_addf(out, "%s\n", groups[i].label);
        for (size_t fact = 0; fact < groups[i].count; fact++) {
            const char *mark = palette_mark(terminal, groups[i].facts[fact].mark);
            buffer_addf(out, "%s%s%s\n", mark, mark[0] == '\0' ? "" : " ",
                        groups[i].facts[fact].text);
        }
        buffer_add(out, "\n");
    }
    print_part(out, "Result", verdict_word(round_verdict_of(found)));
    print_part(out, "Note", value_text(&found[ASSESSMENT_NOTE]));
}
