/* Which batches stand, in SQL. */
#ifndef CLAUSE5_STORE_STANDING_H
#define CLAUSE5_STORE_STANDING_H

/* True for the batch `b` where a later undo (or, where b is an undo, a redo) takes it back that is
 * not itself taken back. Later ones only, so that no forged cycle leads round. */
#define STANDING_IS_UNDONE                                                                         \
    "EXISTS (SELECT 1 FROM main.c5_batch AS u\n"                                                   \
    "         WHERE u.undoes = b.number AND u.number > b.number\n"                                 \
    "           AND NOT EXISTS (SELECT 1 FROM main.c5_batch AS r\n"                                \
    "                            WHERE r.undoes = u.number AND r.number > u.number))"

#endif
