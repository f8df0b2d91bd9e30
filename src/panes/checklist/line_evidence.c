/* Owns the question for evidence: completing what is known and paths in one line. What a text means
 * and how it is linked is the audit room's. */
#include "panes/checklist/line_evidence.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/audit/evidence.h"
#include "clause5/base/memory.h"
#include "clause5/screen/external.h"
#include "clause5/store/file_digest.h"
#include "clause5/store/query.h"
#include "panes/checklist/seal_keys.h"
#include "panes/frame/actions.h"
#include "panes/frame/complete_path.h"
#include "panes/frame/panes.h"

enum { HANDLED = OUTCOME_HANDLED | OUTCOME_REDRAW };

/* What the prompt asks about. */
struct asking {
    struct app *app;
    int64_t assessment;
    char *key; /* of the line, such as 2026-IA/5.1.c */
};

/* Evidence that shows what is typed and is not linked to the line yet; that of the same requirement
 * in other rounds first, then what was linked last. */
static const char known_sql[] =
    "SELECT evidence.ref, evidence.title"
    "  FROM evidence"
    " WHERE (instr(lower(ref), lower(:typed)) > 0 OR instr(lower(title), lower(:typed)) > 0)"
    "   AND NOT EXISTS (SELECT 1 FROM evidence_link AS link"
    "                    WHERE link.evidence = evidence.id AND link.register = 'assessment'"
    "                      AND link.record = :key)"
    " ORDER BY NOT EXISTS (SELECT 1 FROM evidence_link AS link"
    "                       WHERE link.evidence = evidence.id AND link.register = 'assessment'"
    "                         AND link.record LIKE '%' || :requirement),"
    "          (SELECT max(link.id) FROM evidence_link AS link WHERE link.evidence = evidence.id)"
    "          DESC,"
    "          ref"
    " LIMIT 6";

static void complete_known(const struct asking *asking, const char *typed, struct candidates *out) {
    struct fault fault = {0};
    struct query *query = query_open(app_workbook(asking->app), known_sql, &fault);
    const char *requirement = strchr(asking->key, '/');
    if (query != NULL) {
        query_bind_text(query, ":typed", typed);
        query_bind_text(query, ":key", asking->key);
        query_bind_text(query, ":requirement", requirement == NULL ? "/" : requirement);
        while (query_step(query, &fault) == 1) {
            candidates_add(out, query_text(query, 0), query_text(query, 1));
        }
    }
    query_close(query);
    fault_clear(&fault);
}

static void complete(void *context, const char *typed, struct candidates *out) {
    const struct asking *asking = context;
    if (strchr(typed, '/') == NULL) {
        complete_known(asking, typed, out);
    }
    if (typed[0] != '\0' || out->count == 0) {
        char *folder = file_digest_place(app_workbook(asking->app), "");
        complete_path_in(folder, typed, out);
        free(folder);
    }
}

static bool accept(void *context, const char *text, struct fault *fault) {
    const struct asking *asking = context;
    struct evidence_named named;
    bool is_good = evidence_find(app_workbook(asking->app), text, &named, fault);
    evidence_named_free(&named);
    return is_good;
}

static bool ask_title(struct app *app, const char *location, struct buffer *title) {
    char *proposed = evidence_propose_title(location);
    const struct prompt_options options = {.label = "New evidence, its title: ", .text = proposed};
    bool is_given = dialog_prompt(app_stage(app), &options, title) && title->len_bytes > 0;
    free(proposed);
    return is_given;
}

/* Links what was named; a file asks for its title first. */
static bool link(const struct asking *asking, const struct evidence_named *named) {
    struct app *app = asking->app;
    struct buffer title = {0};
    struct buffer ref = {0};
    struct fault fault = {0};
    int64_t id = 0;
    struct evidence_plan plan = {
        .assessment = asking->assessment, .id = named->id, .location = named->location};
    if (named->kind != EVIDENCE_KNOWN && !ask_title(app, named->location, &title)) {
        buffer_free(&title);
        return false;
    }
    plan.title = buffer_text(&title);
    bool is_stored = evidence_link(app_workbook(app), &plan, &id, &fault);
    if (is_stored) {
        record_print_key_of(app_workbook(app), REGISTER_EVIDENCE, id, &ref, &fault);
        app_stored(app, "%s%s linked to %s", buffer_text(&ref),
                   named->kind == EVIDENCE_FILE ? " added, sealed and" : "", asking->key);
        fault_clear(&fault);
    } else {
        app_say_fault(app, &fault);
    }
    buffer_free(&title);
    buffer_free(&ref);
    return is_stored;
}

static char *print_key(struct app *app, int64_t assessment) {
    struct buffer key = {0};
    struct fault fault = {0};
    if (record_print_key_of(app_workbook(app), REGISTER_ASSESSMENT, assessment, &key, &fault) !=
        LOOKUP_FOUND) {
        fault_clear(&fault);
    }
    return buffer_take(&key);
}

bool line_evidence_ask(struct app *app, int64_t assessment) {
    struct buffer answer = {0};
    struct fault fault = {0};
    bool is_stored = false;
    if (!app_may_write(app)) {
        return false;
    }
    struct asking asking = {
        .app = app, .assessment = assessment, .key = print_key(app, assessment)};
    const struct prompt_options options = {.label = "Evidence (ref, title or file): ",
                                           .context = &asking,
                                           .complete = complete,
                                           .accept = accept};
    if (dialog_prompt(app_stage(app), &options, &answer)) {
        struct evidence_named named;
        if (evidence_find(app_workbook(app), buffer_text(&answer), &named, &fault)) {
            is_stored = link(&asking, &named);
        } else {
            app_say_fault(app, &fault);
        }
        evidence_named_free(&named);
    }
    buffer_free(&answer);
    free(asking.key);
    return is_stored;
}

unsigned line_evidence_act(struct app *app, int64_t assessment, int action) {
    enum { RECORDS_MOST = 200 };
    int64_t records[RECORDS_MOST];
    size_t count = 0;
    struct fault fault = {0};
    char *key = print_key(app, assessment);
    struct query *query =
        query_open(app_workbook(app),
                   "SELECT evidence.id"
                   "  FROM evidence_link JOIN evidence ON evidence.id = evidence_link.evidence"
                   " WHERE evidence_link.register = 'assessment' AND evidence_link.record = :key"
                   "   AND (sha256 IS NOT NULL OR (:unsealed AND location IS NOT NULL))"
                   " ORDER BY evidence.ref",
                   &fault);
    if (query != NULL) {
        query_bind_text(query, ":key", key);
        query_bind_whole(query, ":unsealed", action == DO_SEAL);
        while (count < RECORDS_MOST && query_step(query, &fault) == 1) {
            records[count++] = query_whole(query, 0);
        }
    }
    query_close(query);
    free(key);
    if (fault.kind != FAULT_NONE) {
        return app_say_fault(app, &fault);
    }
    if (count == 0) {
        app_say(app, MEANING_MESSAGE,
                action == DO_SEAL ? "No file is linked to this line yet: v links one"
                                  : "No evidence of this line is sealed yet: S seals its files");
        return HANDLED;
    }
    return seal_keys_act(app, REGISTER_EVIDENCE, action, records, count);
}

unsigned line_evidence_open(struct app *app, enum register_id register_id, int64_t id) {
    struct record record = {0};
    struct fault fault = {0};
    int field = register_id == REGISTER_EVIDENCE ? EVIDENCE_LOCATION : (int)POLICY_VERSION_LOCATION;
    if (record_load(app_workbook(app), register_id, id, &record, &fault) != LOOKUP_FOUND) {
        return app_say_fault(app, &fault);
    }
    const char *location = value_text(&record.values[field]);
    char *place = file_digest_place(app_workbook(app), location);
    if (location[0] == '\0') {
        app_say(app, MEANING_MESSAGE, "It names no file yet: e says where it lies");
    } else if (strstr(location, "://") != NULL) {
        app_say(app, MEANING_MESSAGE, "A web address, which your browser opens: %s", location);
    } else if (external_open_file(place, &fault)) {
        app_say(app, MEANING_GOOD, "Opened with the desktop's program: %s", place);
    } else {
        app_say_fault(app, &fault);
    }
    free(place);
    record_free(&record);
    return HANDLED;
}
