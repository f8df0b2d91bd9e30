/* A workbook with one record in every register, and a second one of each that others refer to. */
#ifndef CLAUSE5_TESTS_RULES_WORLD_H
#define CLAUSE5_TESTS_RULES_WORLD_H

#include "support/fixture.h"

/* As fixture_open, and filled. */
int world_open(void **state);

/* The keys of the two; the second is NULL in registers that nothing refers to. */
const char *world_key(enum register_id register_id);
const char *world_second_key(enum register_id register_id);

/* Loads the record of that id; fails the test where it is gone. */
void world_load(struct fixture *fixture, enum register_id register_id, int64_t id,
                struct record *record);

#endif
