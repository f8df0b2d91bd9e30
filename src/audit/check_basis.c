/* Owns what the checks rest on: what was looked at, with the figures, and so how a check stands for
 * a requirement ("known here"). Knows nothing of what a check asks. */
#include "clause5/audit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit/check_run_inside.h"
#include "audit/check_template.h"
#include "clause5/base/memory.h"

enum { RECORDS_NAMED = 5, NUMBER_SIZE = 24 };

/* What the text of a basis may name beside the columns of its query. */
struct basis_values {
    struct query *query;
    char good[NUMBER_SIZE]; /* looked at and not found wanting */
    struct buffer records;  /* the first of those found wanting */
};

static const char *find_value(void *context, const char *name) {
    struct basis_values *values = context;
    if (strcmp(name, "good") == 0) {
        return values->good;
    }
    if (strcmp(name, "records") == 0) {
        return buffer_text(&values->records);
    }
    return template_find_column(values->query, name);
}

/* Counts the findings of the check and names the first of their records. Returns the first that
 * counts, or NULL. */
static const struct finding *count_findings(struct check_run *run, const struct check *check,
                                            struct basis *basis, struct buffer *records) {
    const struct findings *findings = check_run_findings(run);
    const struct finding *first = NULL;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->check != check) {
            continue;
        }
        if (finding->set_aside_until != NULL) {
            basis->set_aside++;
            continue;
        }
        first = first == NULL ? finding : first;
        basis->failing++;
        if (finding->id != 0 && basis->failing <= RECORDS_NAMED) {
            buffer_addf(records, "%s%s", records->len_bytes > 0 ? ", " : "", finding->record);
        }
    }
    if (records->len_bytes > 0 && basis->failing > RECORDS_NAMED) {
        buffer_addf(records, " and %zu more", basis->failing - RECORDS_NAMED);
    }
    return first;
}

static void add_line(struct basis *basis, struct buffer *text, enum register_id register_id,
                     int64_t id) {
    basis->lines =
        memory_reserve(basis->lines, &basis->capacity, basis->count + 1, sizeof *basis->lines);
    basis->lines[basis->count++] =
        (struct basis_line){.text = buffer_take(text), .register_id = register_id, .id = id};
}

/* Takes the row that the basis's query stands on. FIRST is where a failing check leads to. */
static void take_row(const struct check *check, struct basis_values *values, struct basis *basis,
                     const struct finding *first) {
    struct query *query = values->query;
    struct buffer text = {0};
    int register_column = check_column(query, "register");
    int id_column = check_column(query, "id");
    int64_t examined = query_whole(query, check_column(query, "examined"));
    if (examined <= 0) {
        return;
    }
    enum register_id register_id = register_column < 0
                                       ? check->register_id
                                       : register_find(query_text(query, register_column));
    int64_t id = id_column >= 0 ? query_whole(query, id_column) : first != NULL ? first->id : 0;
    int64_t failing = (int64_t)(basis->failing + basis->set_aside);
    snprintf(values->good, sizeof values->good, "%lld",
             (long long)(examined > failing ? examined - failing : 0));
    template_fill(check->basis, &(struct template_values){find_value, values}, &text);
    basis->examined += examined;
    add_line(basis, &text, register_id, id);
}

/* Where nothing was looked at, the findings themselves say why. */
static void add_absence(const struct check *check, const struct finding *first,
                        struct basis *basis) {
    struct buffer text = {0};
    buffer_add(&text, first != NULL ? first->message : "Nothing recorded yet");
    add_line(basis, &text, check->register_id, first != NULL ? first->id : 0);
}

static bool fill_basis(struct check_run *run, const struct check *check, struct basis *basis,
                       struct fault *fault) {
    struct basis_values values = {0};
    int step = -1;
    const struct finding *first = count_findings(run, check, basis, &values.records);
    values.query = check_run_query(run, check->basis_sql, fault);
    while (values.query != NULL && (step = query_step(values.query, fault)) > 0) {
        take_row(check, &values, basis, first);
    }
    if (step == 0 && basis->count == 0) {
        add_absence(check, first, basis);
    }
    query_close(values.query);
    buffer_free(&values.records);
    return step == 0 || fault_prefix(fault, "%s", check->id);
}

void check_basis_free(struct basis *basis) {
    if (basis == NULL) {
        return;
    }
    for (size_t i = 0; i < basis->count; i++) {
        free(basis->lines[i].text);
    }
    free(basis->lines);
    free(basis);
}

const struct basis *check_run_basis(struct check_run *run, int index, struct fault *fault) {
    if (!check_run_one(run, index, fault)) {
        return NULL;
    }
    if (run->bases[index] == NULL) {
        struct basis *basis = memory_zero(1, sizeof *basis);
        if (!fill_basis(run, check_book_at(run->book, index), basis, fault)) {
            check_basis_free(basis);
            return NULL;
        }
        run->bases[index] = basis;
    }
    return run->bases[index];
}

/* True where a finding of the check that counts names the requirement. */
static bool fails_on(struct check_run *run, const struct check *check, const char *requirement) {
    const struct findings *findings = check_run_findings(run);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->check == check && finding->set_aside_until == NULL &&
            check_has_requirement(finding->requirements, requirement)) {
            return true;
        }
    }
    return false;
}

bool check_run_state(struct check_run *run, int index, const char *requirement,
                     enum check_state *state, struct fault *fault) {
    const struct basis *basis = check_run_basis(run, index, fault);
    if (basis == NULL) {
        return false;
    }
    bool is_failing =
        basis->failing > 0 && fails_on(run, check_book_at(run->book, index), requirement);
    *state = is_failing ? CHECK_FAILED : basis->examined > 0 ? CHECK_PASSED : CHECK_NO_DATA;
    return true;
}

bool check_run_visit_known(struct check_run *run, const char *requirement,
                           const struct known_visitor *visitor, struct fault *fault) {
    for (int i = 0; i < check_book_count(run->book); i++) {
        const struct check *check = check_book_at(run->book, i);
        enum check_state state;
        if (!check_has_requirement(check->requirements, requirement)) {
            continue;
        }
        if (!check_run_state(run, i, requirement, &state, fault)) {
            return false;
        }
        if (!visitor->visit(visitor->context, check, state, run->bases[i])) {
            break;
        }
    }
    return true;
}
