/* Reading by SQL for the rooms that know what to ask: checks, readiness, report. Read-only by
 * construction: a statement that would write is refused. Registers are tables of their plain names
 * with id and the fields of registers.tsv. */
#ifndef CLAUSE5_STORE_QUERY_H
#define CLAUSE5_STORE_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

struct query;

/* Prepares one statement, which begins with SELECT, WITH or VALUES; comments may stand around it.
 * Named parameters such as :today are bound by query_bind_*. NULL with the fault, FAULT_REFUSED
 * where it would write or where a second statement follows; the caller ends with query_close,
 * before the workbook. */
struct query *query_open(struct workbook *workbook, const char *sql, struct fault *fault);
void query_close(struct query *query);

/* Bind a parameter by name (with its colon), before the first step or after query_reset; names that
 * the statement does not have are ignored. Texts are copied. */
void query_bind_text(struct query *query, const char *name, const char *text);
void query_bind_whole(struct query *query, const char *name, int64_t whole);

/* Steps to the next row: 1 a row, 0 the end, -1 with the fault. */
int query_step(struct query *query, struct fault *fault);

/* Makes the query ready to run again; bindings stay. */
void query_reset(struct query *query);

/* Read columns of the current row, counted from 0. Texts are "" for NULL and valid until the next
 * step. */
int query_columns(const struct query *query);
const char *query_column_name(const struct query *query, int column);
const char *query_text(struct query *query, int column);
int64_t query_whole(struct query *query, int column);
double query_number(struct query *query, int column);
bool query_is_empty(struct query *query, int column);

#endif
