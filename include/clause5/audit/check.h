/* The checks: 100 rules by which the workbook reads its own registers as an auditor would. Each is
 * a paragraph of data/checks/FAMILY.sql: a header, a query for what it finds, and a query for its
 * basis: what it looked at, with the figures. Meaning of the words: checks.md; they are
 * data/checks/words.sql. */
#ifndef CLAUSE5_AUDIT_CHECK_H
#define CLAUSE5_AUDIT_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/query.h"
#include "clause5/store/workbook.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO, SEVERITY_COUNT };

/* Returns error, warning or info. */
const char *severity_word(enum severity severity);

/* Reads one of these words; false where it is none. */
bool severity_parse(const char *word, enum severity *severity);

/* One check as its header describes it. */
struct check {
    char *id;
    enum severity severity;
    char *requirements; /* refs separated by blanks, such as "5.1.a 5.2.e" */
    char *finds;
    char *remedy;
    enum register_id register_id; /* of the records it names, or whose absence it finds */
    int field;                    /* the field to mend, unless the finding names another */
    char *message;                /* texts with {value} and [left out where a value is empty] */
    char *basis;
    char *finding_sql;
    char *basis_sql;
};

/* All checks, sorted by id. */
struct check_book;

/* Reads the checks that ship with the program. NULL with a FAULT_FAILED that names the paragraph
 * where one is broken; the caller frees with check_book_free. */
struct check_book *check_book_load(struct fault *fault);
void check_book_free(struct check_book *book);

int check_book_count(const struct check_book *book);
const struct check *check_book_at(const struct check_book *book, int index);

/* As check_book_at, in the order in which people read them: family by family. */
const struct check *check_book_listed(const struct check_book *book, int place);

/* Returns the index of the check of that exact id, or -1. */
int check_book_find(const struct check_book *book, const char *id);

/* True where REFS, separated by blanks, holds REF. */
bool check_has_requirement(const char *refs, const char *ref);

/* One thing that a check found. */
struct finding {
    const struct check *check;
    char *requirements; /* those of the check that fail here */
    char *record;       /* its key in one cell; "-" where something is absent */
    int64_t id;         /* of that record; 0 where something is absent */
    int field;          /* the field to mend */
    char *message;
    char *set_aside_until; /* the day after which it counts again; NULL where it counts */
    char *set_aside_reason;
};

/* Findings in the order of contract.md: error, warning, info, then check id, then record, bytewise.
 * Those set aside by an exception stand among them and count nowhere. */
struct findings {
    struct finding *items;
    size_t count, capacity;
};

/* One look at a workbook with all checks, or with one. It sees the workbook as it was while it ran;
 * after a change a new one is begun. */
struct check_run;

/* Begins a look; nothing is checked yet. NULL with the fault; the caller ends with check_run_free.
 * The workbook and the book must outlive it. */
struct check_run *check_run_begin(struct workbook *workbook, const struct check_book *book,
                                  struct fault *fault);
void check_run_free(struct check_run *run);

/* Runs the next check, so that a screen can do them between keys: 1 there are more, 0 all are done,
 * -1 with the fault. One that was stopped (FAULT_STOPPED) leaves nothing and is the next again. */
int check_run_next(struct check_run *run, struct fault *fault);

/* Runs all that are left. */
bool check_run_all(struct check_run *run, struct fault *fault);

/* Runs the one check at INDEX, where it has not run yet. */
bool check_run_one(struct check_run *run, int index, struct fault *fault);

/* Returns what was found so far, sorted; valid until the next check runs. */
const struct findings *check_run_findings(struct check_run *run);

/* Count the findings of a severity that are not set aside, and all that are. */
size_t check_run_count(const struct check_run *run, enum severity severity);
size_t check_run_count_set_aside(const struct check_run *run);

enum check_state {
    CHECK_NO_DATA, /* there is no record to look at, and nothing is found missing */
    CHECK_PASSED,
    CHECK_FAILED,
};

/* One line of what a check rests on, such as "6 of 7 leaders acknowledged POL-001 2.0; missing: Jo
 * Novak", and where Enter goes: a record, or with id 0 its register. */
struct basis_line {
    char *text;
    enum register_id register_id;
    int64_t id;
};

struct basis {
    int64_t examined; /* records looked at */
    size_t failing;   /* findings that count */
    size_t set_aside; /* findings that do not */
    struct basis_line *lines;
    size_t count, capacity;
};

/* Returns what the check at INDEX rests on, running it and its basis where that is still to do.
 * NULL with the fault; owned by the run. */
const struct basis *check_run_basis(struct check_run *run, int index, struct fault *fault);

/* How the check at INDEX stands for one of its requirements: it fails only where a finding names
 * that requirement. False with the fault. */
bool check_run_state(struct check_run *run, int index, const char *requirement,
                     enum check_state *state, struct fault *fault);

/* Calls VISIT for each check of the requirement, in the order of ids: what the workbook knows of
 * it. A visitor that returns false stops. False with the fault. */
struct known_visitor {
    bool (*visit)(void *context, const struct check *check, enum check_state state,
                  const struct basis *basis);
    void *context;
};
bool check_run_visit_known(struct check_run *run, const char *requirement,
                           const struct known_visitor *visitor, struct fault *fault);

/* Opens a query that may use the words of the checks (data/checks/words.sql) as tables, such as
 * kpi_status; :today is bound. NULL with the fault; the caller ends with query_close. */
struct query *check_run_query(struct check_run *run, const char *sql, struct fault *fault);

/* Returns the book that the run looks with; the caller of check_run_begin owns it. */
const struct check_book *check_run_book(const struct check_run *run);

#endif
