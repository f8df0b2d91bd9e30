/* The rows of a filtered or sorted window, found by walking the register once and kept as ids in
 * the order of the list. */
#ifndef CLAUSE5_STORE_WINDOW_LIST_H
#define CLAUSE5_STORE_WINDOW_LIST_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "store/window_filter.h"
#include "store/window_name.h"
#include "store/window_order.h"

enum { LIST_PARTS = 3, LIST_ID_COLUMN = 3 };

/* What a list is made of. The source and the filter are borrowed. */
struct list_plan {
    struct workbook *workbook;
    enum register_id register_id;
    struct order *source;  /* the rows to look at, id and fields as columns */
    struct filter *filter; /* NULL: all */
    int sort_field;        /* -1: in the order of the source */
    bool is_descending;
};

/* The place of a row in the list's own order has LIST_PARTS parts: 1 where the sort field is empty,
 * so that such rows come last, the sort key, and the row's number in the source. */
struct list {
    struct list_plan plan;
    sqlite3 *connection;
    sqlite3_stmt *insert;
    sqlite3_stmt *seek;
    struct order order; /* columns: the three parts and the id */
    struct place reached;
    int64_t looked_at;
    int64_t found;
    bool is_complete;
    struct name name;
    struct buffer scratch;
};

/* Makes an empty list. NULL with the fault; the caller frees with window_list_free. */
struct list *window_list_new(const struct list_plan *plan, struct fault *fault);
void window_list_free(struct list *list);

/* Goes on looking until DEADLINE_MS of clock_monotonic_ms. False with the fault. */
bool window_list_work(struct list *list, int64_t deadline_ms, struct fault *fault);

/* Sets the first two parts of a place: how the row that STATEMENT stands on (id and fields) is
 * sorted. The third stays as it is. */
void window_list_sort_key(struct list *list, sqlite3_stmt *statement, struct place *place);

/* Sets the third part: the number of the first row of that sort key that does not lie before the
 * place SOURCE in the source. FETCH reads id and fields by id. False with the fault. */
bool window_list_locate(struct list *list, sqlite3_stmt *fetch, const struct place *source,
                        struct place *place, struct fault *fault);

#endif
