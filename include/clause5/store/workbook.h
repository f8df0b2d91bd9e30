/* A workbook: one SQLite file, opened by one writer at a time. */
#ifndef CLAUSE5_STORE_WORKBOOK_H
#define CLAUSE5_STORE_WORKBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/clock.h"
#include "clause5/base/fault.h"

struct workbook;

enum workbook_mode {
    WORKBOOK_WRITE, /* holds FILE.lock and a standing read transaction until closed */
    WORKBOOK_READ,  /* no lock; reads in short transactions, so that the writer can go on */
};

/* Makes a new, empty workbook for PATH: the schema without a row, mode 0600. It lies beside PATH
 * under another name until workbook_publish; closing it before removes it. Nothing at PATH is ever
 * replaced: FAULT_FAILED where something is there. The workbook's own row and the shipped
 * requirements come from the caller, in a batch marked with history_mark_founding. Returns NULL
 * with the fault; the caller closes with workbook_close. */
struct workbook *workbook_create(const char *path, const struct clock *clock, struct fault *fault);

/* Gives a workbook made by workbook_create its final name, and closes it either way. */
bool workbook_publish(struct workbook *workbook, struct fault *fault);

/* Opens an existing workbook and looks at it as at a hostile file (architecture.md, The file):
 * application id, version, and the whole schema as this program would make it. Older versions are
 * migrated after a copy aside when opened for writing, and refused for reading. FAULT_LOCKED names
 * who has it open. Returns NULL with the fault; the caller closes with workbook_close. The clock is
 * copied. */
struct workbook *workbook_open(const char *path, enum workbook_mode mode, const struct clock *clock,
                               struct fault *fault);

/* True where the file at PATH carries the mark of a workbook, whether sound or not. Not for a
 * workbook that this process has open: looking drops its locks. */
bool workbook_is_at(const char *path);

/* Closes and releases; an open batch is abandoned. Leaves nothing beside the file. NULL is allowed.
 */
void workbook_close(struct workbook *workbook);

const char *workbook_path(const struct workbook *workbook);

/* True where it is open for writing and shows the present (clause5/store/look.h). */
bool workbook_is_writable(const struct workbook *workbook);

/* The day of checks and defaults. As of a date it is that date. */
const struct clock *workbook_clock(const struct workbook *workbook);

/* That day, as a number and as ISO text. */
date_days workbook_today(const struct workbook *workbook);
void workbook_print_today(const struct workbook *workbook, char day[static DATE_TEXT_SIZE]);

/* Who the history says made the batches from now on. The text is copied; never empty: before the
 * first call it is the login name. */
void workbook_set_actor(struct workbook *workbook, const char *actor);
const char *workbook_actor(const struct workbook *workbook);

/* A number that grows with every committed batch of this process, so that screens know what is
 * stale. */
uint64_t workbook_revision(const struct workbook *workbook);

/* Asked now and then during long work; returning true stops it with FAULT_STOPPED. CONTEXT is
 * passed back. NULL takes the watcher away. */
void workbook_watch(struct workbook *workbook, bool (*should_stop)(void *context), void *context);

#endif
