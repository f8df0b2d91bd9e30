/* FILE.lock beside a workbook: one writer at a time, and who it is. */
#ifndef CLAUSE5_STORE_LOCK_H
#define CLAUSE5_STORE_LOCK_H

#include <stdbool.h>

#include "clause5/base/fault.h"

/* A held lock; zeroed means that nothing is held. */
struct lock {
    char *path; /* owned; NULL where nothing is held */
    int descriptor;
};

/* Takes the lock of the workbook at FILE for this process. FAULT_LOCKED names the user, host and
 * process that hold it; the file left by a process that died is taken over. */
bool lock_take(struct lock *lock, const char *file, struct fault *fault);

/* Removes the lock's file and lets go; does nothing where nothing is held. */
void lock_release(struct lock *lock);

#endif
