/* Owns the page of a policy's acknowledgements: who has not yet, top management first, and who has;
 * those marked are set down as having acknowledged the approved version today. */
#include <stdlib.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/write_batch.h"
#include "panes/list/rows_view.h"
#include "panes/policies/policy_versions.h"

enum { CELL_PERSON, CELL_DEPARTMENT, CELL_STANDING };

static const struct list_column columns[] = {
    [CELL_PERSON] = {.title = "Person", .width = 30, .least_width = 20, .grow = 2},
    [CELL_DEPARTMENT] =
        {.title = "Department", .width = 20, .least_width = 12, .grow = 1, .priority = 1},
    [CELL_STANDING] = {.title = "Acknowledged", .width = 24},
};

struct acknowledge_view {
    struct rows_view base;
    int64_t policy;
    char *ref;
    char *version;         /* approved; NULL: none */
    size_t done, expected; /* of those who are due */
};

static void add_heading(struct acknowledge_view *view, bool has_acknowledged) {
    view_rows_add_heading(&view->base.rows,
                          has_acknowledged ? "Has acknowledged" : "Has not acknowledged yet");
}

/* Says what somebody lacks: all of it, the newest version, or nothing that is due yet. */
static void print_lack(struct query *query, struct view_row *row) {
    struct buffer text = {0};
    bool is_due = query_whole(query, 6) != 0;
    if (!query_is_empty(query, 5)) {
        buffer_addf(&text, "only %s", query_text(query, 5));
    } else {
        buffer_add(&text, is_due ? "not yet" : "not yet due");
    }
    view_rows_set(row, CELL_STANDING, buffer_text(&text));
    row->marks[CELL_STANDING] = is_due ? MARK_BAD : MARK_OPEN;
    row->meanings[CELL_STANDING] = palette_mark_meaning(row->marks[CELL_STANDING]);
    buffer_free(&text);
}

static void add_person(struct acknowledge_view *view, struct query *query) {
    struct view_row *row = view_rows_add(&view->base.rows);
    struct buffer name = {0};
    row->handle = query_whole(query, 0);
    row->target.register_id = REGISTER_PERSON;
    row->target.id = row->handle;
    buffer_add(&name, query_text(query, 1));
    if (query_whole(query, 3) != 0) {
        buffer_add(&name, ", top management");
    }
    view_rows_set(row, CELL_PERSON, buffer_text(&name));
    buffer_free(&name);
    view_rows_set(row, CELL_DEPARTMENT, query_text(query, 2));
    bool is_due = query_whole(query, 6) != 0;
    view->expected += is_due;
    if (query_is_empty(query, 4)) {
        print_lack(query, row);
        return;
    }
    view->done += is_due;
    view_rows_set(row, CELL_STANDING, query_text(query, 4));
    row->marks[CELL_STANDING] = MARK_GOOD;
}

static void forget_names(struct acknowledge_view *view) {
    free(view->ref);
    free(view->version);
    view->ref = view->version = NULL;
}

/* Reads what the policy and its approved version are called. */
static bool read_names(struct acknowledge_view *view, struct fault *fault) {
    struct app *app = view->base.app;
    struct record policy = {0};
    struct policy_versions versions;
    forget_names(view);
    enum lookup found =
        record_load(app_workbook(app), REGISTER_POLICY, view->policy, &policy, fault);
    if (found == LOOKUP_FOUND) {
        view->ref = memory_copy_text(value_text(&policy.values[POLICY_REF]));
        record_free(&policy);
    }
    if (policy_versions_load(app, view->policy, &versions)) {
        view->version = memory_copy_text(versions.current.version);
        policy_versions_free(&versions);
    }
    return found != LOOKUP_FAULT;
}

static bool fill(void *context, struct fault *fault) {
    struct acknowledge_view *view = context;
    view->done = view->expected = 0;
    if (!read_names(view, fault)) {
        return false;
    }
    struct query *query =
        words_query_open_file(app_workbook(view->base.app), "figures/acknowledgers.sql", fault);
    int step = -1;
    if (query != NULL) {
        query_bind_whole(query, ":policy", view->policy);
        step = query_step(query, fault);
    }
    int group = -1;
    for (; step == 1; step = query_step(query, fault)) {
        int has_acknowledged = !query_is_empty(query, 4);
        if (group != has_acknowledged) {
            group = has_acknowledged;
            add_heading(view, group == 1);
        }
        add_person(view, query);
    }
    query_close(query);
    return step == 0;
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct acknowledge_view *view = memory_zero(1, sizeof *view);
    view->policy = place->id;
    rows_view_init(&view->base, app, fill,
                   &(struct list_options){
                       .columns = columns,
                       .column_count = COUNT(columns),
                       .frozen = 1,
                       .empty = "Nobody is expected to acknowledge this policy. Its field \"Must "
                                "acknowledge\" says who is: everyone, or its audience.",
                   });
    return view;
}

static void close_page(void *context) {
    struct acknowledge_view *view = context;
    rows_view_release(&view->base);
    forget_names(view);
    free(view);
}

struct acknowledging {
    int64_t policy;
    const char *version;
    char today[DATE_TEXT_SIZE];
    const int64_t *people;
    size_t count;
};

/* Sets down one person, unless an acknowledgement of this very version stands already. */
static bool write_one(struct workbook *workbook, const struct acknowledging *what, int64_t person,
                      struct fault *fault) {
    struct value values[ACKNOWLEDGEMENT_FIELDS] = {
        [ACKNOWLEDGEMENT_POLICY] = value_of_whole(what->policy),
        [ACKNOWLEDGEMENT_VERSION] = value_of_text(what->version),
        [ACKNOWLEDGEMENT_PERSON] = value_of_whole(person),
        [ACKNOWLEDGEMENT_ACKNOWLEDGED_ON] = value_of_text(what->today),
    };
    int64_t id = 0;
    enum lookup found = record_find(workbook, REGISTER_ACKNOWLEDGEMENT, values, &id, fault);
    bool is_done = found == LOOKUP_FOUND ||
                   (found == LOOKUP_NONE &&
                    edit_insert(workbook, REGISTER_ACKNOWLEDGEMENT, values, &id, fault));
    values_free(values, ACKNOWLEDGEMENT_FIELDS);
    return is_done;
}

static bool write_all(void *context, struct workbook *workbook, struct fault *fault) {
    const struct acknowledging *what = context;
    for (size_t i = 0; i < what->count; i++) {
        if (!write_one(workbook, what, what->people[i], fault)) {
            return false;
        }
    }
    return true;
}

static void acknowledge(struct acknowledge_view *view, const int64_t *people, size_t count) {
    struct acknowledging what = {
        .policy = view->policy, .version = view->version, .people = people, .count = count};
    struct buffer label = {0};
    app_print_today(view->base.app, what.today);
    buffer_addf(&label, "acknowledgement of %s %s by ", view->ref, view->version);
    const struct view_row *first = view_rows_find(&view->base.rows, people[0]);
    if (count == 1 && first != NULL) {
        const struct field *field =
            &register_describe(REGISTER_ACKNOWLEDGEMENT)->fields[ACKNOWLEDGEMENT_PERSON];
        const struct value person = value_of_whole(people[0]);
        struct fault fault = {0};
        record_print_value(app_workbook(view->base.app), field, &person, &label, &fault);
        fault_clear(&fault);
    } else {
        buffer_addf(&label, "%zu people", count);
    }
    if (write_batch(view->base.app, buffer_text(&label), write_all, &what)) {
        list_clear_marks(view->base.list);
    }
    buffer_free(&label);
}

/* Takes the people that are marked, else the one under the cursor. */
static unsigned acknowledge_marked(struct acknowledge_view *view) {
    int64_t *people = NULL;
    size_t count = rows_view_gather(&view->base, &people);
    if (view->version == NULL || view->ref == NULL) {
        app_say(view->base.app, MEANING_MESSAGE,
                "No version is approved: there is nothing to acknowledge yet");
    } else if (count > 0) {
        acknowledge(view, people, count);
    } else {
        app_say(view->base.app, MEANING_MESSAGE, "Choose a person, or mark several with Space");
    }
    free(people);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(void *context, int action) {
    struct acknowledge_view *view = context;
    rows_view_ensure(&view->base);
    return action == DO_ACKNOWLEDGE ? acknowledge_marked(view) : rows_view_act(&view->base, action);
}

static void title(void *context, struct buffer *out) {
    struct acknowledge_view *view = context;
    rows_view_ensure(&view->base);
    buffer_addf(out, "Who acknowledged %s %s", view->ref == NULL ? "" : view->ref,
                view->version == NULL ? "(no approved version)" : view->version);
}

static void describe(void *context, struct buffer *out) {
    struct acknowledge_view *view = context;
    rows_view_ensure(&view->base);
    buffer_addf(out, "%zu of %zu", view->done, view->expected);
    if (list_mark_count(view->base.list) > 0) {
        buffer_addf(out, ", %zu marked", list_mark_count(view->base.list));
    }
}

static const struct binding bindings[] = {
    {.key = 'm',
     .action = DO_ACKNOWLEDGE,
     .where = WHERE_WRITABLE,
     .name = "acknowledge",
     .label = "acknowledged today",
     .help = "set down that the marked people, else this one, acknowledged the approved version "
             "today",
     .weight = 9},
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "the person",
     .help = "show the person",
     .weight = 7},
};

static const struct binding_table binding_table = {
    .title = "Acknowledgements", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops acknowledge_view_ops = {
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
    .widen = rows_view_widen,
    .bindings = &binding_table,
    .has_list = true,
};
