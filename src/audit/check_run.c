/* Owns running the checks over a workbook: their order, what they find, how it is sorted and
 * counted. Knows nothing of what a check asks, nor of how findings are shown.
 *
 * Two checks look at the results of the others, so they run last: a query may name :failed, the
 * requirements on which an error-level check fails, and :passed, those with a check that passes.
 * The latter rests on the bases of the checks, so it is worked out only where the query finds
 * something without it, and only for the requirements in its column requirement_ref. */
#include "clause5/audit/check.h"

#include <stdlib.h>
#include <string.h>

#include "audit/check_run_inside.h"
#include "audit/check_template.h"
#include "clause5/base/clock.h"
#include "clause5/base/memory.h"

struct once_asking {
    struct check_run *run;
    struct fault *fault;
};

static const char *give_once(void *context, size_t word) {
    struct once_asking *asking = context;
    return check_once_give(asking->run, word, asking->fault);
}

struct query *check_run_query(struct check_run *run, const char *sql, struct fault *fault) {
    struct buffer whole = {0};
    struct once_asking asking = {.run = run, .fault = fault};
    const struct check_once_giver giver = {.give = give_once, .context = &asking};
    struct query *query = check_book_splice(run->book, sql, &giver, &whole)
                              ? query_open(run->workbook, buffer_text(&whole), fault)
                              : NULL;
    buffer_free(&whole);
    if (query != NULL) {
        query_bind_text(query, ":today", run->today);
        query_bind_text(query, ":failed", buffer_text(&run->failed));
        query_bind_text(query, ":passed", buffer_text(&run->passed));
        check_once_bind(run, query);
    }
    return query;
}

int check_column(struct query *query, const char *name) {
    int columns = query_columns(query);
    for (int i = 0; i < columns; i++) {
        if (strcmp(query_column_name(query, i), name) == 0) {
            return i;
        }
    }
    return -1;
}

/* Returns a copy of what the column of that name says, or of the default. */
static char *copy_column(struct query *query, const char *name, const char *or_else) {
    int column = check_column(query, name);
    return memory_copy_text(column < 0 ? or_else : query_text(query, column));
}

void check_refs_add(struct buffer *list, const char *refs) {
    for (const char *at = refs + strspn(refs, " "); *at != '\0'; at += strspn(at, " ")) {
        char *ref = memory_copy_bytes(at, strcspn(at, " "));
        if (!check_has_requirement(buffer_text(list), ref)) {
            buffer_addf(list, "%s%s ", list->len_bytes == 0 ? " " : "", ref);
        }
        free(ref);
        at += strcspn(at, " ");
    }
}

struct check_run *check_run_begin(struct workbook *workbook, const struct check_book *book,
                                  struct fault *fault) {
    struct check_run *run = memory_zero(1, sizeof *run);
    run->workbook = workbook;
    run->book = book;
    run->has_run = memory_zero(book->check_count, sizeof *run->has_run);
    run->once = memory_zero(book->word_count, sizeof *run->once);
    run->bases = memory_zero(book->check_count, sizeof(struct basis *));
    workbook_print_today(workbook, run->today);
    if (!check_exceptions_load(run, fault)) {
        check_run_free(run);
        return NULL;
    }
    return run;
}

static void finding_release(struct finding *finding) {
    free(finding->requirements);
    free(finding->record);
    free(finding->message);
    free(finding->set_aside_until);
    free(finding->set_aside_reason);
}

void check_run_free(struct check_run *run) {
    if (run == NULL) {
        return;
    }
    for (size_t i = 0; i < run->findings.count; i++) {
        finding_release(&run->findings.items[i]);
    }
    for (size_t i = 0; i < run->book->check_count; i++) {
        check_basis_free(run->bases[i]);
    }
    check_exceptions_free(run);
    check_once_free(run);
    free(run->findings.items);
    free(run->has_run);
    free(run->bases);
    buffer_free(&run->failed);
    buffer_free(&run->passed);
    free(run);
}

/* Returns the field that the finding names to mend, or that of its check. */
static int find_field(struct query *query, const struct check *check) {
    int column = check_column(query, "field");
    int field =
        column < 0 ? -1 : register_find_field(check->register_id, query_text(query, column));
    return field < 0 ? check->field : field;
}

static void take_finding(struct check_run *run, const struct check *check, struct query *query) {
    struct buffer message = {0};
    int id_column = check_column(query, "id");
    const struct template_values values = {.find = template_find_column, .context = query};
    template_fill(check->message, &values, &message);
    struct finding finding = {.check = check,
                              .requirements =
                                  copy_column(query, "requirement", check->requirements),
                              .record = copy_column(query, "record", "-"),
                              .id = id_column < 0 ? 0 : query_whole(query, id_column),
                              .field = find_field(query, check),
                              .message = buffer_take(&message)};
    check_exceptions_apply(run, &finding);
    if (finding.set_aside_until == NULL && check->severity == SEVERITY_ERROR) {
        check_refs_add(&run->failed, finding.requirements);
    }
    run->findings.items = memory_reserve(run->findings.items, &run->findings.capacity,
                                         run->findings.count + 1, sizeof *run->findings.items);
    run->findings.items[run->findings.count++] = finding;
}

/* Takes everything that the check finds. */
static bool take_findings(struct check_run *run, const struct check *check, struct fault *fault) {
    int step;
    struct query *query = check_run_query(run, check->finding_sql, fault);
    if (query == NULL) {
        return fault_prefix(fault, "%s", check->id);
    }
    while ((step = query_step(query, fault)) > 0) {
        take_finding(run, check, query);
    }
    query_close(query);
    return step == 0 || fault_prefix(fault, "%s", check->id);
}

/* Adds the requirement to passed where one of its other checks passes. */
static bool add_passed(struct check_run *run, const struct check *asking, const char *requirement,
                       struct fault *fault) {
    enum check_state state = CHECK_NO_DATA;
    for (int i = 0; i < check_book_count(run->book) && state != CHECK_PASSED; i++) {
        const struct check *check = check_book_at(run->book, i);
        if (check != asking && check_has_requirement(check->requirements, requirement) &&
            strstr(check->finding_sql, ":passed") == NULL &&
            !check_run_state(run, i, requirement, &state, fault)) {
            return false;
        }
    }
    if (state == CHECK_PASSED) {
        check_refs_add(&run->passed, requirement);
    }
    return true;
}

/* Works out passed for the requirements that the check finds something on without it. */
static bool find_passed(struct check_run *run, const struct check *check, struct fault *fault) {
    struct buffer refs = {0};
    int step = -1;
    struct query *query = check_run_query(run, check->finding_sql, fault);
    int column = query == NULL ? -1 : check_column(query, "requirement_ref");
    while (query != NULL && (step = query_step(query, fault)) > 0) {
        check_refs_add(&refs, query_text(query, column));
    }
    query_close(query);
    bool is_good = step == 0;
    char *rest = refs.bytes;
    for (char *ref = strsep(&rest, " "); ref != NULL && is_good; ref = strsep(&rest, " ")) {
        is_good = *ref == '\0' || add_passed(run, check, ref, fault);
    }
    buffer_free(&refs);
    return is_good;
}

static bool is_last(const struct check *check) {
    return strstr(check->finding_sql, ":failed") != NULL ||
           strstr(check->finding_sql, ":passed") != NULL;
}

/* Runs all checks on which the last ones rest. */
static bool run_others(struct check_run *run, struct fault *fault) {
    for (int i = 0; i < check_book_count(run->book); i++) {
        if (!is_last(check_book_at(run->book, i)) && !check_run_one(run, i, fault)) {
            return false;
        }
    }
    return true;
}

/* Drops the findings from place COUNT on: those of a check that was stopped half-way. */
static void forget_findings(struct check_run *run, size_t count) {
    while (run->findings.count > count) {
        finding_release(&run->findings.items[--run->findings.count]);
    }
}

bool check_run_one(struct check_run *run, int index, struct fault *fault) {
    const struct check *check = check_book_at(run->book, index);
    if (run->has_run[index]) {
        return true;
    }
    if ((is_last(check) && !run_others(run, fault)) ||
        (strstr(check->finding_sql, ":passed") != NULL && !find_passed(run, check, fault))) {
        return false;
    }
    size_t count = run->findings.count;
    run->has_run[index] = take_findings(run, check, fault);
    if (!run->has_run[index]) {
        forget_findings(run, count);
    }
    run->is_sorted = run->is_sorted && run->findings.count == count;
    return run->has_run[index];
}

int check_run_next(struct check_run *run, struct fault *fault) {
    int count = check_book_count(run->book);
    /* Twice round: first those that rest on nothing, then the last ones. */
    while (run->next < 2 * count) {
        int index = run->next % count;
        bool is_turn = is_last(check_book_at(run->book, index)) == (run->next >= count);
        if (is_turn && !run->has_run[index]) {
            return check_run_one(run, index, fault) ? 1 : -1;
        }
        run->next++;
    }
    return 0;
}

bool check_run_all(struct check_run *run, struct fault *fault) {
    int step;
    do {
        step = check_run_next(run, fault);
    } while (step > 0);
    return step == 0;
}

static int compare_findings(const void *a, const void *b) {
    const struct finding *left = a;
    const struct finding *right = b;
    int order = (int)left->check->severity - (int)right->check->severity;
    order = order != 0 ? order : strcmp(left->check->id, right->check->id);
    return order != 0 ? order : strcmp(left->record, right->record);
}

const struct findings *check_run_findings(struct check_run *run) {
    if (!run->is_sorted && run->findings.count > 0) {
        qsort(run->findings.items, run->findings.count, sizeof *run->findings.items,
              compare_findings);
    }
    run->is_sorted = true;
    return &run->findings;
}

size_t check_run_count(const struct check_run *run, enum severity severity) {
    size_t count = 0;
    for (size_t i = 0; i < run->findings.count; i++) {
        const struct finding *finding = &run->findings.items[i];
        count += finding->check->severity == severity && finding->set_aside_until == NULL;
    }
    return count;
}

size_t check_run_count_set_aside(const struct check_run *run) {
    size_t count = 0;
    for (size_t i = 0; i < run->findings.count; i++) {
        count += run->findings.items[i].set_aside_until != NULL;
    }
    return count;
}

const struct check_book *check_run_book(const struct check_run *run) {
    return run->book;
}
