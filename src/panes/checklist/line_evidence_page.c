/* Owns the page of one line's evidence: what is linked with the state of each seal, to open, seal,
 * verify, link and unlink. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/evidence.h"
#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "panes/checklist/line_evidence.h"
#include "panes/checklist/seal_keys.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/list/rows_view.h"

enum { HANDLED = OUTCOME_HANDLED | OUTCOME_REDRAW };
enum { CELL_REF, CELL_TITLE, CELL_STATE, CELL_LOCATION };

static const struct list_column columns[] = {
    [CELL_REF] = {.title = "Ref", .width = 8},
    [CELL_TITLE] = {.title = "Title", .width = 26, .least_width = 16, .grow = 1},
    [CELL_STATE] = {.title = "File", .width = 22, .least_width = 18},
    [CELL_LOCATION] =
        {.title = "Location", .width = 20, .least_width = 10, .grow = 1, .priority = 1},
};

struct evidence_page {
    struct rows_view base;
    int64_t assessment;
    char *key;
};

static const char linked_sql[] =
    "SELECT evidence.id, ref, title,"
    "       CASE WHEN expires_on < :today THEN 'expired ' || expires_on"
    "            WHEN verified_state IS NOT NULL"
    "            THEN verified_state || coalesce(' ' || verified_on, '')"
    "            WHEN sha256 IS NOT NULL THEN 'sealed'"
    "            ELSE 'not sealed' END,"
    "       location,"
    "       CASE WHEN verified_state IN ('changed', 'missing') THEN 1"
    "            WHEN expires_on < :today THEN 2"
    "            WHEN sha256 IS NOT NULL THEN 3 ELSE 0 END"
    "  FROM evidence_link JOIN evidence ON evidence.id = evidence_link.evidence"
    " WHERE evidence_link.register = 'assessment' AND evidence_link.record = :key"
    " ORDER BY ref";

static void add_row(struct evidence_page *page, struct query *query) {
    static const enum mark marks[] = {MARK_OPEN, MARK_BAD, MARK_WARNING, MARK_GOOD};
    struct view_row *row = view_rows_add(&page->base.rows);
    row->handle = query_whole(query, 0);
    row->target = (struct view_target){
        .register_id = REGISTER_EVIDENCE, .id = row->handle, .owner_field = -1, .field = -1};
    for (size_t cell = CELL_REF; cell <= CELL_LOCATION; cell++) {
        view_rows_set(row, cell, query_text(query, (int)cell + 1));
    }
    row->marks[CELL_STATE] = marks[query_whole(query, 5)];
    row->meanings[CELL_STATE] = palette_mark_meaning(row->marks[CELL_STATE]);
}

/* Reads the line's key, which a renamed round changes. */
static bool read_key(struct evidence_page *page, struct fault *fault) {
    struct buffer key = {0};
    enum lookup found = record_print_key_of(app_workbook(page->base.app), REGISTER_ASSESSMENT,
                                            page->assessment, &key, fault);
    free(page->key);
    page->key = buffer_take(&key);
    return found != LOOKUP_FAULT;
}

static bool fill(void *context, struct fault *fault) {
    struct evidence_page *page = context;
    struct workbook *workbook = app_workbook(page->base.app);
    char today[DATE_TEXT_SIZE];
    if (!read_key(page, fault)) {
        return false;
    }
    struct query *query = query_open(workbook, linked_sql, fault);
    int step = -1;
    if (query != NULL) {
        workbook_print_today(workbook, today);
        query_bind_text(query, ":key", page->key);
        query_bind_text(query, ":today", today);
        while ((step = query_step(query, fault)) == 1) {
            add_row(page, query);
        }
    }
    query_close(query);
    return step == 0;
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct evidence_page *page = memory_zero(1, sizeof *page);
    page->assessment = place->id;
    rows_view_init(&page->base, app, fill,
                   &(struct list_options){
                       .columns = columns,
                       .column_count = COUNT(columns),
                       .frozen = 1,
                       .empty = "No evidence is linked to this line. v links some: a ref, a title "
                                "or the path of a file."});
    return page;
}

static void close_page(void *context) {
    struct evidence_page *page = context;
    rows_view_release(&page->base);
    free(page->key);
    free(page);
}

static void unlink_current(struct evidence_page *page, int64_t id) {
    struct app *app = page->base.app;
    struct fault fault = {0};
    if (!app_may_write(app)) {
        return;
    }
    if (evidence_unlink(app_workbook(app), page->assessment, id, &fault)) {
        app_stored(app, "unlinked from %s; the evidence itself stays", page->key);
    } else {
        app_say_fault(app, &fault);
    }
}

static unsigned act(void *context, int action) {
    struct evidence_page *page = context;
    const struct view_row *row = rows_view_current(&page->base);
    int64_t id = row == NULL ? 0 : row->handle;
    if (action == DO_EVIDENCE) {
        line_evidence_ask(page->base.app, page->assessment);
        return HANDLED;
    }
    if (action == DO_UNLINK && id != 0) {
        unlink_current(page, id);
        return HANDLED;
    }
    unsigned outcome =
        seal_keys_act(page->base.app, REGISTER_EVIDENCE, action, &id, id == 0 ? 0 : 1);
    return outcome != OUTCOME_NONE ? outcome : rows_view_act(&page->base, action);
}

static void title(void *context, struct buffer *out) {
    struct evidence_page *page = context;
    rows_view_ensure(&page->base);
    buffer_addf(out, "Evidence of %s", page->key);
}

static const struct binding bindings[] = {
    SEAL_BINDINGS,
    {.key = 'v',
     .action = DO_EVIDENCE,
     .name = "evidence",
     .label = "link more",
     .help = "link evidence to this line: a ref, a title, or a file",
     .weight = 6},
    {.key = 'd',
     .action = DO_UNLINK,
     .name = "unlink",
     .label = "unlink",
     .help = "take the link away; the evidence itself stays",
     .weight = 4},
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "show the record",
     .weight = 7},
};

static const struct binding_table binding_table = {
    .title = "Evidence of a line", .bindings = bindings, .count = COUNT(bindings)};

static const struct view_ops page_ops = {
    .open = open_page,
    .close = close_page,
    .draw = rows_view_draw,
    .act = act,
    .reload = rows_view_reload,
    .describe = rows_view_describe,
    .title = title,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};

unsigned line_evidence_show(struct app *app, int64_t assessment) {
    const struct view_place place = {
        .register_id = REGISTER_EVIDENCE, .id = assessment, .owner_field = -1, .field = -1};
    return app_open_page(app, &page_ops, &place);
}
