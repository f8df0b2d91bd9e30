/* The pages of an import on the screen, for the files of this folder. */
#ifndef CLAUSE5_PANES_STAGING_PAGES_H
#define CLAUSE5_PANES_STAGING_PAGES_H

#include "panes/staging/staging.h"

/* The list of rows, which owns its staging; the cells of one row (place.id is its number); the
 * columns. Each is opened with a place whose subject is the staging. */
extern const struct view_ops staging_view_ops;
extern const struct view_ops staging_cells_ops;
extern const struct view_ops staging_columns_ops;

/* Tries again after a decision and says what became of it in one line. */
void staging_try_again(struct staging *staging);

/* The questions of the list's keys; each changes the staging and tries again. Return outcome
 * flags. */
unsigned staging_ask_encoding(struct staging *staging);
unsigned staging_ask_delimiter(struct staging *staging);
unsigned staging_ask_dates(struct staging *staging);
unsigned staging_ask_header(struct staging *staging);
unsigned staging_ask_decimal(struct staging *staging);
unsigned staging_ask_rejects(struct staging *staging);

/* What stands between cells, and how dates are read, for people. */
const char *staging_delimiter_name(char delimiter);
const char *staging_dates_name(enum import_dates dates);

/* Draws what was found and where the columns go, at most a third of the area, and returns the rows
 * used. */
int staging_draw_head(const struct staging *staging, const struct area *area);

#endif
