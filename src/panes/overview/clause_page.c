/* Owns the list of one clause's requirements with their standing, those that are missing something
 * first. */
#include "panes/overview/clause_page.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/audit/readiness.h"
#include "clause5/base/memory.h"
#include "panes/frame/actions.h"
#include "panes/frame/knowledge.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"
#include "panes/overview/finding_row.h"

char *clause_shown(const char *clause) {
    static const char *const joined[] = {"7", "10"};
    for (size_t i = 0; i < COUNT(joined); i++) {
        if (clause_is_within(clause, joined[i])) {
            return memory_copy_text(joined[i]);
        }
    }
    return memory_copy_text(clause);
}

bool clause_is_within(const char *clause, const char *shown) {
    size_t len = strlen(shown);
    return strncmp(clause, shown, len) == 0 && (clause[len] == '\0' || clause[len] == '.');
}

enum { CELL_REF, CELL_STANDING, CELL_REASON, CELL_TITLE };

static const struct list_column columns[] = {
    [CELL_REF] = {.title = "Line", .width = 11, .spills = true},
    [CELL_STANDING] = {.title = "Stands", .width = 9},
    [CELL_REASON] = {.title = "Because", .width = 52, .least_width = 30, .grow = 1},
    [CELL_TITLE] = {.title = "What is asked", .width = 50, .least_width = 30, .priority = 1},
};

struct clause_page {
    struct rows_view base;
    char *clause;
};

static enum mark mark_of(enum standing standing) {
    static const enum mark marks[] = {[STANDING_MET] = MARK_GOOD,
                                      [STANDING_HALF] = MARK_WARNING,
                                      [STANDING_NOT_MET] = MARK_BAD,
                                      [STANDING_NOT_KNOWN] = MARK_OPEN};
    return marks[standing];
}

static void add_requirement(struct clause_page *page, const struct requirement_standing *standing) {
    struct view_row *row = view_rows_add(&page->base.rows);
    view_rows_set(row, CELL_REF, standing->ref);
    view_rows_set(row, CELL_STANDING, standing_word(standing->standing));
    view_rows_set(row, CELL_REASON, standing->reason);
    view_rows_set(row, CELL_TITLE, standing->title);
    row->marks[CELL_STANDING] = mark_of(standing->standing);
    row->meanings[CELL_STANDING] = palette_mark_meaning(row->marks[CELL_STANDING]);
    bool has_result = standing->assessment != 0;
    row->target =
        (struct view_target){.register_id = has_result ? REGISTER_ASSESSMENT : REGISTER_REQUIREMENT,
                             .id = has_result ? standing->assessment : standing->id,
                             .owner_field = -1,
                             .field = -1};
}

/* What the checks find on a requirement stands below it, so that Enter goes to what is to be
 * mended.
 */
static void add_findings(struct clause_page *page, const struct findings *findings,
                         const char *requirement) {
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->set_aside_until != NULL ||
            !check_has_requirement(finding->requirements, requirement)) {
            continue;
        }
        struct view_row *row = view_rows_add(&page->base.rows);
        struct buffer text = {0};
        buffer_addf(&text, "  %s %s",
                    palette_mark(app_terminal(page->base.app),
                                 knowledge_severity_mark(finding->check->severity)),
                    finding->message);
        view_rows_set(row, CELL_REF, buffer_text(&text));
        row->tag = memory_copy_text(finding->check->id);
        finding_row_lead(row, finding);
        buffer_free(&text);
    }
}

static bool fill(void *context, struct fault *fault) {
    static const enum standing order[] = {STANDING_NOT_MET, STANDING_HALF, STANDING_NOT_KNOWN,
                                          STANDING_MET};
    struct clause_page *page = context;
    struct readiness readiness = {0};
    struct check_run *run = app_checks(page->base.app, fault);
    bool is_good = run != NULL && readiness_assess(run, &readiness, fault);
    for (size_t place = 0; place < COUNT(order) && is_good; place++) {
        for (size_t i = 0; i < readiness.requirement_count; i++) {
            const struct requirement_standing *standing = &readiness.requirements[i];
            if (standing->standing == order[place] &&
                clause_is_within(standing->clause, page->clause)) {
                add_requirement(page, standing);
                if (order[place] != STANDING_MET) {
                    add_findings(page, check_run_findings(run), standing->ref);
                }
            }
        }
    }
    readiness_free(&readiness);
    return is_good;
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct clause_page *page = memory_zero(1, sizeof *page);
    page->clause = memory_copy_text(place->resource);
    rows_view_init(&page->base, app, fill,
                   &(struct list_options){.columns = columns,
                                          .column_count = COUNT(columns),
                                          .frozen = 1,
                                          .empty = "This clause has no requirement that counts."});
    return page;
}

static void close_page(void *context) {
    struct clause_page *page = context;
    rows_view_release(&page->base);
    free(page->clause);
    free(page);
}

static unsigned act(void *context, int action) {
    struct clause_page *page = context;
    unsigned outcome = rows_view_act(&page->base, action);
    if (outcome & OUTCOME_MOVED) {
        finding_row_explain(page->base.app, rows_view_current(&page->base));
    }
    return outcome;
}

static void title(void *context, struct buffer *out) {
    const struct clause_page *page = context;
    buffer_addf(out, "Clause %s", page->clause);
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "go there",
     .help = "go to the result, or to the requirement; from a finding to what is to be mended",
     .weight = 9},
};

static const struct binding_table binding_table = {
    .title = "A clause", .bindings = bindings, .count = COUNT(bindings)};

static const struct view_ops clause_page_ops = {
    .open = open_page,
    .close = close_page,
    .draw = rows_view_draw,
    .act = act,
    .reload = rows_view_reload,
    .title = title,
    .describe = rows_view_describe,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};

unsigned clause_page_open(struct app *app, const char *clause) {
    const struct view_place place = {
        .resource = clause, .register_id = REGISTER_NONE, .owner_field = -1, .field = -1};
    return app_open_page(app, &clause_page_ops, &place);
}
