/* A workbook of a test's own, with CSV going in and out as texts. */
#ifndef TESTS_EXCHANGE_SHEETS_H
#define TESTS_EXCHANGE_SHEETS_H

#include "clause5/base/buffer.h"
#include "clause5/exchange/import.h"
#include "clause5/exchange/seed.h"
#include "clause5/store/workbook.h"
#include "support/place.h"

struct sheets {
    struct place *place;
    struct workbook *workbook;
    struct buffer said; /* of the last import: "! " before refusals, "? " warnings, ". " notes */
    struct import_outcome outcome;
    struct fault fault;
    struct import_plan plan; /* for the next import; sheet and path are set by it */
};

/* Makes and opens a workbook with that set; today is 2026-11-21. */
struct sheets *sheets_new(enum seed_set set);
void sheets_free(struct sheets *sheets);

/* Setup and teardown of a test with an empty workbook. */
int sheets_setup(void **state);
int sheets_teardown(void **state);

/* Opens another workbook in the same place, closing the one before. */
void sheets_begin_another(struct sheets *sheets, enum seed_set set);

/* Imports TEXT as the file in.csv and returns "N new, N changed, N unchanged, N rejected", or the
 * fault's text. Valid until the next call. */
const char *sheets_import(struct sheets *sheets, const char *sheet, const char *text);
const char *sheets_import_bytes(struct sheets *sheets, const char *sheet, const void *bytes,
                                size_t len_bytes);

/* Imports a file by its path, named after the sheet's plan. */
const char *sheets_import_path(struct sheets *sheets, const char *sheet, const char *path);

/* Returns the sheet as it is exported, until the place is gone. */
const char *sheets_export(struct sheets *sheets, const char *sheet);

/* Returns the number of batches in the history. */
int sheets_count_batches(struct sheets *sheets);

/* Returns the first column of the first row that the SQL gives; "" where there is none. Valid until
 * the place is gone. */
const char *sheets_ask(struct sheets *sheets, const char *sql);

#endif
