/* Two copies of a workbook that went on apart: the past they share, what each did since, and the
 * batch that brings them together (architecture.md, History). What becomes of two different values
 * is for clause5/exchange/merge.h to say. */
#ifndef CLAUSE5_STORE_FORK_H
#define CLAUSE5_STORE_FORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

struct fork;

/* Looks at both histories, each proved first as by history_verify, and finds the newest common
 * past: the longest shared run of batch hashes, where merges count with both their parents unless
 * they were taken back. Where the copies were merged crosswise, several batches are the newest that
 * both know; their values are then merged among themselves, and where that gives none, the value
 * before counts as not known. FAULT_REFUSED where the copies share no past. Of THEIRS nothing but
 * reading is asked; it is kept in one read transaction until fork_close. NULL with the fault; the
 * caller closes, before either workbook. Memory grows with what both did since. */
struct fork *fork_open(struct workbook *ours, struct workbook *theirs, struct fault *fault);
void fork_close(struct fork *fork);

/* True where ours knows everything that theirs has: there is nothing to merge. */
bool fork_is_known(const struct fork *fork);

/* One record that either side has touched since, under one id. */
struct fork_record {
    enum register_id register_id;
    int64_t id;
    struct value *base, *ours, *theirs; /* one per field; NULL where the record is not there */
    uint32_t unsure; /* fields, by bit, whose value before is not known: two pasts differ */
};

/* The touched records, by register and id. */
size_t fork_count(const struct fork *fork);
const struct fork_record *fork_record(const struct fork *fork, size_t index);

/* Who changed the field last since the common past (FIELD -1: who touched the record last), and
 * when; empty texts where nobody did. */
struct fork_writer {
    const char *actor;
    const char *time; /* UTC, as in history_batch */
    const char *label;
};
struct fork_writer fork_writer_of(const struct fork *fork, const struct fork_record *record,
                                  int field, bool is_theirs);

/* Begins the merge in ours: a batch of both parents. Nothing else may write to ours meanwhile. */
bool fork_begin(struct fork *fork, const char *label, struct fault *fault);

/* A record as it shall stand in ours; deleted where VALUES is NULL. */
struct fork_row {
    enum register_id register_id;
    int64_t id;
    const struct value *values;
};

/* Stores all rows, in any order of keys: rows may take keys from each other. Once in a merge. A
 * repeated key is a FAULT_REFUSED. */
bool fork_write(struct fork *fork, const struct fork_row *rows, size_t count, struct fault *fault);

/* Takes theirs' past into the file, notes what the merge means for theirs, and commits. It is
 * written even where ours changes in nothing. On a fault everything is as before. */
bool fork_commit(struct fork *fork, struct fault *fault);

#endif
