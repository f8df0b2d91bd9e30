/* Looking at the file itself: its pages, its references, and whether a head belongs to its
 * history. history_verify looks at the content. */
#ifndef CLAUSE5_STORE_VERIFY_H
#define CLAUSE5_STORE_VERIFY_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/workbook.h"

enum {
    VERIFY_FINDINGS_MOST = 50, /* of one kind, that are told */
    VERIFY_HEAD_LEAST = 16,    /* digits by which a head may be given */
};

/* What was found, a sentence each. */
struct verify_visitor {
    void (*visit)(void *context, const char *finding);
    void *context;
};

/* Has SQLite check every page and index, and that every reference leads to a row; each finding goes
 * to VISIT. Returns how many there were, -1 with the fault where that could not be done. Takes
 * seconds at a million rows. */
int verify_pages(struct workbook *workbook, const struct verify_visitor *visitor,
                 struct fault *fault);
int verify_references(struct workbook *workbook, const struct verify_visitor *visitor,
                      struct fault *fault);

/* Finds where a closed round is not as it was closed: the round, its lines and its samples must be
 * as their newest change left them, no batch but a reopening may have changed them since, and the
 * head that the round bears must be the one that its closing followed. The findings name the round
 * and the record. Returns as verify_pages. */
int verify_rounds(struct workbook *workbook, const struct verify_visitor *visitor,
                  struct fault *fault);

/* Calls VISIT for each reference that leads nowhere, open batch or not: the record and the field,
 * -1 where it is the record's own place among the parties. False stops, as after a fault of the
 * visitor's. */
struct broken_visitor {
    bool (*visit)(void *context, enum register_id register_id, int64_t id, int field);
    void *context;
};
bool verify_visit_broken(struct workbook *workbook, const struct broken_visitor *visitor,
                         struct fault *fault);

/* True where DIGITS can be the beginning of a head: 16 to 64 hex digits of either case. */
bool verify_is_head(const char *digits);

/* Sets *BATCH to the batch whose hash begins with DIGITS, 0 where the history holds none or more
 * than one, and *NEWEST to the number of the newest. */
bool verify_find_head(struct workbook *workbook, const char *digits, int64_t *batch,
                      int64_t *newest, struct fault *fault);

#endif
