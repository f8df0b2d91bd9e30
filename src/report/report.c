/* Owns the page as a whole: its head, the order of its sections, and which round it is about. */
#include "clause5/report/report.h"

#include <string.h>

#include "clause5/audit/check.h"
#include "clause5/audit/readiness.h"
#include "clause5/base/embedded.h"
#include "clause5/base/memory.h"
#include "report/frame.h"
#include "report/html.h"
#include "report/queries.h"
#include "report/sections.h"

static const struct {
    struct report_section words;
    bool (*write)(struct frame *frame);
} sections[] = {
    {{"summary", "Summary"}, section_summary},
    {{"readiness", "Readiness by clause"}, section_readiness},
    {{"findings", "Audit summary and findings"}, section_findings},
    {{"gaps", "Gaps that the registers show"}, section_gaps},
    {{"requirements", "Requirements"}, section_requirements},
    {{"evidence", "Evidence"}, section_evidence},
    {{"policies", "Policies and duties"}, section_policies},
    {{"roles", "Roles"}, section_roles},
    {{"matrix", "Responsibility matrix"}, section_matrix},
    {{"objectives", "Objectives and figures"}, section_objectives},
    {{"reviews", "Reviews and decisions"}, section_reviews},
    {{"actions", "Actions"}, section_actions},
    {{"resources", "Resources"}, section_resources},
    {{"method", "Criteria, method and sampling"}, section_method},
    {{"earlier", "State of earlier findings"}, section_earlier},
    {{"distribution", "Distribution"}, section_distribution},
    {{"unproven", "What is not proven"}, section_unproven},
};

const struct report_section *report_section_at(size_t index) {
    return index < COUNT(sections) ? &sections[index].words : NULL;
}

struct query *frame_open_query(struct frame *frame, const char *name) {
    struct query *query = queries_open(frame->workbook, "report/report.sql", name, frame->fault);
    if (query != NULL) {
        query_bind_whole(query, ":audit", frame->audit);
    }
    return query;
}

struct query *frame_open_known(struct frame *frame, const char *name) {
    return queries_open_known(frame->run, "report/report.sql", name, frame->fault);
}

/* Finds the round that is asked for; 0 where none is and the workbook has none. */
static bool choose_audit(struct frame *frame, const char *ref) {
    struct query *query = frame_open_query(frame, "chosen_audit");
    if (query == NULL) {
        return false;
    }
    query_bind_text(query, ":ref", ref != NULL ? ref : "");
    int step = query_step(query, frame->fault);
    frame->audit = step == 1 ? query_whole(query, 0) : 0;
    query_close(query);
    if (step == 0 && ref != NULL) {
        return fault_set(frame->fault, FAULT_USAGE,
                         "there is no round \"%s\" (use a ref of the register audit)", ref);
    }
    return step >= 0;
}

static bool add_head(struct frame *frame) {
    const struct embedded_file *style = embedded_find("report/style.css");
    if (style == NULL) {
        return fault_set(frame->fault, FAULT_FAILED, "the style sheet is missing from this build");
    }
    buffer_add(frame->out,
               "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"generator\" content=\"clause5 " CLAUSE5_VERSION "\">\n<title>");
    bool is_good = section_page_title(frame);
    buffer_add(frame->out, "</title>\n<style>\n");
    buffer_append(frame->out, (const char *)style->bytes, style->len_bytes);
    buffer_add(frame->out, "</style>\n</head>\n<body>\n"
                           "<a class=\"skip\" href=\"#summary\">To the summary</a>\n");
    return is_good;
}

static void add_contents(struct frame *frame) {
    buffer_add(frame->out, "<nav aria-label=\"Contents\">\n<ol>\n");
    for (size_t i = 0; i < COUNT(sections); i++) {
        buffer_addf(frame->out, "<li><a href=\"#%s\">%s</a></li>\n", sections[i].words.id,
                    sections[i].words.title);
    }
    buffer_add(frame->out, "</ol>\n</nav>\n<main>\n");
}

static bool add_page(struct frame *frame) {
    bool is_good = add_head(frame) && section_cover(frame);
    if (!is_good) {
        return false;
    }
    add_contents(frame);
    for (size_t i = 0; i < COUNT(sections) && is_good; i++) {
        html_begin_section(frame->out, sections[i].words.id, sections[i].words.title);
        is_good = sections[i].write(frame);
        html_end_section(frame->out);
    }
    buffer_add(frame->out, "</main>\n<footer>Made by clause5 " CLAUSE5_VERSION " as of ");
    html_add_date(frame->out, frame->today);
    buffer_add(frame->out, ".</footer>\n</body>\n</html>\n");
    return is_good;
}

bool report_write(struct workbook *workbook, const char *audit, struct buffer *out,
                  struct fault *fault) {
    struct frame frame = {.workbook = workbook, .out = out, .fault = fault};
    struct readiness readiness = {0};
    struct query *moment = NULL;
    struct check_book *book = check_book_load(fault);
    bool is_good = false;
    frame.readiness = &readiness;
    workbook_print_today(workbook, frame.today);
    if (book == NULL) {
        goto out;
    }
    /* A query left at its row holds the workbook as it is: somebody else may write meanwhile, and
     * the whole page still shows one moment, with the head of the history that goes with it. */
    moment = frame_open_query(&frame, "cover");
    if (moment == NULL || query_step(moment, fault) < 0) {
        goto out;
    }
    frame.run = check_run_begin(workbook, book, fault);
    is_good = frame.run != NULL && readiness_assess(frame.run, &readiness, fault) &&
              choose_audit(&frame, audit) && add_page(&frame);
out:
    readiness_free(&readiness);
    check_run_free(frame.run);
    check_book_free(book);
    query_close(moment);
    return is_good;
}
