/* Owns the page of a course: who needs it and lacks it, top management first, and who holds it;
 * those marked are set down as having completed it today. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/frame/write_batch.h"
#include "panes/list/rows_view.h"
#include "panes/record/record_text.h"

enum { CELL_PERSON, CELL_DEPARTMENT, CELL_STANDING };

static const struct list_column columns[] = {
    [CELL_PERSON] = {.title = "Person", .width = 30, .least_width = 20, .grow = 2},
    [CELL_DEPARTMENT] =
        {.title = "Department", .width = 18, .least_width = 12, .grow = 1, .priority = 1},
    [CELL_STANDING] = {.title = "Standing", .width = 24},
};

struct learners_page {
    struct rows_view base;
    int64_t course;
    char *name;
    size_t holding, needing;
};

/* Says how somebody stands to the course. */
static void set_standing(struct view_row *row, struct query *query, bool is_held) {
    struct buffer text = {0};
    const char *completed = query_text(query, 5);
    const char *until = query_text(query, 6);
    const char *due = query_text(query, 7);
    if (is_held) {
        buffer_addf(&text, strcmp(until, "9999-12-31") == 0 ? "on %s" : "counts until %s",
                    strcmp(until, "9999-12-31") == 0 ? completed : until);
    } else if (completed[0] != '\0') {
        buffer_addf(&text, "ran out %s", until);
    } else {
        buffer_addf(&text, due[0] == '\0' ? "never" : "due %s", due);
    }
    row->marks[CELL_STANDING] = is_held ? MARK_GOOD : MARK_BAD;
    row->meanings[CELL_STANDING] = palette_mark_meaning(row->marks[CELL_STANDING]);
    view_rows_set(row, CELL_STANDING, buffer_text(&text));
    buffer_free(&text);
}

static void add_person(struct learners_page *page, struct query *query) {
    struct view_row *row = view_rows_add(&page->base.rows);
    struct buffer name = {0};
    bool is_held = query_whole(query, 4) != 0;
    row->handle = row->target.id = query_whole(query, 0);
    row->target.register_id = REGISTER_PERSON;
    buffer_addf(&name, "%s%s", query_text(query, 1),
                query_whole(query, 3) != 0 ? ", top management" : "");
    view_rows_set(row, CELL_PERSON, buffer_text(&name));
    view_rows_set(row, CELL_DEPARTMENT, query_text(query, 2));
    set_standing(row, query, is_held);
    page->needing++;
    page->holding += is_held;
    buffer_free(&name);
}

/* Reads what the course is called. */
static bool read_name(struct learners_page *page, struct fault *fault) {
    struct record course = {0};
    enum lookup found =
        record_load(app_workbook(page->base.app), REGISTER_COURSE, page->course, &course, fault);
    free(page->name);
    page->name = memory_copy_text("");
    if (found == LOOKUP_FOUND) {
        struct buffer name = {0};
        buffer_addf(&name, "%s %s", value_text(&course.values[COURSE_REF]),
                    value_text(&course.values[COURSE_TITLE]));
        free(page->name);
        page->name = buffer_take(&name);
        record_free(&course);
    }
    return found != LOOKUP_FAULT;
}

static bool fill(void *context, struct fault *fault) {
    struct learners_page *page = context;
    page->holding = page->needing = 0;
    if (!read_name(page, fault)) {
        return false;
    }
    struct query *query =
        words_query_open_file(app_workbook(page->base.app), "figures/learners.sql", fault);
    int step = -1;
    int group = -1;
    if (query != NULL) {
        query_bind_whole(query, ":course", page->course);
        step = query_step(query, fault);
    }
    for (; step == 1; step = query_step(query, fault)) {
        if (group != (query_whole(query, 4) != 0)) {
            group = query_whole(query, 4) != 0;
            view_rows_add_heading(&page->base.rows, group == 1 ? "Has it" : "Lacks it");
        }
        add_person(page, query);
    }
    query_close(query);
    return step == 0;
}

static void *open_page(struct app *app, const struct view_place *place, struct fault *fault) {
    (void)fault;
    struct learners_page *page = memory_zero(1, sizeof *page);
    page->course = place->id;
    rows_view_init(&page->base, app, fill,
                   &(struct list_options){
                       .columns = columns,
                       .column_count = COUNT(columns),
                       .frozen = 1,
                       .empty =
                           "Nobody needs this course yet. Its audience says who does: everyone, "
                           "top management, or the roles of the view Courses of roles. e edits "
                           "it.",
                   });
    return page;
}

static void close_page(void *context) {
    struct learners_page *page = context;
    rows_view_release(&page->base);
    free(page->name);
    free(page);
}

/* The people who completed the course today. */
struct lesson {
    int64_t course;
    char today[DATE_TEXT_SIZE];
    const int64_t *people;
    size_t count;
};

/* Returns the training of the person that waits to be completed, the first due; 0 where none does.
 */
static int64_t find_waiting(struct workbook *workbook, const struct lesson *lesson, int64_t person,
                            struct fault *fault) {
    static const char sql[] = "SELECT id FROM training WHERE person = :person AND course = :course"
                              " AND completed_on IS NULL ORDER BY due_on LIMIT 1";
    struct query *query = query_open(workbook, sql, fault);
    int64_t id = 0;
    if (query != NULL) {
        query_bind_whole(query, ":person", person);
        query_bind_whole(query, ":course", lesson->course);
        id = query_step(query, fault) == 1 ? query_whole(query, 0) : 0;
        query_close(query);
    }
    return id;
}

static bool complete_waiting(struct workbook *workbook, const struct lesson *lesson, int64_t id,
                             struct fault *fault) {
    struct record training = {0};
    struct value day = value_of_text(lesson->today);
    bool is_done = record_load(workbook, REGISTER_TRAINING, id, &training, fault) == LOOKUP_FOUND &&
                   edit_set(workbook, &training, TRAINING_COMPLETED_ON, &day, fault);
    record_free(&training);
    value_free(&day);
    return is_done;
}

/* Sets a completion down, unless one of today stands already. */
static bool add_completed(struct workbook *workbook, const struct lesson *lesson, int64_t person,
                          struct fault *fault) {
    struct value values[TRAINING_FIELDS] = {
        [TRAINING_PERSON] = value_of_whole(person),
        [TRAINING_COURSE] = value_of_whole(lesson->course),
        [TRAINING_DUE_ON] = value_of_text(lesson->today),
        [TRAINING_COMPLETED_ON] = value_of_text(lesson->today),
    };
    int64_t id = 0;
    enum lookup found = record_find(workbook, REGISTER_TRAINING, values, &id, fault);
    bool is_done =
        found == LOOKUP_FOUND ||
        (found == LOOKUP_NONE && edit_insert(workbook, REGISTER_TRAINING, values, &id, fault));
    values_free(values, TRAINING_FIELDS);
    return is_done;
}

static bool write_lesson(void *context, struct workbook *workbook, struct fault *fault) {
    const struct lesson *lesson = context;
    for (size_t i = 0; i < lesson->count; i++) {
        int64_t waiting = find_waiting(workbook, lesson, lesson->people[i], fault);
        if (fault->kind != FAULT_NONE ||
            !(waiting != 0 ? complete_waiting(workbook, lesson, waiting, fault)
                           : add_completed(workbook, lesson, lesson->people[i], fault))) {
            return false;
        }
    }
    return true;
}

static void train(struct learners_page *page, const int64_t *people, size_t count) {
    struct lesson lesson = {.course = page->course, .people = people, .count = count};
    struct buffer label = {0};
    app_print_today(page->base.app, lesson.today);
    buffer_addf(&label, "completion of %s by %zu %s", page->name, count,
                count == 1 ? "person" : "people");
    if (write_batch(page->base.app, buffer_text(&label), write_lesson, &lesson)) {
        list_clear_marks(page->base.list);
    }
    buffer_free(&label);
}

/* Takes the people that are marked, else the one under the cursor. */
static unsigned train_marked(struct learners_page *page) {
    int64_t *people = NULL;
    size_t count = rows_view_gather(&page->base, &people);
    if (count > 0) {
        train(page, people, count);
    } else {
        app_say(page->base.app, MEANING_MESSAGE, "Choose a person, or mark several with Space");
    }
    free(people);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(void *context, int action) {
    struct learners_page *page = context;
    rows_view_ensure(&page->base);
    if (action == DO_EDIT) {
        return app_open_record(page->base.app, REGISTER_COURSE, page->course, -1);
    }
    return action == DO_TRAINED ? train_marked(page) : rows_view_act(&page->base, action);
}

static void title(void *context, struct buffer *out) {
    struct learners_page *page = context;
    rows_view_ensure(&page->base);
    buffer_addf(out, "Who needs %s", page->name);
}

static void describe(void *context, struct buffer *out) {
    struct learners_page *page = context;
    rows_view_ensure(&page->base);
    buffer_addf(out, "%zu of %zu", page->holding, page->needing);
    if (list_mark_count(page->base.list) > 0) {
        buffer_addf(out, ", %zu marked", list_mark_count(page->base.list));
    }
}

static const struct binding bindings[] = {
    {.key = 'm',
     .action = DO_TRAINED,
     .where = WHERE_WRITABLE,
     .name = "trained",
     .label = "trained today",
     .help = "set down that the marked people, else this one, completed the course today",
     .weight = 9},
    {.key = KEYCODE_ENTER,
     .action = DO_OPEN,
     .name = "open",
     .label = "the person",
     .help = "show the person",
     .weight = 7},
    {.key = 'e',
     .action = DO_EDIT,
     .name = "course",
     .label = "the course",
     .help = "show the course itself, where it is edited",
     .weight = 6},
};

static const struct binding_table binding_table = {
    .title = "A course", .bindings = bindings, .count = COUNT(bindings)};

const struct view_ops learners_page_ops = {
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
