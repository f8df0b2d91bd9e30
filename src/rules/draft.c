/* Owns the beginning of a new policy version; what comes after is version.c. */
#include "clause5/rules/workflow.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/query.h"
#include "rules/ask.h"
#include "rules/step.h"

enum { VERSION_PARTS_MOST = 4 };

/* A version's number as its parts; count is 0 where the name is no such number. */
struct version_number {
    int64_t parts[VERSION_PARTS_MOST];
    int count;
};

/* Reads "2.0" or "v2.0.1". */
static struct version_number number_read(const char *name) {
    struct version_number number = {0};
    const char *rest = name[0] == 'v' || name[0] == 'V' ? name + 1 : name;
    for (;;) {
        char *end = NULL;
        if (number.count == VERSION_PARTS_MOST || rest[0] < '0' || rest[0] > '9' ||
            strspn(rest, "0123456789") > 9) {
            return (struct version_number){0};
        }
        number.parts[number.count++] = strtoll(rest, &end, 10);
        if (*end != '.') {
            return *end == '\0' ? number : (struct version_number){0};
        }
        rest = end + 1;
    }
}

static int number_compare(const struct version_number *a, const struct version_number *b) {
    for (int part = 0; part < VERSION_PARTS_MOST; part++) {
        if (a->parts[part] != b->parts[part]) {
            return a->parts[part] < b->parts[part] ? -1 : 1;
        }
    }
    return 0;
}

/* The number after it: the last part grows by one, and a bare whole number stays one. */
static char *number_print_next(const struct version_number *number) {
    struct buffer name = {0};
    if (number->count == 0) {
        return memory_copy_text("1.0");
    }
    for (int part = 0; part < number->count; part++) {
        bool is_last = part == number->count - 1;
        buffer_addf(&name, "%s%" PRId64, part > 0 ? "." : "",
                    number->parts[part] + (is_last ? 1 : 0));
    }
    return buffer_take(&name);
}

char *version_propose_name(struct workbook *workbook, int64_t policy, struct fault *fault) {
    struct version_number highest = {0};
    struct query *query =
        query_open(workbook, "SELECT version FROM policy_version WHERE policy = :policy", fault);
    int step = -1;
    if (query == NULL) {
        return NULL;
    }
    query_bind_whole(query, ":policy", policy);
    while ((step = query_step(query, fault)) == 1) {
        struct version_number number = number_read(query_text(query, 0));
        if (number.count > 0 && (highest.count == 0 || number_compare(&number, &highest) > 0)) {
            highest = number;
        }
    }
    query_close(query);
    return step == 0 ? number_print_next(&highest) : NULL;
}

/* Takes author and reviewers from the version that the draft follows. */
static bool copy_forerunner(struct workbook *workbook, struct record *draft, struct fault *fault) {
    static const int copied[] = {POLICY_VERSION_AUTHOR, POLICY_VERSION_REVIEWERS};
    struct asker asker = {.workbook = workbook};
    const struct question question = {
        .sql = "SELECT id FROM policy_version WHERE policy = :policy"
               " ORDER BY status = 'approved' DESC, id DESC LIMIT 1",
        .arguments = {{":policy", .whole = draft->values[POLICY_VERSION_POLICY].whole}}};
    int64_t id = 0;
    enum lookup found = ask_first(&asker, &question, &id, fault);
    asker_close(&asker);
    if (found != LOOKUP_FOUND) {
        return found == LOOKUP_NONE;
    }
    struct record forerunner = {0};
    if (record_load(workbook, REGISTER_POLICY_VERSION, id, &forerunner, fault) != LOOKUP_FOUND) {
        return false;
    }
    for (size_t i = 0; i < COUNT(copied); i++) {
        draft->values[copied[i]] = value_copy(&forerunner.values[copied[i]]);
    }
    record_free(&forerunner);
    return true;
}

static void fill_draft(struct record *draft, int64_t policy, const char *name, date_days today) {
    char day[DATE_TEXT_SIZE];
    date_print(today, day);
    draft->register_id = REGISTER_POLICY_VERSION;
    draft->values[POLICY_VERSION_POLICY] = value_of_whole(policy);
    draft->values[POLICY_VERSION_VERSION] = value_of_text(name);
    draft->values[POLICY_VERSION_STATUS] = value_of_text("draft");
    draft->values[POLICY_VERSION_DRAFTED_ON] = value_of_text(day);
}

static bool store_draft(struct workbook *workbook, struct record *draft, struct fault *fault) {
    struct buffer label = {0};
    struct step step;
    buffer_add(&label, "draft ");
    bool is_stored =
        record_print_key_of(workbook, REGISTER_POLICY, draft->values[POLICY_VERSION_POLICY].whole,
                            &label, fault) != LOOKUP_FAULT;
    buffer_addf(&label, " %s", value_text(&draft->values[POLICY_VERSION_VERSION]));
    if (is_stored && step_begin(&step, workbook, buffer_text(&label), fault)) {
        is_stored =
            edit_insert(workbook, REGISTER_POLICY_VERSION, draft->values, &draft->id, fault);
        is_stored = step_end(&step, is_stored, fault);
    } else {
        is_stored = false;
    }
    buffer_free(&label);
    return is_stored;
}

bool version_start_draft(struct workbook *workbook, int64_t policy, const char *name, int64_t *id,
                         struct fault *fault) {
    char *proposed = name == NULL ? version_propose_name(workbook, policy, fault) : NULL;
    struct record draft = {0};
    if (name == NULL && proposed == NULL) {
        return false;
    }
    fill_draft(&draft, policy, name != NULL ? name : proposed, workbook_today(workbook));
    bool is_stored =
        copy_forerunner(workbook, &draft, fault) && store_draft(workbook, &draft, fault);
    *id = draft.id;
    record_free(&draft);
    free(proposed);
    return is_stored;
}
