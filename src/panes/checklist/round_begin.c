/* Owns the beginning of a round as it is asked for: its kind, its name, and what it carries over
 * from. What carrying over means is the audit room's. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "clause5/register/register.h"
#include "clause5/store/query.h"
#include "panes/checklist/round_actions.h"

/* The round that a new one carries over from. */
static int64_t newest_round(struct app *app) {
    struct fault fault = {0};
    int64_t audit = 0;
    struct query *query = query_open(
        app_workbook(app), "SELECT id FROM audit ORDER BY starts_on DESC, id DESC LIMIT 1", &fault);
    if (query != NULL && query_step(query, &fault) == 1) {
        audit = query_whole(query, 0);
    }
    query_close(query);
    if (fault.kind != FAULT_NONE) {
        app_say_fault(app, &fault);
    }
    return audit;
}

/* Proposes a ref such as 2026-IA, with a letter behind it where that is taken. */
static void propose_ref(struct app *app, const char *kind, struct buffer *out) {
    static const struct {
        const char *kind, *code;
    } codes[] = {{"self-assessment", "SA"}, {"internal", "IA"},     {"stage 1", "S1"},
                 {"stage 2", "S2"},         {"surveillance", "SV"}, {"recertification", "RC"},
                 {"supplier", "SUP"}};
    int year = date_to_parts(workbook_today(app_workbook(app))).year;
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

/* What was answered. */
struct beginning {
    const char *kind;
    struct buffer ref;
    int64_t previous; /* 0: nothing is carried over */
};

static bool start_round(struct app *app, const struct beginning *beginning, int64_t *id,
                        struct fault *fault) {
    struct value values[AUDIT_FIELDS] = {0};
    char today[DATE_TEXT_SIZE];
    struct buffer title = {0};
    bool is_self = strcmp(beginning->kind, "self-assessment") == 0;
    app_print_today(app, today);
    buffer_addf(&title, "%s%s", beginning->kind, is_self ? "" : " audit");
    values[AUDIT_REF] = value_of_text(buffer_text(&beginning->ref));
    values[AUDIT_TITLE] = value_of_text(buffer_text(&title));
    values[AUDIT_KIND] = value_of_text(beginning->kind);
    values[AUDIT_AUDITOR] = value_of_text(workbook_actor(app_workbook(app)));
    values[AUDIT_STARTS_ON] = value_of_text(today);
    values[AUDIT_PREVIOUS] = value_of_id(beginning->previous);
    bool is_started = round_start(app_workbook(app), values, id, fault);
    values_free(values, AUDIT_FIELDS);
    buffer_free(&title);
    return is_started;
}

static bool ask_ref(struct app *app, struct beginning *beginning) {
    struct buffer proposed = {0};
    propose_ref(app, beginning->kind, &proposed);
    const struct prompt_options options = {.label = "Ref of the round: ",
                                           .text = buffer_text(&proposed)};
    bool is_given =
        dialog_prompt(app_stage(app), &options, &beginning->ref) && beginning->ref.len_bytes > 0;
    buffer_free(&proposed);
    return is_given;
}

/* Asks what the round carries over from, where there is an earlier one. False where it was left. */
static bool ask_previous(struct app *app, struct beginning *beginning) {
    static const struct answer answers[] = {{KEYCODE_ENTER, "carry over"},
                                            {'o', "from another"},
                                            {'n', "begin empty"},
                                            {KEYCODE_ESC, "leave"}};
    int64_t newest = newest_round(app);
    struct buffer text = {0};
    struct fault fault = {0};
    if (newest == 0) {
        return true;
    }
    buffer_add(&text, "Carry over from ");
    if (record_print_key_of(app_workbook(app), REGISTER_AUDIT, newest, &text, &fault) ==
        LOOKUP_FAULT) {
        fault_clear(&fault);
    }
    buffer_add(&text, "? Its notes come as history and its evidence stays linked; every line is "
                      "to do again.");
    int answer = dialog_ask(app_stage(app), buffer_text(&text), answers, COUNT(answers));
    buffer_free(&text);
    beginning->previous = answer == 0   ? newest
                          : answer == 1 ? round_actions_ask(app, "Carry over from")
                                        : 0;
    return answer == 0 || answer == 2 || beginning->previous != 0;
}

void round_actions_start(struct app *app) {
    const struct field *kinds = &register_describe(REGISTER_AUDIT)->fields[AUDIT_KIND];
    struct beginning beginning = {0};
    struct fault fault = {0};
    int64_t id = 0;
    if (!app_may_write(app)) {
        return;
    }
    beginning.kind = round_actions_ask_choice(app, kinds, "What kind of round");
    if (beginning.kind != NULL && ask_ref(app, &beginning) && ask_previous(app, &beginning)) {
        if (start_round(app, &beginning, &id, &fault)) {
            app_choose_round(app, id);
            app_stored(app, "start %s", buffer_text(&beginning.ref));
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&beginning.ref);
}
