/* One look at a workbook, as the files of the checks share it. */
#ifndef CLAUSE5_AUDIT_CHECK_RUN_INSIDE_H
#define CLAUSE5_AUDIT_CHECK_RUN_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/check_book.h"
#include "clause5/audit/check.h"
#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/store/query.h"

/* A check set aside for a record (the register exception). */
struct check_exception {
    char *check, *register_name, *record, *reason, *until_on;
};

/* The rows of a word that is worked out once, as JSON, and the query that reads them. */
struct once {
    char *rows;
    char *sql;
};

struct check_run {
    struct workbook *workbook;
    const struct check_book *book;
    char today[DATE_TEXT_SIZE];
    struct check_exception *exceptions;
    size_t exception_count, exception_capacity;
    struct findings findings;
    bool is_sorted;
    bool *has_run;        /* one per check */
    struct basis **bases; /* one per check, NULL until asked for */
    struct once *once;    /* one per word that is worked out once */
    int next;             /* place in the order of check_run_next */
    struct buffer failed; /* " 5.1.a 5.2.e ": requirements on which an error-level check fails */
    struct buffer passed; /* likewise: requirements with a check that passes, as far as asked for */
};

/* Gives the query that reads the rows of a word, working them out where that is still to do; NULL
 * with the fault. */
const char *check_once_give(struct check_run *run, size_t word, struct fault *fault);

/* Binds the rows of all words worked out so far. */
void check_once_bind(const struct check_run *run, struct query *query);
void check_once_free(struct check_run *run);

/* Reads the exceptions that hold today. */
bool check_exceptions_load(struct check_run *run, struct fault *fault);
void check_exceptions_free(struct check_run *run);

/* Gives the finding the exception that sets it aside, where there is one. */
void check_exceptions_apply(const struct check_run *run, struct finding *finding);

/* Adds REFS to a list such as failed, each once. */
void check_refs_add(struct buffer *list, const char *refs);

/* Returns the index of a column of the query, or -1. */
int check_column(struct query *query, const char *name);

/* Releases a basis. */
void check_basis_free(struct basis *basis);

#endif
