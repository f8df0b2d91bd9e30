/* An order of rows that an index serves, walked from any place in it: keyset paging. Knows tables
 * and their key columns; nothing of filters and of what is shown. */
#ifndef CLAUSE5_STORE_WINDOW_ORDER_H
#define CLAUSE5_STORE_WINDOW_ORDER_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/workbook.h"

enum { ORDER_PARTS_MOST = REGISTER_KEY_PARTS_MOST + 1 };

/* One column that the rows are ordered by; it is never NULL. */
struct order_part {
    const char *column;
    bool is_without_case; /* compared with NOCASE, as the key indexes are */
    bool is_descending;
    int at; /* which column of the rows it is */
};

struct order {
    struct workbook *workbook;
    sqlite3 *connection; /* the workbook's, or a list's own */
    char *table;
    char *columns; /* what a row gives, separated by commas */
    char *fixed;   /* a column that all rows have the same in, or NULL */
    int64_t fixed_value;
    struct order_part parts[ORDER_PARTS_MOST];
    int part_count;
    sqlite3_stmt *statements[2][ORDER_PARTS_MOST + 2]; /* by direction and stage, made when used */
};

/* Where a row stands: what it has in the parts of its order. */
struct place {
    struct value parts[ORDER_PARTS_MOST];
};

/* Releases what the order holds; a zeroed one is allowed. */
void window_order_free(struct order *order);

void window_place_free(struct place *place);
struct place window_place_copy(const struct place *place);

/* Orders two places as the rows stand in the list; <0, 0, >0. */
int window_place_compare(const struct order *order, const struct place *a, const struct place *b);

/* Returns the place of the row that STATEMENT stands on, laid out as the order's columns; the
 * caller frees with window_place_free. */
struct place window_order_place(const struct order *order, sqlite3_stmt *statement);

/* A walk over the rows of an order, forward or backward. The rows behind a place come in up to one
 * stage for each part: first those that differ from it in the last part alone, then those that
 * differ in the one before, and so on. Each stage is one range of the index. */
struct walk {
    struct order *order;
    const struct place *from;
    bool is_backward;
    bool is_inclusive;
    int stage;
    sqlite3_stmt *statement; /* the row; NULL before the first step and after the end */
};

/* Starts at the row behind FROM, or at that row itself where IS_INCLUSIVE; at the first (or last)
 * row where FROM is NULL. FROM must outlive the walk, and one order has one walk in a direction at
 * a time. */
struct walk window_walk_from(struct order *order, const struct place *from, bool is_backward,
                             bool is_inclusive);

/* Steps to the next row: 1 a row, 0 the end, -1 with the fault. */
int window_walk_step(struct walk *walk, struct fault *fault);

/* Ends the walk, so that no statement stays open. May be called twice. */
void window_walk_stop(struct walk *walk);

#endif
