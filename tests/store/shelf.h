/* A workbook for reading tests: policies, people and as many acknowledgements as asked for, written
 * by SQL because reading does not care how rows came. */
#ifndef CLAUSE5_TESTS_STORE_SHELF_H
#define CLAUSE5_TESTS_STORE_SHELF_H

#include <stdint.h>

#include "clause5/store/workbook.h"

/* Makes a workbook of ROWS acknowledgements by 50 people of 20 policies (by a hundred times as many
 * people from 10,000 rows on), the ids in another order than the keys. The caller frees with
 * workbook_close. */
struct workbook *shelf_new(int rows);

/* Runs SQL on it that gives no rows; fails the test where it cannot. */
void shelf_run(struct workbook *workbook, const char *sql);

/* Returns the first column of all rows of a query, closed by 0; the caller frees with free. */
int64_t *shelf_ids(struct workbook *workbook, const char *sql);

/* For tests that share one small workbook. */
int shelf_set_up_small(void **state);
int shelf_take_down(void **state);
struct workbook *shelf_workbook(void);

#endif
