/* Owns the keys of the lines of a review: an input ends discussed, without change or not covered;
 * a person came, did not, or is excused. One key sets one choice on the line or on all marked. */
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/record.h"
#include "panes/frame/actions.h"
#include "panes/frame/panes.h"
#include "panes/record/record_actions.h"
#include "panes/record/record_text.h"

/* What a key makes of a line. */
struct line_choice {
    int action;
    enum register_id register_id;
    int field;
    const char *value;
};

static const struct line_choice choices[] = {
    {DO_INPUT_DISCUSSED, REGISTER_REVIEW_INPUT, REVIEW_INPUT_STATE, "discussed"},
    {DO_INPUT_NO_CHANGE, REGISTER_REVIEW_INPUT, REVIEW_INPUT_STATE, "no change"},
    {DO_INPUT_NOT_COVERED, REGISTER_REVIEW_INPUT, REVIEW_INPUT_STATE, "not covered"},
    {DO_CAME, REGISTER_ATTENDANCE, ATTENDANCE_ATTENDED, "yes"},
    {DO_DID_NOT_COME, REGISTER_ATTENDANCE, ATTENDANCE_ATTENDED, "no"},
    {DO_IS_EXCUSED, REGISTER_ATTENDANCE, ATTENDANCE_ATTENDED, "excused"},
};

static const struct line_choice *choice_of(int action) {
    for (size_t i = 0; i < COUNT(choices); i++) {
        if (choices[i].action == action) {
            return &choices[i];
        }
    }
    return NULL;
}

/* Sets the choice on one line of the open batch. */
static bool set_one(struct workbook *workbook, const struct line_choice *choice, int64_t id,
                    struct fault *fault) {
    struct record record = {0};
    struct value value = value_of_text(choice->value);
    bool is_set = record_load(workbook, choice->register_id, id, &record, fault) == LOOKUP_FOUND &&
                  edit_set(workbook, &record, choice->field, &value, fault);
    record_free(&record);
    value_free(&value);
    return is_set;
}

/* Names what is changed: "review input MR-2026/b issues discussed", or how many. */
static void print_label(struct app *app, const struct line_choice *choice, const int64_t *records,
                        size_t count, struct buffer *out) {
    const struct register_description *described = register_describe(choice->register_id);
    struct fault fault = {0};
    if (count > 1) {
        buffer_addf(out, "%zu rows of %s", count, described->label);
    } else if (record_print_key_of(app_workbook(app), choice->register_id, records[0], out,
                                   &fault) == LOOKUP_FAULT) {
        fault_clear(&fault);
    }
    buffer_addf(out, ": %s %s", described->fields[choice->field].label, choice->value);
}

static unsigned set_all(struct app *app, const struct line_choice *choice, const int64_t *records,
                        size_t count) {
    struct workbook *workbook = app_workbook(app);
    struct buffer label = {0};
    struct fault fault = {0};
    if (count == 0 || !app_may_write(app)) {
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    print_label(app, choice, records, count, &label);
    bool is_good = edit_begin(workbook, buffer_text(&label), &fault);
    if (is_good) {
        for (size_t i = 0; is_good && i < count; i++) {
            is_good = set_one(workbook, choice, records[i], &fault);
        }
        is_good = is_good && edit_commit(workbook, &fault);
        if (!is_good) {
            edit_abandon(workbook);
        }
    }
    if (is_good) {
        app_stored(app, "%s", buffer_text(&label));
    } else {
        app_say_fault(app, &fault);
    }
    buffer_free(&label);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static unsigned act(struct app *app, int action, const int64_t *records, size_t count) {
    const struct line_choice *choice = choice_of(action);
    if (action == DO_INPUT_TEXT) {
        if (count > 0) {
            record_actions_edit(app, REGISTER_REVIEW_INPUT, records[0], REVIEW_INPUT_SUMMARY);
        }
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return choice == NULL ? (unsigned)OUTCOME_NONE : set_all(app, choice, records, count);
}

static const struct binding input_bindings[] = {
    {.key = 'c',
     .action = DO_INPUT_DISCUSSED,
     .where = WHERE_WRITABLE,
     .name = "discussed",
     .label = "discussed",
     .help = "the input was discussed",
     .weight = 9},
    {.key = '=',
     .action = DO_INPUT_NO_CHANGE,
     .where = WHERE_WRITABLE,
     .name = "no-change",
     .label = "no change",
     .help = "the input was looked at, and nothing has changed",
     .weight = 9},
    {.key = 'x',
     .action = DO_INPUT_NOT_COVERED,
     .where = WHERE_WRITABLE,
     .name = "not-covered",
     .label = "not covered",
     .help = "the input was not covered in this review",
     .weight = 9},
    {.key = 'e',
     .action = DO_INPUT_TEXT,
     .where = WHERE_WRITABLE,
     .name = "text",
     .label = "text",
     .help = "edit what was said on the input",
     .weight = 8},
};

static const struct binding attendance_bindings[] = {
    {.key = 'c',
     .action = DO_CAME,
     .where = WHERE_WRITABLE,
     .name = "came",
     .label = "came",
     .help = "the person attended",
     .weight = 9},
    {.key = 'x',
     .action = DO_DID_NOT_COME,
     .where = WHERE_WRITABLE,
     .name = "absent",
     .label = "absent",
     .help = "the person did not come",
     .weight = 9},
    {.key = 'z',
     .action = DO_IS_EXCUSED,
     .where = WHERE_WRITABLE,
     .name = "excused",
     .label = "excused",
     .help = "the person is excused",
     .weight = 9},
};

static const struct binding_table input_table = {
    .title = "Inputs", .bindings = input_bindings, .count = COUNT(input_bindings)};
static const struct binding_table attendance_table = {
    .title = "Attendance", .bindings = attendance_bindings, .count = COUNT(attendance_bindings)};

const struct list_extra review_input_keys = {.bindings = &input_table, .act = act};
const struct list_extra attendance_keys = {.bindings = &attendance_table, .act = act};
