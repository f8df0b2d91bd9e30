/* Which rows a list shows: the words of a filter or of a search, matched against what is shown. */
#ifndef CLAUSE5_STORE_WINDOW_FILTER_H
#define CLAUSE5_STORE_WINDOW_FILTER_H

#include <sqlite3.h>
#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/workbook.h"

struct filter;

enum filter_language {
    FILTER_FULL,  /* FIELD:WORD, FIELD=WORD, -WORD, "two words" */
    FILTER_WORDS, /* every word as it stands: what is typed into a search */
};

/* Reads the words of TEXT. NULL with the fault, such as a field that the register has not. The
 * caller frees with window_filter_free, before the workbook is closed. */
struct filter *window_filter_parse(struct workbook *workbook, enum register_id register_id,
                                   const char *text, enum filter_language language,
                                   struct fault *fault);
void window_filter_free(struct filter *filter);

/* True where the row passes. STATEMENT stands on a row with the id in column 0 and the fields of
 * the register behind it. What cannot be read of a name counts as not shown. */
bool window_filter_passes(struct filter *filter, sqlite3_stmt *statement);

/* Forgets what references are called, because they may be called otherwise now. */
void window_filter_forget(struct filter *filter);

/* Writes TEXT in small letters, as the locale has them, for comparing without regard to case. */
void window_filter_fold(struct buffer *out, const char *text, size_t len_bytes);

#endif
