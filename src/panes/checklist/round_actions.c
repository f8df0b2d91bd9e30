/* Owns the conversations about rounds; what a round may do is said by the rules and audit rooms. */
#include "panes/checklist/round_actions.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/rules/workflow.h"
#include "clause5/store/query.h"

enum { ROUNDS_MOST = 26, CHOICES_MOST = 12 };

/* Returns the first audit that the query gives, with the chosen round bound, or 0. */
static int64_t first_audit(struct app *app, const char *sql) {
    struct fault fault = {0};
    struct query *query = query_open(app_workbook(app), sql, &fault);
    int64_t audit = 0;
    if (query != NULL) {
        query_bind_whole(query, ":chosen", app_round(app));
        audit = query_step(query, &fault) == 1 ? query_whole(query, 0) : 0;
        query_close(query);
    }
    if (fault.kind != FAULT_NONE) {
        app_say_fault(app, &fault);
    }
    return audit;
}

int64_t round_actions_current(struct app *app) {
    return first_audit(
        app, "SELECT id FROM audit"
             " ORDER BY id = :chosen DESC, closed_on IS NOT NULL, starts_on DESC, id DESC LIMIT 1");
}

/* The round that a new one carries over from. */
static int64_t newest_round(struct app *app) {
    return first_audit(app, "SELECT id FROM audit ORDER BY starts_on DESC, id DESC LIMIT 1");
}

/* Reads a round; false where there is none. */
static bool load_round(struct app *app, int64_t audit, struct record *round) {
    struct fault fault = {0};
    bool is_there = audit != 0 && record_load(app_workbook(app), REGISTER_AUDIT, audit, round,
                                              &fault) == LOOKUP_FOUND;
    fault_clear(&fault);
    return is_there;
}

bool round_actions_is_closed(struct app *app) {
    struct record round = {0};
    bool is_closed = load_round(app, round_actions_current(app), &round) &&
                     round.values[AUDIT_CLOSED_ON].kind != VALUE_EMPTY;
    record_free(&round);
    return is_closed;
}

void round_actions_describe(struct app *app, const struct round_lines *lines, struct buffer *out) {
    struct record round = {0};
    if (!load_round(app, round_actions_current(app), &round)) {
        return;
    }
    struct round_progress progress = round_count(lines, NULL);
    int findings = progress.verdicts[ROUND_MAJOR] + progress.verdicts[ROUND_MINOR] +
                   progress.verdicts[ROUND_CONCERN];
    buffer_addf(out, "%s  %d of %d done", value_text(&round.values[AUDIT_REF]), progress.done,
                progress.lines);
    if (findings > 0) {
        buffer_addf(out, "  %s %d", palette_mark(app_terminal(app), MARK_BAD), findings);
    }
    buffer_add(out, round.values[AUDIT_CLOSED_ON].kind != VALUE_EMPTY ? "  closed" : "");
    record_free(&round);
}

/* Lets the user choose one of a field's choices; NULL where it was left. */
static const char *choose_value(struct app *app, const struct field *field, const char *title) {
    struct menu_item items[CHOICES_MOST];
    size_t count = 0;
    for (const struct choice *choice = field->choices;
         choice->value != NULL && count < CHOICES_MOST; choice++) {
        items[count++] = (struct menu_item){.label = choice->label};
    }
    const struct menu menu = {.title = title, .items = items, .count = count};
    int chosen = dialog_choose(app_stage(app), &menu);
    return chosen == DIALOG_NO_ANSWER ? NULL : field->choices[chosen].value;
}

/* Proposes a ref such as 2026-IA, with a letter behind it where that is taken. */
static void propose_ref(struct app *app, const char *kind, struct buffer *out) {
    static const struct {
        const char *kind, *code;
    } codes[] = {{"self-assessment", "SA"}, {"internal", "IA"},     {"stage 1", "S1"},
                 {"stage 2", "S2"},         {"surveillance", "SV"}, {"recertification", "RC"},
                 {"supplier", "SUP"}};
    int year = date_to_parts(workbook_clock(app_workbook(app))->today).year;
    const char *code = "R";
    for (size_t i = 0; i < COUNT(codes); i++) {
        code = strcmp(codes[i].kind, kind) == 0 ? codes[i].code : code;
    }
    for (int letter = 'a'; letter <= 'z'; letter++) {
        struct fault fault = {0};
        int64_t id = 0;
        buffer_clear(out);
        buffer_addf(out, "%d-%s", year, code);
        if (letter > 'a') {
            buffer_add_byte(out, (char)letter);
        }
        enum lookup found =
            record_find_key(app_workbook(app), REGISTER_AUDIT, buffer_text(out), &id, &fault);
        fault_clear(&fault);
        if (found != LOOKUP_FOUND) {
            return;
        }
    }
}

static bool start_round(struct app *app, const char *kind, const char *ref, int64_t *id,
                        struct fault *fault) {
    struct value values[AUDIT_FIELDS] = {0};
    char today[DATE_TEXT_SIZE];
    struct buffer title = {0};
    int64_t previous = newest_round(app);
    date_print(workbook_clock(app_workbook(app))->today, today);
    buffer_addf(&title, "%s%s", kind, strcmp(kind, "self-assessment") == 0 ? "" : " audit");
    values[AUDIT_REF] = value_of_text(ref);
    values[AUDIT_TITLE] = value_of_text(buffer_text(&title));
    values[AUDIT_KIND] = value_of_text(kind);
    values[AUDIT_AUDITOR] = value_of_text(workbook_actor(app_workbook(app)));
    values[AUDIT_STARTS_ON] = value_of_text(today);
    if (previous != 0) {
        values[AUDIT_PREVIOUS] = value_of_whole(previous);
    }
    bool is_started = round_start(app_workbook(app), values, id, fault);
    values_free(values, AUDIT_FIELDS);
    buffer_free(&title);
    return is_started;
}

void round_actions_start(struct app *app) {
    const struct field *kinds = &register_describe(REGISTER_AUDIT)->fields[AUDIT_KIND];
    struct buffer proposed = {0};
    struct buffer ref = {0};
    struct fault fault = {0};
    int64_t id = 0;
    const char *kind = app_may_write(app) ? choose_value(app, kinds, "What kind of round") : NULL;
    if (kind != NULL) {
        propose_ref(app, kind, &proposed);
        const struct prompt_options options = {.label = "Ref of the round: ",
                                               .text = buffer_text(&proposed)};
        if (dialog_prompt(app_stage(app), &options, &ref) && ref.len_bytes > 0) {
            if (start_round(app, kind, buffer_text(&ref), &id, &fault)) {
                app_choose_round(app, id);
                app_stored(app, "start %s", buffer_text(&ref));
            } else {
                app_say_fault(app, &fault);
            }
        }
    }
    buffer_free(&proposed);
    buffer_free(&ref);
}

void round_actions_choose(struct app *app) {
    static const char sql[] =
        "SELECT id, ref, title, coalesce('closed ' || closed_on, 'open since ' || starts_on)"
        " FROM audit ORDER BY starts_on DESC, id DESC LIMIT 26";
    struct menu_item items[ROUNDS_MOST];
    char *labels[ROUNDS_MOST];
    char *details[ROUNDS_MOST];
    int64_t ids[ROUNDS_MOST];
    size_t count = 0;
    struct fault fault = {0};
    struct query *query = query_open(app_workbook(app), sql, &fault);
    while (query != NULL && count < ROUNDS_MOST && query_step(query, &fault) == 1) {
        struct buffer label = {0};
        buffer_addf(&label, "%s  %s", query_text(query, 1), query_text(query, 2));
        ids[count] = query_whole(query, 0);
        labels[count] = buffer_take(&label);
        details[count] = memory_copy_text(query_text(query, 3));
        items[count] = (struct menu_item){
            .letter = (char)('a' + count), .label = labels[count], .detail = details[count]};
        count++;
    }
    query_close(query);
    int64_t chosen_id = 0;
    if (count > 0) {
        const struct menu menu = {.title = "Round", .items = items, .count = count};
        int chosen = dialog_choose(app_stage(app), &menu);
        chosen_id = chosen == DIALOG_NO_ANSWER ? 0 : ids[chosen];
    } else if (fault.kind != FAULT_NONE) {
        app_say_fault(app, &fault);
    } else {
        app_say(app, MEANING_MESSAGE, "There is no round yet: A starts one");
    }
    for (size_t i = 0; i < count; i++) {
        free(labels[i]);
        free(details[i]);
    }
    if (chosen_id != 0) {
        app_choose_round(app, chosen_id);
    }
}

/* Says what stands in the way of closing before anything is asked. */
static bool may_close(struct app *app, int64_t audit) {
    struct round_lines lines = {0};
    struct fault fault = {0};
    if (audit == 0 || !app_may_write(app)) {
        return false;
    }
    if (round_actions_is_closed(app)) {
        app_say(app, MEANING_MESSAGE, "The round is closed already: O opens it again");
        return false;
    }
    int open = round_lines_load(app_workbook(app), audit, &lines, &fault)
                   ? round_count(&lines, NULL).open
                   : 0;
    round_lines_free(&lines);
    if (fault.kind != FAULT_NONE) {
        app_say_fault(app, &fault);
        return false;
    }
    if (open > 0) {
        app_say(app, MEANING_WARNING, "%d lines are still open: n goes to the next one", open);
    }
    return open == 0;
}

void round_actions_close(struct app *app) {
    int64_t audit = round_actions_current(app);
    const struct field *conclusions = &register_describe(REGISTER_AUDIT)->fields[AUDIT_CONCLUSION];
    struct fault fault = {0};
    if (!may_close(app, audit)) {
        return;
    }
    const char *conclusion = choose_value(app, conclusions, "Close the round: its conclusion");
    if (conclusion == NULL) {
        return;
    }
    if (workflow_close_round(app_workbook(app), audit, conclusion, &fault)) {
        app_stored(app, "close the round: %s", conclusion);
    } else {
        app_say_fault(app, &fault);
    }
}

void round_actions_reopen(struct app *app) {
    int64_t audit = round_actions_current(app);
    const struct prompt_options options = {.label = "Reason for opening the round again: "};
    struct buffer reason = {0};
    struct fault fault = {0};
    if (audit == 0 || !app_may_write(app)) {
        return;
    }
    if (!round_actions_is_closed(app)) {
        app_say(app, MEANING_MESSAGE, "The round is open: C closes it");
        return;
    }
    if (dialog_prompt(app_stage(app), &options, &reason)) {
        if (workflow_reopen_round(app_workbook(app), audit, buffer_text(&reason), &fault)) {
            app_stored(app, "open the round again: %s", buffer_text(&reason));
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&reason);
}
