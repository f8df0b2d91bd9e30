/* Owns the parts on the round that is reported: what it found, how it was made, what it left open.
 */
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "report/html.h"
#include "report/html_table.h"
#include "report/sections.h"

/* The columns of the query cover. */
enum cover_column {
    COVER_ORGANISATION,
    COVER_SCOPE,
    COVER_DIRECTION,
    COVER_ASSESSOR,
    COVER_REF,
    COVER_TITLE,
    COVER_KIND,
    COVER_AUDITOR,
    COVER_METHOD,
    COVER_STARTS_ON,
    COVER_ENDS_ON,
    COVER_AUDIT_SCOPE,
    COVER_CRITERIA,
    COVER_REPORTED_TO,
    COVER_REPORTED_ON,
    COVER_CONCLUSION,
    COVER_SUMMARY,
    COVER_CLOSED_ON,
    COVER_CLOSING_HEAD,
    COVER_ACCEPTED_BY,
    COVER_ACCEPTED_ON,
    COVER_PREVIOUS_REF,
    COVER_PREVIOUS_TITLE,
    COVER_CURRENCY,
    COVER_COLUMNS
};

/* Opens the query cover at its one row; NULL with the fault. */
static struct query *open_cover(struct frame *frame) {
    struct query *query = frame_open_query(frame, "cover");
    int step = query == NULL ? -1 : query_step(query, frame->fault);
    if (step == 1) {
        return query;
    }
    if (step == 0) {
        fault_set(frame->fault, FAULT_FAILED,
                  "the workbook has no page of its own (restore a backup)");
    }
    query_close(query);
    return NULL;
}

static void add_date_fact(struct buffer *out, const char *name, const char *text) {
    if (*text != '\0') {
        buffer_addf(out, "<dt>%s</dt><dd>", name);
        html_add_date(out, text);
        buffer_add(out, "</dd>\n");
    }
}

/* Facts that are shown, in this order, where they are known. */
struct fact {
    const char *name;
    int column; /* of enum cover_column */
    bool is_date;
};

static void add_facts(struct buffer *out, struct query *cover, const struct fact *facts,
                      size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *text = query_text(cover, facts[i].column);
        if (facts[i].is_date) {
            add_date_fact(out, facts[i].name, text);
        } else {
            html_add_fact(out, facts[i].name, text);
        }
    }
}

bool section_cover(struct frame *frame) {
    static const struct fact facts[] = {
        {"Scope", COVER_SCOPE, false},
        {"Round", COVER_TITLE, false},
        {"Kind", COVER_KIND, false},
        {"Auditor", COVER_AUDITOR, false},
        {"From", COVER_STARTS_ON, true},
        {"To", COVER_ENDS_ON, true},
        {"Workbook kept by", COVER_ASSESSOR, false},
    };
    char head[HISTORY_HEAD_SIZE];
    struct buffer *out = frame->out;
    struct query *cover = open_cover(frame);
    if (cover == NULL || !history_head(frame->workbook, head, frame->fault)) {
        query_close(cover);
        return false;
    }
    buffer_add(out, "<header class=\"cover\">\n<h1>");
    html_add_text(out, query_text(cover, COVER_ORGANISATION));
    buffer_add(out, "</h1>\n<p class=\"kind\">Report on leadership for information security, held "
                    "against ISO/IEC 27001:2022</p>\n<dl class=\"facts\">\n");
    add_date_fact(out, "As of", frame->today);
    if (query_is_empty(cover, COVER_SCOPE)) {
        html_add_fact(out, "Scope", "none is written down yet");
    }
    add_facts(out, cover, facts, COUNT(facts));
    buffer_addf(out,
                "<dt>Head of the history</dt><dd class=\"code\">%s</dd>\n</dl>\n"
                "<p>Confidential: for those named under Distribution.</p>\n</header>\n",
                head);
    query_close(cover);
    return true;
}

/* Appends the title of the page, as the browser's tab shows it. */
bool section_page_title(struct frame *frame) {
    struct query *cover = open_cover(frame);
    if (cover != NULL) {
        html_add_text(frame->out, query_text(cover, COVER_ORGANISATION));
        buffer_addf(frame->out, ", report of %s", frame->today);
    }
    query_close(cover);
    return cover != NULL;
}

/* "2 minor nonconformities" and the like, as a line of words and counts. */
static bool add_results(struct frame *frame) {
    struct query *query = frame_open_query(frame, "round_results");
    int step = query == NULL ? -1 : query_step(query, frame->fault);
    buffer_add(frame->out, step == 1 ? "<ul class=\"tiles\">\n" : "");
    bool has_any = step == 1;
    for (; step == 1; step = query_step(query, frame->fault)) {
        const char *word = query_text(query, 0);
        buffer_addf(frame->out, "<li class=\"%s\"><strong>%lld</strong>",
                    html_mark_class(html_mark_of(word)), (long long)query_whole(query, 1));
        html_add_state(frame->out, html_mark_of(word), word);
        buffer_add(frame->out, "</li>\n");
    }
    buffer_add(frame->out, has_any ? "</ul>\n" : "");
    query_close(query);
    return step == 0;
}

bool section_findings(struct frame *frame) {
    static const struct html_table findings = {
        .query = "findings",
        .caption = "Findings of the round, the gravest first",
        .empty = "The round has no finding so far.",
    };
    if (frame->audit == 0) {
        buffer_add(frame->out, "<p>No round of the checklist has been walked yet, so there are no "
                               "findings. What the registers show by themselves stands under Gaps."
                               "</p>\n");
        return true;
    }
    struct query *cover = open_cover(frame);
    if (cover == NULL) {
        return false;
    }
    buffer_add(frame->out, "<p>Round <strong>");
    html_add_text(frame->out, query_text(cover, COVER_REF));
    buffer_add(frame->out, "</strong>, ");
    html_add_text(frame->out, query_text(cover, COVER_TITLE));
    buffer_add(frame->out, query_is_empty(cover, COVER_CLOSED_ON)
                               ? ": the round is still open, and results may change.</p>\n"
                               : ".</p>\n");
    buffer_add(frame->out, "<dl class=\"facts\">\n");
    html_add_fact(frame->out, "Conclusion", query_text(cover, COVER_CONCLUSION));
    html_add_fact(frame->out, "Summary", query_text(cover, COVER_SUMMARY));
    buffer_add(frame->out,
               query_is_empty(cover, COVER_CONCLUSION) && query_is_empty(cover, COVER_SUMMARY)
                   ? "<dt>Conclusion</dt><dd>none yet</dd></dl>\n"
                   : "</dl>\n");
    query_close(cover);
    return add_results(frame) && html_table_add(frame, &findings);
}

bool section_requirements(struct frame *frame) {
    static const struct html_table requirements = {
        .query = "requirements",
        .caption = "Every requirement with its result and the evidence for it",
        .empty = "The checklist has no line.",
    };
    return html_table_add(frame, &requirements);
}

bool section_earlier(struct frame *frame) {
    static const struct html_table earlier = {
        .query = "earlier_findings",
        .caption = "Nonconformities of earlier rounds, and where they stand",
        .empty = "No earlier round left a nonconformity.",
    };
    return html_table_add(frame, &earlier);
}

bool section_method(struct frame *frame) {
    static const struct fact facts[] = {
        {"Scope of the round", COVER_AUDIT_SCOPE, false},
        {"Criteria", COVER_CRITERIA, false},
        {"Method", COVER_METHOD, false},
        {"Closed on", COVER_CLOSED_ON, true},
        {"History when closed", COVER_CLOSING_HEAD, false},
        {"Round before", COVER_PREVIOUS_REF, false},
    };
    static const struct html_table samples = {
        .query = "samples",
        .caption = "Samples that were drawn",
        .empty = "No sample is recorded: what was looked at stands in the notes.",
    };
    static const struct html_table left_out = {
        .query = "not_sampled",
        .caption = "Lines not sampled, not applicable or not assessed yet",
        .empty = "Every line of the round was assessed.",
    };
    struct query *cover = open_cover(frame);
    if (cover == NULL) {
        return false;
    }
    buffer_add(frame->out,
               "<dl class=\"facts\">\n<dt>How lines are judged</dt><dd>conforms, partial "
               "(in a self-assessment), nonconforming (major or minor; in a stage 1 "
               "round area of concern); besides, observation, opportunity and good "
               "practice</dd>\n");
    add_facts(frame->out, cover, facts, COUNT(facts));
    buffer_add(
        frame->out,
        "</dl>\n<h3>Limits of sampling</h3>\n<p>An audit looks at some of the records, not at "
        "all. That no fault was found among those does not prove that there is none among "
        "the others. Random samples bear their seed, and can be drawn again from it.</p>\n");
    query_close(cover);
    if (!html_table_add(frame, &samples)) {
        return false;
    }
    buffer_add(frame->out, "<h3>Lines not sampled</h3>\n");
    return html_table_add(frame, &left_out);
}

bool section_distribution(struct frame *frame) {
    static const struct fact facts[] = {
        {"Reported to", COVER_REPORTED_TO, false},
        {"Reported on", COVER_REPORTED_ON, true},
        {"Accepted by", COVER_ACCEPTED_BY, false},
        {"Accepted on", COVER_ACCEPTED_ON, true},
    };
    static const struct html_table leaders = {
        .query = "leaders",
        .caption = "Top management, to whom the report is owed",
        .empty = "Nobody is recorded as top management.",
    };
    struct query *cover = open_cover(frame);
    if (cover == NULL) {
        return false;
    }
    buffer_add(frame->out, "<dl class=\"facts\">\n");
    add_facts(frame->out, cover, facts, COUNT(facts));
    buffer_add(frame->out, query_is_empty(cover, COVER_REPORTED_TO)
                               ? "<dt>Reported to</dt><dd>nobody is recorded yet</dd></dl>\n"
                               : "</dl>\n");
    query_close(cover);
    return html_table_add(frame, &leaders);
}

bool section_unproven(struct frame *frame) {
    struct query *proof = frame_open_query(frame, "proof");
    if (proof == NULL || query_step(proof, frame->fault) != 1) {
        query_close(proof);
        return false;
    }
    buffer_addf(frame->out,
                "<ul>\n<li>Of %lld pieces of evidence %lld are sealed with a digest; %lld of these "
                "were never verified since, and %lld were changed or missing when last looked at. "
                "What is not sealed may have been altered without anybody noticing. No file was "
                "opened to write this report.</li>\n",
                (long long)query_whole(proof, 0), (long long)query_whole(proof, 1),
                (long long)query_whole(proof, 2), (long long)query_whole(proof, 3));
    buffer_add(frame->out,
               "<li>The head of the history on the first page stands for every change made to the "
               "workbook until then. <span class=\"code\">clause5 verify FILE --head HASH</span> "
               "tells whether a workbook still holds that history. The history alone cannot show "
               "that its end was cut off or that all of it was written anew; the head kept "
               "elsewhere, as on this page, can.</li>\n"
               "<li>Times and names in the history are those of the computers it was written on. "
               "That a clock was right and that people used their own names is not proven.</li>\n"
               "<li>Readiness and gaps are worked out from what the registers hold. What nobody "
               "entered is not seen, and what was entered wrongly counts as it stands.</li>\n"
               "<li>What people said in interviews is recorded as it was said.</li>\n</ul>\n");
    query_close(proof);
    return true;
}
