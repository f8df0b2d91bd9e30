/* Copies of one workbook that go on apart, and their merging, for tests. */
#ifndef CLAUSE5_TESTS_EXCHANGE_COPIES_H
#define CLAUSE5_TESTS_EXCHANGE_COPIES_H

#include "clause5/exchange/merge.h"
#include "support/fixture.h"
#include "support/place.h"

/* The copies; each is worked on through its fixture. */
enum copy { MIA, BEA, EVA, COPIES };

struct copies {
    struct place *place;
    struct fixture of[COPIES]; /* open for writing, but while a merge reads them */
    struct fixture *mia, *bea, *eva;
};

/* Makes the workbook that all start from, open as MIA's. copies_split then gives everybody the
 * same; copies_give makes one copy anew from another. */
struct copies *copies_new(void);
void copies_split(struct copies *copies);
void copies_give(struct copies *copies, enum copy from, enum copy to);
void copies_free(struct copies *copies);

/* Keeps MIA's copy as it is, and gives it to MIA and BEA anew. */
void copies_keep(struct copies *copies);
void copies_restart(struct copies *copies);

/* A merge in preparation: theirs is open for reading meanwhile. */
struct merge *copies_meet(struct copies *copies, enum copy ours, enum copy theirs);
void copies_part(struct copies *copies, struct merge *merge, enum copy theirs);

/* The same without opening anything again: copies_meet opens what it needs. */
void copies_leave(struct copies *copies, struct merge *merge, enum copy theirs);
void copies_hand_over(struct copies *copies, enum copy from, enum copy to);

/* Merges theirs into ours, every conflict decided for CHOICE (MERGE_OPEN: there must be none), and
 * proves both histories. Returns how many conflicts there were. */
size_t copies_merge(struct copies *copies, enum copy ours, enum copy theirs,
                    enum merge_choice choice);

/* Fails the test unless ours has that conflict with theirs, as `register key field: ours | theirs`.
 */
void expect_conflict(struct copies *copies, enum copy ours, enum copy theirs, const char *words);

/* Fails the test unless the history of the copy proves sound. */
void expect_sound(struct fixture *fixture);

/* Takes the newest batch back, or does it again. */
void undo(struct fixture *fixture);
void redo(struct fixture *fixture);

/* Prints the records of a register, a line each, sorted; the caller frees. */
char *copies_print(struct fixture *fixture, enum register_id register_id);

/* Fails the test unless both hold the same records, whatever their ids. */
void expect_same(struct copies *copies, enum copy a, enum copy b);

#endif
