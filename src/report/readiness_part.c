/* Owns how readiness is shown; it is counted by clause5/audit/readiness.h. */
#include "report/readiness_part.h"

#include <string.h>

#include "clause5/audit/readiness.h"
#include "clause5/base/memory.h"
#include "report/html.h"
#include "report/sections.h"

enum {
    BAR_LEFT = 170,
    BAR_WIDTH = 330,
    BAR_HEIGHT = 16,
    ROW_HEIGHT = 26,
    CHART_WIDTH = 640,
};

/* How each standing is drawn and marked. */
static const struct {
    const char *fill, *stroke;
    enum html_mark mark;
} looks[] = {
    [STANDING_MET] = {"#0b4f8a", "#0b4f8a", HTML_GOOD},
    [STANDING_HALF] = {"#9cc3e6", "#0b4f8a", HTML_WARNING},
    [STANDING_NOT_MET] = {"#c2554f", "#a3221b", HTML_BAD},
    [STANDING_NOT_KNOWN] = {"#ffffff", "#4a5560", HTML_OPEN},
};
_Static_assert(COUNT(looks) == STANDING_COUNT, "one row per standing");

/* What a clause is about, in a word or two; "" for one that the program does not know. */
static const char *clause_words(const char *clause) {
    static const char *const words[][2] = {
        {"4.3", "Scope"},        {"5.1", "Leadership"},         {"5.2", "Policy"},
        {"5.3", "Roles"},        {"6.2", "Objectives"},         {"7.1", "Resources"},
        {"7.2", "Competence"},   {"7.3", "Awareness"},          {"7.4", "Communication"},
        {"7.5", "Documents"},    {"9.2", "Internal audit"},     {"9.3", "Management review"},
        {"10.1", "Improvement"}, {"10.2", "Corrective action"},
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (strcmp(words[i][0], clause) == 0) {
            return words[i][1];
        }
    }
    return "";
}

/* "5½ of 8": half ones count half. */
static void add_met_of(struct buffer *out, const struct readiness_count *count) {
    int halves = 2 * count->standings[STANDING_MET] + count->standings[STANDING_HALF];
    if (halves > 1 || halves == 0) {
        buffer_addf(out, "%d", halves / 2);
    }
    buffer_addf(out, "%s of %d", halves % 2 != 0 ? "½" : "", count->total);
}

static void add_bar(struct buffer *out, const struct readiness_count *count, int row) {
    int y = row * ROW_HEIGHT + 4;
    int before = 0;
    buffer_addf(out, "<text x=\"0\" y=\"%d\">", y + 12);
    html_add_text(out, count->clause);
    buffer_addf(out, " %s</text>\n", clause_words(count->clause));
    for (int standing = 0; standing < STANDING_COUNT; standing++) {
        int lines = count->standings[standing];
        if (lines > 0) {
            buffer_addf(out,
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" "
                        "stroke=\"%s\"/>\n",
                        BAR_LEFT + (double)BAR_WIDTH * before / count->total, y,
                        (double)BAR_WIDTH * lines / count->total, BAR_HEIGHT, looks[standing].fill,
                        looks[standing].stroke);
        }
        before += lines;
    }
    buffer_addf(out, "<text x=\"%d\" y=\"%d\">%d %%, ", BAR_LEFT + BAR_WIDTH + 10, y + 12,
                readiness_percent(count));
    add_met_of(out, count);
    buffer_add(out, "</text>\n");
}

static void add_legend(struct buffer *out, int y) {
    int x = BAR_LEFT;
    for (int standing = 0; standing < STANDING_COUNT; standing++) {
        buffer_addf(out,
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\" "
                    "stroke=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n",
                    x, y, looks[standing].fill, looks[standing].stroke, x + 17, y + 10,
                    standing_word((enum standing)standing));
        x += 85;
    }
}

static void add_chart(struct buffer *out, const struct readiness *readiness) {
    int rows = (int)readiness->clause_count;
    buffer_addf(out,
                "<figure class=\"bars\"><svg viewBox=\"0 0 %d %d\" role=\"img\" "
                "aria-label=\"Readiness by clause: %d percent in all; the table below has the "
                "counts\">\n",
                CHART_WIDTH, (rows + 1) * ROW_HEIGHT + 6, readiness_percent(&readiness->whole));
    for (int i = 0; i < rows; i++) {
        add_bar(out, &readiness->clauses[i], i);
    }
    add_legend(out, rows * ROW_HEIGHT + 10);
    buffer_add(out, "</svg></figure>\n");
}

static void add_count_row(struct buffer *out, const struct readiness_count *count) {
    buffer_add(out, "<tr><th scope=\"row\">");
    html_add_text(out, count->clause != NULL ? count->clause : "All");
    buffer_addf(out, " %s</th><td class=\"number\">%d %%</td><td class=\"number\">",
                count->clause != NULL ? clause_words(count->clause) : "", readiness_percent(count));
    add_met_of(out, count);
    buffer_add(out, "</td>");
    for (int standing = 0; standing < STANDING_COUNT; standing++) {
        buffer_addf(out, "<td class=\"number\">%d</td>", count->standings[standing]);
    }
    buffer_add(out, "</tr>\n");
}

static void add_counts(struct buffer *out, const struct readiness *readiness) {
    static const char caption[] = "Requirements met, by clause";
    buffer_addf(out,
                "<div class=\"wide\" role=\"region\" aria-label=\"%s\" tabindex=\"0\">\n"
                "<table><caption>%s</caption>\n<thead><tr><th scope=\"col\">Clause</th>"
                "<th scope=\"col\" class=\"number\">Ready</th>"
                "<th scope=\"col\" class=\"number\">Counted</th>",
                caption, caption);
    for (int standing = 0; standing < STANDING_COUNT; standing++) {
        const char *word = standing_word((enum standing)standing);
        buffer_addf(out, "<th scope=\"col\" class=\"number\">%c%s</th>", word[0] - 'a' + 'A',
                    word + 1);
    }
    buffer_add(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < readiness->clause_count; i++) {
        add_count_row(out, &readiness->clauses[i]);
    }
    add_count_row(out, &readiness->whole);
    buffer_add(out, "</tbody></table></div>\n");
}

static void add_missing_row(struct buffer *out, const struct requirement_standing *line) {
    buffer_add(out, "<tr><th scope=\"row\" class=\"ref\"><a href=\"#");
    html_add_id(out, "line", line->ref);
    buffer_add(out, "\">");
    html_add_text(out, line->ref);
    buffer_add(out, "</a></th><td class=\"title\">");
    html_add_text(out, line->title);
    buffer_add(out, "</td><td class=\"state\">");
    html_add_state(out, looks[line->standing].mark, standing_word(line->standing));
    buffer_add(out, "</td><td class=\"text\">");
    html_add_paragraphs(out, line->reason != NULL ? line->reason : "");
    buffer_add(out, "</td></tr>\n");
}

static void add_missing(struct buffer *out, const struct readiness *readiness) {
    static const char caption[] = "What is missing for each line that is not wholly met";
    bool has_any = false;
    for (size_t i = 0; i < readiness->requirement_count; i++) {
        if (readiness->requirements[i].standing == STANDING_MET) {
            continue;
        }
        if (!has_any) {
            buffer_addf(out,
                        "<div class=\"wide\" role=\"region\" aria-label=\"%s\" tabindex=\"0\">\n"
                        "<table><caption>%s</caption>\n<thead><tr><th scope=\"col\">Line</th>"
                        "<th scope=\"col\">What is asked</th><th scope=\"col\">Stands</th>"
                        "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n",
                        caption, caption);
            has_any = true;
        }
        add_missing_row(out, &readiness->requirements[i]);
    }
    buffer_add(out, has_any ? "</tbody></table></div>\n" : "<p>Every line is met.</p>\n");
}

void readiness_part_add_tile(struct frame *frame) {
    const struct readiness_count *whole = &frame->readiness->whole;
    buffer_addf(frame->out, "<li><strong>%d %%</strong>ready: ", readiness_percent(whole));
    add_met_of(frame->out, whole);
    buffer_addf(frame->out, " requirements, %d not known</li>\n",
                whole->standings[STANDING_NOT_KNOWN]);
}

bool section_readiness(struct frame *frame) {
    const struct readiness *readiness = frame->readiness;
    buffer_add(frame->out,
               "<p>Each line counts by its newest result of the last three years, and only as long "
               "as no check finds an error on it. A line without a result counts by what the "
               "registers show. Half ones count half; what is not known counts as not met. "
               "Practices do not count.</p>\n");
    if (readiness->clause_count == 0) {
        buffer_add(frame->out, "<p>The checklist has no line.</p>\n");
        return true;
    }
    add_chart(frame->out, readiness);
    add_counts(frame->out, readiness);
    add_missing(frame->out, readiness);
    return true;
}
