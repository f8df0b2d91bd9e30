/* What a reference is called: the key and the title of the record it names. */
#ifndef CLAUSE5_STORE_WINDOW_NAME_H
#define CLAUSE5_STORE_WINDOW_NAME_H

#include <sqlite3.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

/* The names of one record; zeroed ones are empty and ready. They keep the statements that read
 * them, because a filter asks for names a million times. */
struct name {
    sqlite3_stmt *statements[REGISTER_COUNT + 1]; /* by register; the last: roles with holders */
    struct buffer key;                            /* POL-001, ISO, Anna Weber */
    struct buffer title;  /* Information Security Policy; empty where the key is a name */
    struct buffer holder; /* of a role named by a party field: Anna Weber; else empty */
};

/* Reads what ID, the value of a reference or party FIELD, is called. LOOKUP_NONE leaves the names
 * empty. */
enum lookup window_name_load(struct workbook *workbook, const struct field *field, int64_t id,
                             struct name *name, struct fault *fault);

/* Appends the name as a list shows it, such as `ISO (Anna Weber)`. */
void window_name_print(const struct name *name, struct buffer *out);

/* Releases the names; before the workbook is closed. */
void window_name_free(struct name *name);

#endif
