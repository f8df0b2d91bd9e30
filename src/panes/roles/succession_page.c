/* Owns the page of one person's succession: all that falls without them with who takes it over, the
 * choice of another, the hand-over in one batch, and the drill kept as evidence. */
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/raise.h"
#include "panes/frame/write_batch.h"
#include "panes/list/rows_view.h"
#include "panes/roles/succession.h"

enum { CELL_WHAT, CELL_TITLE, CELL_TO };

static const struct list_column columns[] = {
    [CELL_WHAT] = {.title = "Falls", .width = 12, .least_width = 10},
    [CELL_TITLE] = {.title = "", .width = 36, .least_width = 24, .grow = 2},
    [CELL_TO] = {.title = "Goes to", .width = 26, .least_width = 22, .grow = 1},
};

static const char *const headings[] = {
    [SUCCESSION_ROLE] = "Roles held",
    [SUCCESSION_DEPUTY] = "Roles stood in for",
    [SUCCESSION_ACTIVITY] = "Activities answered for (A)",
    [SUCCESSION_POLICY] = "Policies owned",
    [SUCCESSION_OBJECTIVE] = "Open objectives",
    [SUCCESSION_KPI] = "KPIs",
    [SUCCESSION_ACTION] = "Open actions",
    [SUCCESSION_APPROVAL] = "Approvals that stand; the next version needs another approver",
};
_Static_assert(COUNT(headings) == SUCCESSION_KINDS, "one heading per kind");

struct succession_page {
    struct rows_view base;
    struct succession_plan plan;
};

/* Says who takes an item over. */
static void set_successor(struct succession_page *page, const struct succession_item *item,
                          struct view_row *row) {
    int64_t successor = succession_of(&page->plan, item);
    struct buffer text = {0};
    if (item->kind == SUCCESSION_APPROVAL) {
        return;
    }
    if (item->through != 0) {
        buffer_addf(&text, "with %s: ", item->through_ref);
    }
    if (successor != 0) {
        succession_print_party(page->base.app, successor, &text);
    } else {
        buffer_add(&text, "nobody yet");
        row->marks[CELL_TO] = MARK_WARNING;
        row->meanings[CELL_TO] = MEANING_WARNING;
    }
    view_rows_set(row, CELL_TO, buffer_text(&text));
    buffer_free(&text);
}

static bool fill(void *context, struct fault *fault) {
    struct succession_page *page = context;
    if (!succession_load(&page->plan, page->base.app, fault)) {
        return false;
    }
    for (size_t i = 0; i < page->plan.count; i++) {
        const struct succession_item *item = &page->plan.items[i];
        if (i == 0 || page->plan.items[i - 1].kind != item->kind) {
            view_rows_add_heading(&page->base.rows, headings[item->kind]);
        }
        struct view_row *row = view_rows_add(&page->base.rows);
        row->field = (int)i;
        row->target.register_id = item->register_id;
        row->target.id = item->id;
        row->target.field = item->field;
        view_rows_set(row, CELL_WHAT, item->ref);
        view_rows_set(row, CELL_TITLE, item->title);
        set_successor(page, item, row);
    }
    return true;
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct succession_page *page = memory_zero(1, sizeof *page);
    page->plan.person = place->id;
    rows_view_init(&page->base, app, fill,
                   &(struct list_options){
                       .columns = columns,
                       .column_count = COUNT(columns),
                       .frozen = 1,
                       .empty = "Nothing falls without this person: no role, policy, objective, "
                                "KPI or open action is theirs.",
                   });
    return page;
}

static void close_page(void *context) {
    struct succession_page *page = context;
    rows_view_release(&page->base);
    succession_free(&page->plan);
    free(page);
}

/* Says why an item cannot go to PARTY; NULL where it can. */
static const char *refusal(const struct succession_page *page, const struct succession_item *item,
                           int64_t party) {
    bool wants_person = item->kind == SUCCESSION_ROLE || item->kind == SUCCESSION_DEPUTY;
    if (party == page->plan.person) {
        return "This is the person who leaves: name somebody else";
    }
    if (wants_person && party != 0 &&
        party_register(app_workbook(page->base.app), party) != REGISTER_PERSON) {
        return "A role goes to a person: name one";
    }
    return NULL;
}

static unsigned choose(struct succession_page *page) {
    const struct view_row *row = rows_view_current(&page->base);
    int64_t party = 0;
    if (row == NULL || row->is_heading) {
        app_say(page->base.app, MEANING_MESSAGE, "Move to what shall go to somebody first");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    size_t index = (size_t)row->field;
    const struct succession_item *item = &page->plan.items[index];
    if (item->field < 0) {
        app_say(page->base.app, MEANING_MESSAGE, "%s",
                item->kind == SUCCESSION_APPROVAL
                    ? "What was approved stands"
                    : "This goes with the role: choose who takes the role over");
    } else if (raise_ask_party(page->base.app, "Goes to (empty: nobody): ", item->successor,
                               &party)) {
        const char *reason = refusal(page, item, party);
        if (reason == NULL) {
            succession_choose(&page->plan, index, party);
            rows_view_reload(&page->base);
        } else {
            app_say(page->base.app, MEANING_FAULT, "%s", reason);
        }
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned hand_over(struct succession_page *page) {
    static const struct answer answers[] = {{'y', "hand over"}, {KEYCODE_ESC, "leave all"}};
    struct app *app = page->base.app;
    struct buffer question = {0};
    struct buffer label = {0};
    buffer_addf(&question, "From %s: ", page->plan.name);
    if (succession_print_changes(&page->plan, app, &question) == 0) {
        app_say(app, MEANING_MESSAGE, "Nobody is named to take anything over: e names somebody");
    } else if (app_may_write(app) &&
               dialog_ask(app_stage(app), buffer_text(&question), answers, COUNT(answers)) == 0) {
        buffer_addf(&label, "hand over from %s", page->plan.name);
        write_batch(app, buffer_text(&label), succession_write, &page->plan);
    }
    buffer_free(&question);
    buffer_free(&label);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned keep_drill(struct succession_page *page) {
    struct app *app = page->base.app;
    struct buffer label = {0};
    char *ref = record_propose_ref(app_workbook(app), REGISTER_EVIDENCE);
    struct succession_drill drill = {.app = app, .plan = &page->plan, .ref = ref};
    if (ref == NULL || page->plan.count == 0) {
        app_say(app, MEANING_MESSAGE, "There is nothing to keep of a drill");
    } else {
        buffer_addf(&label, "add evidence %s: succession drill of %s", ref, page->plan.name);
        write_batch(app, buffer_text(&label), succession_write_drill, &drill);
    }
    buffer_free(&label);
    free(ref);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(void *context, int action) {
    struct succession_page *page = context;
    rows_view_ensure(&page->base);
    switch (action) {
    case DO_EDIT:
        return choose(page);
    case DO_HAND_OVER:
        return hand_over(page);
    case DO_KEEP_DRILL:
        return keep_drill(page);
    default:
        return rows_view_act(&page->base, action);
    }
}

static void title(void *context, struct buffer *out) {
    struct succession_page *page = context;
    rows_view_ensure(&page->base);
    buffer_addf(out, "Without %s", page->plan.name == NULL ? "" : page->plan.name);
}

/* How much falls, and how much of it nobody would take over. */
static void describe(void *context, struct buffer *out) {
    struct succession_page *page = context;
    size_t alone = 0;
    rows_view_ensure(&page->base);
    for (size_t i = 0; i < page->plan.count; i++) {
        alone += page->plan.items[i].kind != SUCCESSION_APPROVAL &&
                 succession_of(&page->plan, &page->plan.items[i]) == 0;
    }
    buffer_addf(out, "%zu to hand over", page->plan.count);
    if (alone > 0) {
        buffer_addf(out, ", %s %zu to nobody yet",
                    palette_mark(app_terminal(page->base.app), MARK_WARNING), alone);
    }
}

static const struct binding bindings[] = {
    {.key = 'h',
     .action = DO_HAND_OVER,
     .where = WHERE_WRITABLE,
     .name = "hand-over",
     .label = "hand over",
     .help = "hand everything over to those named, after asking, in one batch",
     .weight = 9},
    {.key = 'e',
     .action = DO_EDIT,
     .where = WHERE_WRITABLE,
     .name = "successor",
     .label = "to whom",
     .help = "choose who takes this over",
     .weight = 9},
    {.key = KEYCODE_F(2), .action = DO_EDIT, .where = WHERE_WRITABLE},
    {.key = 'v',
     .action = DO_KEEP_DRILL,
     .where = WHERE_WRITABLE,
     .name = "keep-drill",
     .label = "keep as evidence",
     .help = "keep what falls and who takes it over as the evidence of a drill",
     .weight = 7},
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "details",
     .help = "go to the record behind the row",
     .weight = 8},
};

static const struct binding_table binding_table = {
    .title = "Succession", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops succession_page_ops = {
    .open = open_page,
    .close = close_page,
    .draw = rows_view_draw,
    .act = act,
    .reload = rows_view_reload,
    .describe = describe,
    .title = title,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};
