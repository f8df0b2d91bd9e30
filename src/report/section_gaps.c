/* Owns what the checks find, as the report tells it. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/check.h"
#include "report/html.h"
#include "report/sections.h"

enum { MESSAGES_OF_A_CHECK_MOST = 25 }; /* beyond these only the count is told */

/* How many findings from FIRST on are of one check, and how many of these count. */
struct group {
    size_t first, behind;
    size_t counting;
};

static struct group find_group(const struct findings *findings, size_t first) {
    struct group group = {.first = first, .behind = first};
    const struct check *check = findings->items[first].check;
    while (group.behind < findings->count && findings->items[group.behind].check == check) {
        group.counting += findings->items[group.behind].set_aside_until == NULL;
        group.behind++;
    }
    return group;
}

/* Appends refs, separated by blanks, as links to their lines. */
static void add_lines(struct buffer *out, const char *refs) {
    while (*refs != '\0') {
        size_t length = strcspn(refs, " ");
        struct buffer ref = {0};
        buffer_append(&ref, refs, length);
        buffer_add(out, "<a href=\"#");
        html_add_id(out, "line", buffer_text(&ref));
        buffer_add(out, "\">");
        html_add_text(out, buffer_text(&ref));
        buffer_add(out, "</a>");
        buffer_free(&ref);
        refs += length + strspn(refs + length, " ");
        buffer_add(out, *refs != '\0' ? " " : "");
    }
}

static void add_messages(struct buffer *out, const struct findings *findings,
                         const struct group *group) {
    size_t shown = 0;
    buffer_add(out, "<ul>");
    for (size_t i = group->first; i < group->behind && shown < MESSAGES_OF_A_CHECK_MOST; i++) {
        if (findings->items[i].set_aside_until == NULL) {
            buffer_add(out, "<li>");
            html_add_text(out, findings->items[i].message);
            buffer_add(out, "</li>");
            shown++;
        }
    }
    if (group->counting > shown) {
        buffer_addf(out, "<li>and %zu more</li>", group->counting - shown);
    }
    buffer_add(out, "</ul>");
}

/* A row for each check: its weight, its lines, all that it finds, and what to do about it. */
static void add_group(struct buffer *out, const struct findings *findings,
                      const struct group *group) {
    const struct check *check = findings->items[group->first].check;
    const char *severity = severity_word(check->severity);
    if (group->counting == 0) {
        return;
    }
    buffer_add(out, "<tr><th scope=\"row\" class=\"state\">");
    html_add_state(out, html_mark_of(severity), severity);
    buffer_add(out, "</th><td>");
    add_lines(out, check->requirements);
    buffer_add(out, "</td><td class=\"text\">");
    add_messages(out, findings, group);
    buffer_add(out, "</td><td class=\"text\">");
    html_add_text(out, check->remedy);
    buffer_add(out, "</td></tr>\n");
}

static void add_counting(struct frame *frame, const struct findings *findings) {
    static const char caption[] = "What the checks find, errors first";
    buffer_addf(frame->out,
                "<div class=\"wide\" role=\"region\" aria-label=\"%s\" tabindex=\"0\">\n"
                "<table><caption>%s</caption>\n<thead><tr><th scope=\"col\">Weight</th>"
                "<th scope=\"col\">Line</th><th scope=\"col\">What is found</th>"
                "<th scope=\"col\">What to do</th></tr></thead>\n<tbody>\n",
                caption, caption);
    for (size_t at = 0; at < findings->count;) {
        struct group group = find_group(findings, at);
        add_group(frame->out, findings, &group);
        at = group.behind;
    }
    buffer_add(frame->out, "</tbody></table></div>\n");
}

static void add_set_aside(struct frame *frame, const struct findings *findings) {
    static const char caption[] = "Findings set aside, with the reason";
    buffer_addf(frame->out,
                "<h3>Set aside</h3>\n<div class=\"wide\" role=\"region\" aria-label=\"%s\" "
                "tabindex=\"0\">\n<table><caption>%s</caption>\n<thead><tr>"
                "<th scope=\"col\">What is found</th><th scope=\"col\">Until</th>"
                "<th scope=\"col\">Reason</th></tr></thead>\n<tbody>\n",
                caption, caption);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->set_aside_until == NULL) {
            continue;
        }
        buffer_add(frame->out, "<tr><th scope=\"row\">");
        html_add_text(frame->out, finding->message);
        buffer_add(frame->out, "</th><td class=\"date\">");
        html_add_date(frame->out, finding->set_aside_until);
        buffer_add(frame->out, "</td><td>");
        html_add_paragraphs(frame->out, finding->set_aside_reason);
        buffer_add(frame->out, "</td></tr>\n");
    }
    buffer_add(frame->out, "</tbody></table></div>\n");
}

bool section_gaps(struct frame *frame) {
    const struct findings *findings = check_run_findings(frame->run);
    size_t set_aside = check_run_count_set_aside(frame->run);
    buffer_addf(
        frame->out,
        "<p>The registers were read with %d checks: %zu errors, %zu warnings and %zu hints; "
        "%zu set aside.</p>\n",
        check_book_count(check_run_book(frame->run)), check_run_count(frame->run, SEVERITY_ERROR),
        check_run_count(frame->run, SEVERITY_WARNING), check_run_count(frame->run, SEVERITY_INFO),
        set_aside);
    if (findings->count > set_aside) {
        add_counting(frame, findings);
    }
    if (set_aside > 0) {
        add_set_aside(frame, findings);
    }
    return true;
}
