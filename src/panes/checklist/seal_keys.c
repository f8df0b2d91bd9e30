/* Owns sealing files and looking at seals from a list; knows nothing of how either is done. */
#include "panes/checklist/seal_keys.h"

#include "clause5/audit/seal.h"
#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/record.h"
#include "panes/checklist/line_evidence.h"
#include "panes/frame/actions.h"
#include "panes/frame/long_work.h"

enum { HANDLED = OUTCOME_HANDLED | OUTCOME_REDRAW };

/* What a key works on. */
struct sealing {
    struct app *app;
    enum register_id register_id;
    const int64_t *records;
    size_t count;
};

/* "seal EV-001", or "seal 3 records". */
static void add_label(const struct sealing *sealing, const char *verb, struct buffer *label) {
    struct fault unread = {0};
    buffer_addf(label, "%s ", verb);
    if (sealing->count > 1) {
        buffer_addf(label, "%zu records", sealing->count);
    } else {
        record_print_key_of(app_workbook(sealing->app), sealing->register_id, sealing->records[0],
                            label, &unread);
    }
    fault_clear(&unread);
}

static unsigned seal(const struct sealing *sealing) {
    struct workbook *workbook = app_workbook(sealing->app);
    struct long_work work;
    struct buffer label = {0};
    struct fault fault = {0};
    if (!app_may_write(sealing->app)) {
        return HANDLED;
    }
    add_label(sealing, "seal", &label);
    long_work_begin_reading(&work, sealing->app, "Sealing");
    bool is_done = edit_begin(workbook, buffer_text(&label), &fault);
    for (size_t i = 0; i < sealing->count && is_done; i++) {
        is_done = seal_record(workbook, sealing->register_id, sealing->records[i], &fault);
    }
    is_done = is_done && edit_commit(workbook, &fault);
    long_work_end(&work);
    if (is_done) {
        app_stored(sealing->app, "%s", buffer_text(&label));
    } else {
        edit_abandon(workbook);
        app_say_fault(sealing->app, &fault);
    }
    buffer_free(&label);
    return HANDLED;
}

/* What the looks came to: how many in each state, and the last of them in words. */
struct looks {
    size_t of[SEAL_STATES];
    size_t expired;
    struct buffer last;
};

static bool note_look(void *context, const struct seal_look *look) {
    struct looks *looks = context;
    looks->of[look->state]++;
    looks->expired += look->is_expired;
    buffer_clear(&looks->last);
    if (look->state == SEAL_UNREADABLE) {
        buffer_add(&looks->last, look->reason);
    } else {
        buffer_addf(&looks->last, "%s: %s is %s", look->record, look->location,
                    seal_state_word(look->state));
    }
    if (look->is_expired) {
        buffer_addf(&looks->last, ", expired on %s", look->expires_on);
    }
    return true;
}

static void say_looks(struct app *app, const struct looks *looks, size_t count) {
    enum meaning meaning =
        looks->of[SEAL_UNCHANGED] == count && looks->expired == 0 ? MEANING_GOOD : MEANING_WARNING;
    if (count == 1) {
        app_say(app, meaning, "%s", buffer_text(&looks->last));
    } else {
        app_say(app, meaning,
                "%zu unchanged, %zu changed, %zu missing, %zu unreadable; %zu expired",
                looks->of[SEAL_UNCHANGED], looks->of[SEAL_CHANGED], looks->of[SEAL_MISSING],
                looks->of[SEAL_UNREADABLE], looks->expired);
    }
}

/* Read-only, the looks are told and not kept. */
static unsigned verify(const struct sealing *sealing) {
    struct workbook *workbook = app_workbook(sealing->app);
    struct looks looks = {0};
    const struct seal_visitor visitor = {.visit = note_look, .context = &looks};
    struct long_work work;
    struct buffer label = {0};
    struct fault fault = {0};
    bool is_kept = workbook_is_writable(workbook);
    if (is_kept && !app_may_write(sealing->app)) {
        return HANDLED;
    }
    add_label(sealing, "verify", &label);
    long_work_begin_reading(&work, sealing->app, "Verifying");
    bool is_done = !is_kept || edit_begin(workbook, buffer_text(&label), &fault);
    for (size_t i = 0; i < sealing->count && is_done; i++) {
        is_done = seal_verify_record(workbook, sealing->register_id, sealing->records[i], &visitor,
                                     &fault) >= 0;
    }
    is_done = is_done && (!is_kept || edit_commit(workbook, &fault));
    long_work_end(&work);
    if (is_done) {
        if (is_kept) {
            app_stored(sealing->app, "%s", buffer_text(&label));
        }
        say_looks(sealing->app, &looks, sealing->count);
    } else {
        edit_abandon(workbook);
        app_say_fault(sealing->app, &fault);
    }
    buffer_free(&looks.last);
    buffer_free(&label);
    return HANDLED;
}

unsigned seal_keys_act(struct app *app, enum register_id register_id, int action,
                       const int64_t *records, size_t count) {
    const struct sealing sealing = {
        .app = app, .register_id = register_id, .records = records, .count = count};
    if (action != DO_SEAL && action != DO_VERIFY_SEAL && action != DO_OPEN_FILE) {
        return OUTCOME_NONE;
    }
    if (count == 0) {
        app_say(app, MEANING_MESSAGE, "There is nothing to seal or open here yet");
        return HANDLED;
    }
    if (action == DO_OPEN_FILE) {
        return line_evidence_open(app, register_id, records[0]);
    }
    return action == DO_SEAL ? seal(&sealing) : verify(&sealing);
}
