/* Owns the page of a merge: a line per conflict, chosen by key or all one way, and Enter. Knows
 * nothing of how a merge is made. */
#include "panes/merge/merge_view.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/merge.h"
#include "clause5/screen/keycode.h"
#include "panes/frame/actions.h"
#include "panes/frame/complete_path.h"
#include "panes/list/rows_view.h"
#include "panes/merge/merge_said.h"

enum {
    CELL_RECORD,
    CELL_OURS,
    CELL_OUR_WRITER,
    CELL_THEIRS,
    CELL_THEIR_WRITER,
    CELL_CHOICE,
    CELLS,
};

enum {
    DETAIL_ROWS = 4,
    STAMP_MONTH = 5, /* of 2026-11-21T20:18:00.000Z */
    STAMP_DAY = 10,
};

static const struct list_column columns[CELLS] = {
    [CELL_RECORD] = {.title = "Record", .width = 30, .least_width = 18, .grow = 2},
    [CELL_OURS] = {.title = "Ours", .width = 20, .least_width = 11, .grow = 3},
    [CELL_OUR_WRITER] = {.title = "by", .width = 18, .least_width = 10, .priority = 3},
    [CELL_THEIRS] = {.title = "Theirs", .width = 20, .least_width = 11, .grow = 3},
    [CELL_THEIR_WRITER] = {.title = "by", .width = 18, .least_width = 10, .priority = 2},
    [CELL_CHOICE] = {.title = "Choice", .width = 6, .least_width = 6},
};

/* The page. It owns the other copy and the merge while it is open. */
struct merge_view {
    struct rows_view base;
    struct workbook *theirs;
    struct merge *merge;
    char *path;
    uint64_t revision; /* of ours, that the comparison was made at */
};

static const char *choice_word(enum merge_choice choice) {
    return choice == MERGE_OURS ? "ours" : choice == MERGE_THEIRS ? "theirs" : "?";
}

/* "11-22 Mia Sato": a line has no room for more; all of it stands below the list. */
static void set_writer(struct view_row *row, size_t cell, const char *actor, const char *time) {
    struct buffer text = {0};
    if (strlen(time) > STAMP_DAY) {
        buffer_addf(&text, "%.*s %s", STAMP_DAY - STAMP_MONTH, time + STAMP_MONTH, actor);
    }
    view_rows_set(row, cell, buffer_text(&text));
    buffer_free(&text);
}

static void print_record(const struct merge_conflict *conflict, struct buffer *out) {
    buffer_addf(out, "%s %s%s%s", register_describe(conflict->register_id)->singular,
                conflict->record, conflict->field[0] == '\0' ? "" : ", ", conflict->field);
}

static bool fill(void *context, struct fault *fault) {
    struct merge_view *view = context;
    (void)fault;
    for (size_t i = 0; i < merge_conflict_count(view->merge); i++) {
        const struct merge_conflict *conflict = merge_conflict_at(view->merge, i);
        struct view_row *row = view_rows_add(&view->base.rows);
        struct buffer record = {0};
        print_record(conflict, &record);
        row->handle = (int64_t)i + 1;
        view_rows_set(row, CELL_RECORD, buffer_text(&record));
        view_rows_set(row, CELL_OURS, conflict->ours);
        view_rows_set(row, CELL_THEIRS, conflict->theirs);
        view_rows_set(row, CELL_CHOICE, choice_word(conflict->choice));
        set_writer(row, CELL_OUR_WRITER, conflict->our_actor, conflict->our_time);
        set_writer(row, CELL_THEIR_WRITER, conflict->their_actor, conflict->their_time);
        row->meanings[CELL_CHOICE] = conflict->choice == MERGE_OPEN ? MEANING_OPEN : MEANING_GOOD;
        row->meanings[CELL_OURS] = conflict->choice == MERGE_OURS ? MEANING_GOOD : MEANING_TEXT;
        row->meanings[CELL_THEIRS] = conflict->choice == MERGE_THEIRS ? MEANING_GOOD : MEANING_TEXT;
        buffer_free(&record);
    }
    return true;
}

static void close_view(void *context) {
    struct merge_view *view = context;
    rows_view_release(&view->base);
    merge_close(view->merge);
    workbook_close(view->theirs);
    free(view->path);
    free(view);
}

/* Makes the page from the view that merge_view_open prepared. */
static void *open_view(struct app *app, const struct view_place *place, struct fault *fault) {
    struct merge_view *view = place->subject;
    const struct list_options options = {
        .columns = columns,
        .column_count = CELLS,
        .frozen = 1,
        .empty = "Nothing was changed differently on both sides. Enter merges, Esc leaves "
                 "everything as it is."};
    (void)fault;
    rows_view_init(&view->base, app, fill, &options);
    return view;
}

/* What the counts say depends on the choices. */
static void look_again(struct merge_view *view) {
    struct fault fault = {0};
    if (merge_try(view->merge, &fault) == MERGE_FAULT) {
        app_say_fault(view->base.app, &fault);
    }
    view->base.is_stale = true;
}

static unsigned choose(struct merge_view *view, enum merge_choice choice) {
    const int64_t *marks = list_marks(view->base.list);
    size_t count = list_mark_count(view->base.list);
    int64_t row = 0;
    rows_view_ensure(&view->base);
    for (size_t i = 0; i < count; i++) {
        merge_choose(view->merge, (size_t)marks[i] - 1, choice);
    }
    if (count == 0 && list_current(view->base.list, &row)) {
        merge_choose(view->merge, (size_t)row - 1, choice);
        list_act(view->base.list, LIST_DOWN);
    }
    list_clear_marks(view->base.list);
    look_again(view);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned choose_all(struct merge_view *view, enum merge_choice choice) {
    merge_choose_all(view->merge, choice);
    look_again(view);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Says what the merge did, and leaves the page; the view is gone then. */
static void say_stored(struct merge_view *view) {
    struct app *app = view->base.app;
    bool is_told = merge_renumbering_count(view->merge) + merge_finding_count(view->merge) > 0;
    struct buffer report = {0};
    struct buffer total = {0};
    char *label = merge_make_label(view->path);
    merge_said_report(view->merge, &report);
    merge_said_total(view->merge, &total);
    app_leave_page(app);
    app_stored(app, "%s: %s", label, buffer_text(&total));
    if (is_told) {
        dialog_show_text(app_stage(app), "Merged", buffer_text(&report));
    }
    buffer_free(&report);
    buffer_free(&total);
    free(label);
}

static unsigned store(struct merge_view *view) {
    struct app *app = view->base.app;
    struct fault fault = {0};
    size_t open = merge_open_count(view->merge);
    if (open > 0) {
        app_say(app, MEANING_FAULT,
                "%zu %s not decided: o takes ours, t theirs, O and T decide all", open,
                open == 1 ? "conflict is" : "conflicts are");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    if (view->revision != workbook_revision(app_workbook(app))) {
        app_say(app, MEANING_FAULT,
                "The workbook was changed since it was compared: Esc, and :merge compares again");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    char *label = merge_make_label(view->path);
    enum merge_end end = app_may_write(app) ? merge_store(view->merge, label, &fault) : MERGE_HELD;
    free(label);
    if (end == MERGE_STORED) {
        say_stored(view);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    view->base.is_stale = true;
    if (end == MERGE_FAULT) {
        return app_say_fault(app, &fault);
    }
    if (merge_open_count(view->merge) > 0) {
        app_say(app, MEANING_FAULT, "Some choices do not go together: see the last lines");
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

/* Nothing else may be changed while the two are compared. */
static unsigned refuse_change(struct merge_view *view) {
    app_say(view->base.app, MEANING_FAULT, "Finish the merge first: Enter merges, Esc leaves it");
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(void *context, int action) {
    struct merge_view *view = context;
    switch (action) {
    case DO_MERGE_OURS:
        return choose(view, MERGE_OURS);
    case DO_MERGE_THEIRS:
        return choose(view, MERGE_THEIRS);
    case DO_MERGE_ALL_OURS:
        return choose_all(view, MERGE_OURS);
    case DO_MERGE_ALL_THEIRS:
        return choose_all(view, MERGE_THEIRS);
    case DO_MERGE_STORE:
    case DO_OPEN:
        return store(view);
    case DO_UNDO:
    case DO_REDO:
    case DO_IMPORT:
    case DO_AS_OF:
    case DO_MERGE:
        return refuse_change(view);
    default:
        return rows_view_act(&view->base, action);
    }
}

static bool may_leave(void *context) {
    refuse_change(context);
    return false;
}

static void draw_side(const struct area *area, int row, const char *word, const char *value,
                      const char *writer) {
    struct buffer line = {0};
    buffer_addf(&line, "%s: %s%s%s%s", word, value, writer[0] == '\0' ? "" : " (", writer,
                writer[0] == '\0' ? "" : ")");
    area_put(area, (struct spot){.row = row, .column = 1}, MEANING_TEXT, buffer_text(&line));
    buffer_free(&line);
}

/* Both sides of the conflict under the cursor, with who and when, below the list. */
static void draw_detail(struct merge_view *view, const struct area *area) {
    const struct view_row *row = rows_view_current(&view->base);
    if (row == NULL || row->handle == 0) {
        return;
    }
    const struct merge_conflict *conflict = merge_conflict_at(view->merge, (size_t)row->handle - 1);
    struct buffer record = {0};
    struct buffer ours = {0};
    struct buffer theirs = {0};
    print_record(conflict, &record);
    merge_said_writer(&ours, conflict->our_actor, conflict->our_time);
    merge_said_writer(&theirs, conflict->their_actor, conflict->their_time);
    area_rule(area, (struct spot){.row = 0});
    area_put(area, (struct spot){.row = 1, .column = 1}, MEANING_TITLE, buffer_text(&record));
    draw_side(area, 2, "Ours", conflict->ours, buffer_text(&ours));
    draw_side(area, 3, "Theirs", conflict->theirs, buffer_text(&theirs));
    buffer_free(&record);
    buffer_free(&ours);
    buffer_free(&theirs);
}

static void draw_head(struct merge_view *view, const struct area *body) {
    struct buffer total = {0};
    buffer_add(&total, "From theirs: ");
    merge_said_total(view->merge, &total);
    area_put(body, (struct spot){.column = 1}, MEANING_MESSAGE, buffer_text(&total));
    buffer_free(&total);
}

static void draw(void *context, const struct area *body) {
    struct merge_view *view = context;
    rows_view_ensure(&view->base);
    bool has_detail = body->height > 3 * DETAIL_ROWS;
    int list_height = body->height - 2 - (has_detail ? DETAIL_ROWS : 0);
    struct area list = area_rows(*body, 2, list_height);
    draw_head(view, body);
    if (has_detail) {
        struct area detail = area_rows(*body, 2 + list_height, DETAIL_ROWS);
        draw_detail(view, &detail);
    }
    list_draw(view->base.list, &list);
}

static void title(void *context, struct buffer *out) {
    const struct merge_view *view = context;
    const char *slash = strrchr(view->path, '/');
    buffer_addf(out, "Merge of %s", slash == NULL ? view->path : slash + 1);
}

static void describe(void *context, struct buffer *out) {
    const struct merge_view *view = context;
    size_t count = merge_conflict_count(view->merge);
    buffer_addf(out, "%zu conflict%s, %zu open", count, count == 1 ? "" : "s",
                merge_open_count(view->merge));
}

static const struct binding bindings[] = {
    {.key = 'o',
     .action = DO_MERGE_OURS,
     .name = "take-ours",
     .label = "ours",
     .help = "decide the conflict, or all marked, for ours",
     .weight = 9},
    {.key = 't',
     .action = DO_MERGE_THEIRS,
     .name = "take-theirs",
     .label = "theirs",
     .help = "decide the conflict, or all marked, for theirs",
     .weight = 9},
    {.key = 'O',
     .action = DO_MERGE_ALL_OURS,
     .name = "take-all-ours",
     .label = "all ours",
     .help = "decide every conflict for ours",
     .weight = 7},
    {.key = 'T',
     .action = DO_MERGE_ALL_THEIRS,
     .name = "take-all-theirs",
     .label = "all theirs",
     .help = "decide every conflict for theirs",
     .weight = 7},
    {.key = KEYCODE_ENTER,
     .action = DO_MERGE_STORE,
     .name = "store-merge",
     .label = "merge",
     .help = "store the merge, once every conflict is decided; u takes it back",
     .weight = 8},
    {.key = KEYCODE_ESC,
     .action = DO_BACK,
     .name = "back",
     .label = "leave",
     .help = "leave everything as it is",
     .weight = 8},
};

static const struct binding_table binding_table = {
    .title = "A merge", .bindings = bindings, .count = COUNT(bindings)};

static const struct view_ops merge_view_ops = {
    .open = open_view,
    .close = close_view,
    .draw = draw,
    .act = act,
    .reload = rows_view_reload,
    .describe = describe,
    .title = title,
    .search = rows_view_search,
    .may_leave = may_leave,
    .copy = rows_view_copy,
    .bindings = &binding_table,
    .has_list = true,
};

static void complete(void *context, const char *typed, struct candidates *out) {
    (void)context;
    complete_path(typed, out);
}

static bool is_readable(void *context, const char *text, struct fault *fault) {
    struct stat status;
    (void)context;
    return stat(text, &status) == 0 ||
           fault_set(fault, FAULT_REFUSED, "There is no file %s (Tab completes)", text);
}

/* Returns the path to merge, to be freed with free; NULL where the question was left. */
static char *ask_path(struct app *app) {
    const struct prompt_options options = {
        .label = "Merge the copy: ", .complete = complete, .accept = is_readable};
    struct buffer path = {0};
    char *trimmed = NULL;
    if (dialog_prompt(app_stage(app), &options, &path) && path.len_bytes > 0) {
        trimmed = text_trim(buffer_text(&path));
    }
    buffer_free(&path);
    return trimmed;
}

/* Compares the two; false with the fault. */
static bool compare(struct merge_view *view, struct app *app, struct fault *fault) {
    struct workbook *ours = app_workbook(app);
    view->revision = workbook_revision(ours);
    view->theirs = merge_open_theirs(workbook_path(ours), view->path, workbook_clock(ours), fault);
    view->merge = view->theirs == NULL ? NULL : merge_open(ours, view->theirs, fault);
    return view->merge != NULL && merge_try(view->merge, fault) != MERGE_FAULT;
}

static unsigned open_page(struct app *app, char *path) {
    struct merge_view *view = memory_zero(1, sizeof *view);
    const struct view_place place = {
        .register_id = REGISTER_NONE, .owner_field = -1, .subject = view};
    struct fault fault = {0};
    view->path = path;
    bool is_compared = compare(view, app, &fault);
    if (is_compared && !merge_is_known(view->merge)) {
        return app_open_page(app, &merge_view_ops, &place);
    }
    if (is_compared) {
        app_say(app, MEANING_MESSAGE, "Everything of %s is here already: there is nothing to merge",
                path);
    } else {
        app_say_fault(app, &fault);
    }
    merge_close(view->merge);
    workbook_close(view->theirs);
    free(view->path);
    free(view);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned merge_view_open(struct app *app, const char *path) {
    char *chosen = NULL;
    if (app_may_write(app)) {
        chosen = path != NULL ? memory_copy_text(path) : ask_path(app);
    }
    return chosen == NULL ? (unsigned)(OUTCOME_HANDLED | OUTCOME_REDRAW) : open_page(app, chosen);
}
