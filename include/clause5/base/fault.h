/* What went wrong, in words for people: what failed, where, and what to do. */
#ifndef CLAUSE5_BASE_FAULT_H
#define CLAUSE5_BASE_FAULT_H

#include <stdbool.h>

#include "clause5/base/buffer.h"

enum fault_kind {
    FAULT_NONE,
    FAULT_REFUSED, /* a rule or a value forbids it; the user can mend it: exit status 1 */
    FAULT_USAGE,   /* the command line is wrong: exit status 2 */
    FAULT_LOCKED,  /* somebody else has the workbook open for writing: exit status 3 */
    FAULT_FAILED,  /* cannot open, disk full: exit status 3 */
    FAULT_DAMAGED, /* the file is no longer what it was; a backup helps: exit status 3 */
    FAULT_STOPPED, /* the user stopped it; everything is as it was */
};

/* A zeroed struct fault is "no fault". The field is the index of the field that is wrong, where the
 * fault is about one field of a record; read it with fault_field. */
struct fault {
    enum fault_kind kind;
    int field_plus_one;
    struct buffer text;
};

/* Records what went wrong, replacing what was there, and returns false, so that a caller can
 * `return fault_set(...)`. The message is a whole sentence without the final full stop. */
bool fault_set(struct fault *fault, enum fault_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As fault_set with FAULT_REFUSED, about the field at index FIELD of the register at hand. */
bool fault_refuse_field(struct fault *fault, int field, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "PREFIX: " before the message, such as the name of a file. Returns false. */
bool fault_prefix(struct fault *fault, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Returns the message, "" where there is no fault; valid until the fault changes. */
const char *fault_text(const struct fault *fault);

/* Returns the index of the field at fault, or -1 where the fault is about no single field. */
int fault_field(const struct fault *fault);

/* Returns the exit status of product.md that goes with the fault. */
int fault_exit_status(const struct fault *fault);

/* Makes it "no fault" again and releases the message. */
void fault_clear(struct fault *fault);

#endif
