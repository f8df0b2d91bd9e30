/* Owns the page of one record: every field a row or more, and below them what refers to the record,
 * each with its count. Enter goes wherever a row leads, and edits a field that leads nowhere; e
 * edits any. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/embedded.h"
#include "clause5/base/memory.h"
#include "clause5/screen/layout.h"
#include "clause5/store/look.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/history/record_history.h"
#include "panes/list/rows_view.h"
#include "panes/record/record_actions.h"
#include "panes/record/record_text.h"

enum { CELL_LABEL, CELL_VALUE, LABEL_CELLS = 22, WRAP_CELLS = 54 };

struct record_page {
    struct rows_view base;
    enum register_id register_id;
    int64_t id;
    int first_field; /* where the cursor goes when the page is first filled; -1: stays */
};

static const struct list_column columns[] = {
    [CELL_LABEL] = {.title = "Field", .width = LABEL_CELLS},
    [CELL_VALUE] = {.title = "Value", .width = WRAP_CELLS, .least_width = 30, .grow = 1},
};

/* Where Enter on a field leads: to what a reference names. */
static struct view_target target_of(struct workbook *workbook, const struct record *record,
                                    int field) {
    const struct field *described = &register_describe(record->register_id)->fields[field];
    const struct value *value = &record->values[field];
    struct view_target target = {.register_id = REGISTER_NONE, .owner_field = -1, .field = -1};
    if (value->kind == VALUE_WHOLE && described->type == FIELD_REFERENCE) {
        target.register_id = described->target;
        target.id = value->whole;
    } else if (value->kind == VALUE_WHOLE && described->type == FIELD_PARTY) {
        target.register_id = party_register(workbook, value->whole);
        target.id = value->whole;
    }
    return target;
}

/* Adds the field with its value wrapped over as many rows as it takes. */
static void add_field(struct record_page *page, const struct record *record, int field) {
    struct workbook *workbook = app_workbook(page->base.app);
    struct buffer text = {0};
    record_text_cell(workbook, record, field, &text);
    const char *value = buffer_text(&text);
    size_t at = 0;
    do {
        size_t line_bytes = 0;
        size_t next = layout_break(value, at, WRAP_CELLS, &line_bytes);
        char *line = memory_copy_bytes(value + at, line_bytes);
        struct view_row *row = view_rows_add(&page->base.rows);
        row->field = field;
        row->target = target_of(workbook, record, field);
        view_rows_set(row, CELL_LABEL,
                      at == 0 ? register_describe(record->register_id)->fields[field].label : "");
        row->meanings[CELL_LABEL] = MEANING_LABEL;
        view_rows_set(row, CELL_VALUE, line);
        free(line);
        at = next;
    } while (value[at] != '\0');
    buffer_free(&text);
}

/* Returns how many records of a register hold ID in a field, or 0 where reading failed. */
static int64_t count_referrers(struct workbook *workbook, enum register_id register_id, int field,
                               int64_t id) {
    const struct register_description *described = register_describe(register_id);
    struct buffer sql = {0};
    struct fault fault = {0};
    buffer_addf(&sql, "SELECT count(*) FROM %s WHERE %s = :id", described->name,
                described->fields[field].name);
    struct query *query = query_open(workbook, buffer_text(&sql), &fault);
    int64_t count = 0;
    if (query != NULL) {
        query_bind_whole(query, ":id", id);
        count = query_step(query, &fault) == 1 ? query_whole(query, 0) : 0;
        query_close(query);
    }
    fault_clear(&fault);
    buffer_free(&sql);
    return count;
}

static bool refers_to(const struct field *field, enum register_id target) {
    bool is_party = target == REGISTER_ROLE || target == REGISTER_PERSON;
    return (field->type == FIELD_REFERENCE && field->target == target) ||
           (field->type == FIELD_PARTY && is_party);
}

static void add_referrer(struct record_page *page, enum register_id register_id, int field,
                         bool *is_first) {
    const struct register_description *described = register_describe(register_id);
    int64_t count = count_referrers(app_workbook(page->base.app), register_id, field, page->id);
    bool is_part_of_key = register_is_key_field(register_id, field);
    if (count == 0 && !is_part_of_key) {
        return;
    }
    if (*is_first) {
        view_rows_add_heading(&page->base.rows, "What belongs to it (Enter goes there)");
        *is_first = false;
    }
    struct view_row *row = view_rows_add(&page->base.rows);
    struct buffer text = {0};
    buffer_addf(&text, "%lld", (long long)count);
    if (!is_part_of_key) {
        buffer_addf(&text, " as %s", described->fields[field].label);
    }
    row->target = (struct view_target){
        .register_id = register_id, .owner_field = field, .owner_id = page->id, .field = -1};
    view_rows_set(row, CELL_LABEL, described->label);
    row->meanings[CELL_LABEL] = MEANING_LABEL;
    view_rows_set(row, CELL_VALUE, buffer_text(&text));
    buffer_free(&text);
}

static void add_referrers(struct record_page *page) {
    bool is_first = true;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        for (int field = 0; field < described->field_count; field++) {
            if (refers_to(&described->fields[field], page->register_id)) {
                add_referrer(page, (enum register_id)id, field, &is_first);
            }
        }
    }
}

/* Puts the cursor on the field that the page was opened for. */
static void go_to_field(struct record_page *page) {
    for (size_t i = 0; page->first_field >= 0 && i < page->base.rows.count; i++) {
        if (page->base.rows.items[i].field == page->first_field) {
            page->first_field = -1;
            list_go_to(page->base.list, (int64_t)i + 1, "");
        }
    }
}

/* Adds what data/pages says belongs on the page of such a record, such as all that a person holds:
 * rows of label, value, register, id, heading. */
static bool add_facts(struct record_page *page, struct fault *fault) {
    char path[64];
    snprintf(path, sizeof path, "pages/%s.sql", register_describe(page->register_id)->name);
    if (embedded_find(path) == NULL) {
        return true;
    }
    struct query *query = words_query_open_file(app_workbook(page->base.app), path, fault);
    if (query == NULL) {
        return false;
    }
    query_bind_whole(query, ":id", page->id);
    int step = query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        struct view_row *row = view_rows_add(&page->base.rows);
        row->is_heading = query_whole(query, 4) == 1;
        view_rows_set(row, CELL_LABEL, query_text(query, 0));
        view_rows_set(row, CELL_VALUE, query_text(query, 1));
        row->meanings[CELL_LABEL] = MEANING_LABEL;
        row->target.id = query_whole(query, 3);
        row->target.register_id =
            row->target.id == 0 ? REGISTER_NONE : register_find(query_text(query, 2));
    }
    query_close(query);
    return step == 0;
}

static bool fill(void *context, struct fault *fault) {
    struct record_page *page = context;
    struct record record = {0};
    enum lookup found =
        record_load(app_workbook(page->base.app), page->register_id, page->id, &record, fault);
    if (found == LOOKUP_FOUND) {
        for (int field = 0; field < register_describe(page->register_id)->field_count; field++) {
            add_field(page, &record, field);
        }
        bool has_facts = add_facts(page, fault);
        add_referrers(page);
        record_free(&record);
        return has_facts;
    }
    return found != LOOKUP_FAULT;
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct record_page *page = memory_zero(1, sizeof *page);
    page->register_id = place->register_id;
    page->id = place->id;
    page->first_field = place->field;
    rows_view_init(
        &page->base, app, fill,
        &(struct list_options){
            .columns = columns,
            .column_count = COUNT(columns),
            .frozen = 1,
            .hides_titles = true,
            .empty = "This record is no longer there. Esc goes back, u takes the deletion back."});
    return page;
}

static void draw(void *context, const struct area *body) {
    struct record_page *page = context;
    rows_view_ensure(&page->base);
    go_to_field(page);
    rows_view_draw(page, body);
}

/* Does what the register's list would do with the record. */
static unsigned act_extra(struct record_page *page, int action) {
    const struct list_extra *extra = panes_list_extra(page->register_id);
    return extra == NULL || extra->act == NULL ? (unsigned)OUTCOME_NONE
                                               : extra->act(page->base.app, action, &page->id, 1);
}

/* True on a field that leads nowhere and can be written: Enter edits it. */
static bool is_plain_field(const struct record_page *page, const struct view_row *row) {
    return row != NULL && row->target.register_id == REGISTER_NONE && row->field >= 0 &&
           workbook_is_writable(app_workbook(page->base.app)) &&
           !look_is_back(app_workbook(page->base.app));
}

static unsigned act(void *context, int action) {
    struct record_page *page = context;
    rows_view_ensure(&page->base);
    go_to_field(page);
    const struct view_row *row = rows_view_current(&page->base);
    if (action == DO_EDIT || (action == DO_OPEN && is_plain_field(page, row))) {
        record_actions_edit(page->base.app, page->register_id, page->id,
                            row == NULL ? -1 : row->field);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (action == DO_DELETE) {
        record_actions_delete(page->base.app, page->register_id, &page->id, 1);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (action == DO_RECORD_HISTORY) {
        return record_history_open(page->base.app, page->register_id, page->id);
    }
    unsigned outcome = rows_view_act(&page->base, action);
    return outcome == OUTCOME_NONE ? act_extra(page, action) : outcome;
}

/* What the register's list can do with a record, its page can do. */
static const struct binding_table *own_bindings(const void *context) {
    const struct record_page *page = context;
    const struct list_extra *extra = panes_list_extra(page->register_id);
    return extra == NULL ? NULL : extra->bindings;
}

static void title(void *context, struct buffer *out) {
    const struct record_page *page = context;
    struct record record = {0};
    struct fault fault = {0};
    if (record_load(app_workbook(page->base.app), page->register_id, page->id, &record, &fault) ==
        LOOKUP_FOUND) {
        record_text_name(app_workbook(page->base.app), &record, out);
        record_free(&record);
    }
    fault_clear(&fault);
}

static const struct binding bindings[] = {
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "open",
     .help = "go to what the row names or counts; on a plain field, edit it",
     .weight = 9},
    {.key = 'e',
     .action = DO_EDIT,
     .where = WHERE_WRITABLE,
     .name = "edit",
     .label = "edit",
     .help = "edit the record, beginning at this field",
     .weight = 8},
    {.key = KEYCODE_F(2), .action = DO_EDIT, .where = WHERE_WRITABLE},
    {.key = 'd',
     .action = DO_DELETE,
     .where = WHERE_WRITABLE,
     .name = "delete",
     .label = "delete",
     .help = "delete the record, after asking",
     .weight = 6},
    {.key = 'H',
     .action = DO_RECORD_HISTORY,
     .name = "record-history",
     .label = "history",
     .help = "all that ever happened to this record; H there shows the whole history",
     .weight = 5},
};

static const struct binding_table binding_table = {
    .title = "The record", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops record_page_ops = {
    .open = open_page,
    .close = rows_view_close,
    .draw = draw,
    .act = act,
    .reload = rows_view_reload,
    .title = title,
    .search = rows_view_search,
    .click = rows_view_click,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
    .own_bindings = own_bindings,
};
