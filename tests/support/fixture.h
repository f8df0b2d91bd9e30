/* A workbook to break rules in: records are written as `field=value|field=value`. */
#ifndef CLAUSE5_TESTS_SUPPORT_FIXTURE_H
#define CLAUSE5_TESTS_SUPPORT_FIXTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

struct fixture {
    struct workbook *workbook;
    char folder[32];
    char *said; /* the last refusal */
    int field;  /* the field it named, or -1 */
};

/* cmocka's set-up and tear-down; the day is 2026-11-21. The state is a struct fixture. */
int fixture_open(void **state);
int fixture_close(void **state);

/* Fills VALUES (zeroed) from cells; the caller frees with values_free. */
void cells_read(struct fixture *fixture, enum register_id register_id, const char *cells,
                struct value *values);

/* Stores a new record in a batch of its own and returns its id; fails the test where it is refused.
 */
int64_t put(struct fixture *fixture, enum register_id register_id, const char *cells);

/* As put for a requirement that ships with the program. */
int64_t put_shipped(struct fixture *fixture, const char *cells);

/* Changes the record of that key; an empty cell clears its field. */
void change(struct fixture *fixture, enum register_id register_id, const char *key,
            const char *cells);

/* The same, expected to be refused: the refusal is in fixture->said. */
void refuse_put(struct fixture *fixture, enum register_id register_id, const char *cells);
void refuse_change(struct fixture *fixture, enum register_id register_id, const char *key,
                   const char *cells);

/* Deletes in a batch of its own. */
void drop(struct fixture *fixture, enum register_id register_id, const char *key);
void refuse_drop(struct fixture *fixture, enum register_id register_id, const char *key);

/* Within a batch that the test has begun: true where the row is taken. */
bool try_insert(struct fixture *fixture, enum register_id register_id, const char *cells);
bool try_change(struct fixture *fixture, enum register_id register_id, const char *key,
                const char *cells);
void begin(struct fixture *fixture);
bool try_commit(struct fixture *fixture);

/* Reads. */
int64_t find(struct fixture *fixture, enum register_id register_id, const char *key);
bool exists(struct fixture *fixture, enum register_id register_id, const char *key);
int64_t count(struct fixture *fixture, enum register_id register_id);

/* Fails the test unless the field of that record reads so, as a file holds it. */
void assert_cell(struct fixture *fixture, enum register_id register_id, const char *key,
                 const char *field, const char *text);

/* Fails the test unless the last refusal holds the words. */
void assert_said(struct fixture *fixture, const char *words);

/* Fails the test where the fault is one, and says it. */
void assert_no_fault(bool went_well, struct fault *fault);

#endif
