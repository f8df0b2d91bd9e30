/* Two copies of a workbook put together (architecture.md, History).
 *
 * Fields that one side changed are taken from it; the same value on both sides is no conflict. What
 * both changed differently, or one changed and the other deleted, is a conflict, as is a row that
 * one side added, or a reference that it set, to a record that the other deleted. A conflict is
 * decided for a whole: deciding for a record that the other side deleted brings back what went with
 * it, deciding against it leaves the row out, or empties the reference where it may be empty.
 *
 * One record, although added on both sides: of registers with a ref those that have the same ref
 * and the same title, of all others those that have the same key or the same e-mail. Two adds with
 * one ref and different titles are two records: theirs gets the next free ref, and what names it
 * follows. A field that only one of the two filled is taken.
 *
 * Fields that the program sets beside others go with them: the day and name of an assessment with
 * its result, the size of a sealed file with its digest; where the results are the same, the later
 * day stands. A round closed on one side while the other went on with it is one conflict: either it
 * is closed and what the other recorded in it is left out, or it stays open with the work of both.
 * Rules between rows are looked at when all is in place; what breaks one is told, not undone. */
#ifndef CLAUSE5_EXCHANGE_MERGE_H
#define CLAUSE5_EXCHANGE_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/workbook.h"

struct merge;

/* Opens the copy at THEIRS for reading, as a hostile file (clause5/store/workbook.h). FAULT_USAGE
 * where it is the file at OURS itself, which is found out without opening it. NULL with the fault;
 * the caller closes with workbook_close. */
struct workbook *merge_open_theirs(const char *ours, const char *theirs, const struct clock *clock,
                                   struct fault *fault);

/* Compares THEIRS, opened for reading, with OURS, opened for writing; neither changes. NULL with
 * the fault: FAULT_REFUSED where they share no past. The caller closes with merge_close before
 * either workbook. */
struct merge *merge_open(struct workbook *ours, struct workbook *theirs, struct fault *fault);
void merge_close(struct merge *merge);

/* True where ours has all of theirs already. */
bool merge_is_known(const struct merge *merge);

enum merge_choice { MERGE_OPEN, MERGE_OURS, MERGE_THEIRS };

/* One conflict. The texts are as people read them and may hold anything (text_show). */
struct merge_conflict {
    enum register_id register_id;
    const char *record; /* its key */
    const char *field;  /* the field's name; "" where it is about the whole record */
    const char *ours, *theirs;
    const char *our_actor, *our_time; /* UTC as in the history; "" where nobody is known */
    const char *their_actor, *their_time;
    enum merge_choice choice;
};

size_t merge_conflict_count(const struct merge *merge);
const struct merge_conflict *merge_conflict_at(const struct merge *merge, size_t index);

/* Returns "merge bella.c5" for a copy at PATH, as the batch is called; the caller frees. */
char *merge_make_label(const char *path);

/* Decide one, or all. */
void merge_choose(struct merge *merge, size_t index, enum merge_choice choice);
void merge_choose_all(struct merge *merge, enum merge_choice choice);

/* Returns how many conflicts are not decided. */
size_t merge_open_count(const struct merge *merge);

/* Writes the merge in one batch called LABEL. MERGE_HELD: a conflict is not decided, or putting the
 * choices together brought up new ones, which are then at the end of the list; nothing was written.
 * Where nothing of theirs is new, MERGE_STORED without a batch. */
enum merge_end { MERGE_FAULT, MERGE_STORED, MERGE_HELD };
enum merge_end merge_store(struct merge *merge, const char *label, struct fault *fault);

/* As merge_store, with conflicts that are not decided taken as ours, and takes everything back: for
 * the counts and findings below, and for conflicts that only show when all is put together. */
enum merge_end merge_try(struct merge *merge, struct fault *fault);

/* What the last merge_store or merge_try did. */
struct merge_counts {
    int64_t added, changed, deleted;
};
struct merge_counts merge_counts_of(const struct merge *merge, enum register_id register_id);

struct merge_renumbering {
    enum register_id register_id;
    const char *from, *to;
};
size_t merge_renumbering_count(const struct merge *merge);
const struct merge_renumbering *merge_renumbering_at(const struct merge *merge, size_t index);

/* Breaches of rules, and fields that could not be taken: a sentence each. */
size_t merge_finding_count(const struct merge *merge);
const char *merge_finding_at(const struct merge *merge, size_t index);

#endif
