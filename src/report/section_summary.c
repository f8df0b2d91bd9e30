/* Owns the summary: the few figures and the first things to do. */
#include <string.h>

#include "clause5/audit/check.h"
#include "report/html.h"
#include "report/readiness_part.h"
#include "report/sections.h"

enum { FIRST_THINGS_MOST = 8 };

static void add_tile(struct buffer *out, enum html_mark mark, long long figure, const char *words) {
    buffer_addf(out, "<li class=\"%s\"><strong>%lld</strong>%s</li>\n", html_mark_class(mark),
                figure, words);
}

/* A count of what should not be: plain where it is none. */
static void add_fault_tile(struct buffer *out, enum html_mark mark, long long figure,
                           const char *words) {
    add_tile(out, figure > 0 ? mark : HTML_GOOD, figure, words);
}

static bool add_tiles(struct frame *frame) {
    struct buffer *out = frame->out;
    struct query *tiles = frame_open_query(frame, "tiles");
    if (tiles == NULL || query_step(tiles, frame->fault) != 1) {
        query_close(tiles);
        return false;
    }
    buffer_add(out, "<ul class=\"tiles\">\n");
    readiness_part_add_tile(frame);
    add_fault_tile(out, HTML_BAD, (long long)check_run_count(frame->run, SEVERITY_ERROR),
                   "errors in the registers");
    add_fault_tile(out, HTML_WARNING, (long long)check_run_count(frame->run, SEVERITY_WARNING),
                   "warnings");
    add_fault_tile(out, HTML_WARNING, (long long)query_whole(tiles, 0),
                   "nonconformities or areas of concern in the round");
    add_fault_tile(out, HTML_BAD, (long long)query_whole(tiles, 1), "actions past their date");
    add_tile(out, HTML_PLAIN, (long long)query_whole(tiles, 2), "actions open in all");
    if (!query_is_empty(tiles, 3)) {
        buffer_add(out, "<li><strong class=\"day\">");
        html_add_date(out, query_text(tiles, 3));
        buffer_add(out, "</strong>next management review</li>\n");
    }
    buffer_add(out, "</ul>\n");
    query_close(tiles);
    return true;
}

/* How many findings of the check at FIRST count, the first of them in *EXAMPLE, and where the next
 * check begins in *BEHIND. */
static size_t count_group(const struct findings *findings, size_t first, size_t *behind,
                          const struct finding **example) {
    size_t count = 0;
    size_t at = first;
    for (; at < findings->count && findings->items[at].check == findings->items[first].check;
         at++) {
        if (findings->items[at].set_aside_until != NULL) {
            continue;
        }
        *example = count == 0 ? &findings->items[at] : *example;
        count++;
    }
    *behind = at;
    return count;
}

/* A line for each check that finds errors: what to do, and what is found. */
static void add_first_things(struct frame *frame) {
    const struct findings *findings = check_run_findings(frame->run);
    struct buffer *out = frame->out;
    int lines = 0;
    for (size_t at = 0; at < findings->count && lines < FIRST_THINGS_MOST;) {
        const struct finding *example = NULL;
        size_t behind = at;
        size_t count = count_group(findings, at, &behind, &example);
        at = behind;
        if (count == 0 || example->check->severity != SEVERITY_ERROR) {
            continue;
        }
        buffer_add(out, lines == 0 ? "<h3>What to do first</h3>\n<ol>\n" : "");
        lines++;
        buffer_add(out, "<li>");
        html_add_text(out, example->message);
        if (count > 1) {
            buffer_addf(out, ", and %zu more like it", count - 1);
        }
        buffer_add(out, ": <strong>");
        html_add_text(out, example->check->remedy);
        buffer_add(out, "</strong></li>\n");
    }
    buffer_add(out, lines > 0 ? "</ol>\n<p>All gaps stand under <a href=\"#gaps\">Gaps that the "
                                "registers show</a>.</p>\n"
                              : "<p>No check finds an error.</p>\n");
}

bool section_summary(struct frame *frame) {
    if (!add_tiles(frame)) {
        return false;
    }
    add_first_things(frame);
    return true;
}
