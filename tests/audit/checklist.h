/* A workbook with a short checklist, and the words to walk it. */
#ifndef CLAUSE5_TESTS_AUDIT_CHECKLIST_H
#define CLAUSE5_TESTS_AUDIT_CHECKLIST_H

#include "clause5/audit/round.h"
#include "support/fixture.h"

/* As fixture_open; the lines are 5.1.a, the practice 5.1.p1, X-1 (of 5.1), 9.3.1 and 10.1. */
int checklist_open(void **state);

/* Starts the round that the cells describe, and returns its id. */
int64_t checklist_start(struct fixture *fixture, const char *cells);

/* Starts the internal audit 2026-IA. */
int64_t checklist_start_internal(struct fixture *fixture);

/* Records a verdict on the line of that key; the refusal is in fixture->said. */
bool checklist_record(struct fixture *fixture, const char *key, enum round_verdict verdict,
                      const char *note);

/* Loads the lines; the caller frees with round_lines_free. */
struct round_lines checklist_load(struct fixture *fixture, int64_t audit);

#endif
