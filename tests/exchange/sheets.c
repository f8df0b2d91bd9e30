/* Owns the workbook of a test and what is said to it. */
#include "exchange/sheets.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/export.h"
#include "clause5/store/query.h"

static void say(void *context, enum import_message kind, const char *text) {
    static const char *const marks[] = {
        [IMPORT_WARNING] = "? ", [IMPORT_REFUSAL] = "! ", [IMPORT_NOTE] = ". "};
    struct sheets *sheets = context;
    const char *in_place = strstr(text, "in.csv");
    buffer_addf(&sheets->said, "%s%s\n", marks[kind], in_place == NULL ? text : in_place);
}

void sheets_begin_another(struct sheets *sheets, enum seed_set set) {
    static int number;
    struct buffer name = {0};
    struct clock clock;
    workbook_close(sheets->workbook);
    buffer_addf(&name, "firm%d.c5", ++number);
    const char *path = place_path(sheets->place, buffer_text(&name));
    buffer_free(&name);
    struct seed_plan plan = {
        .set = set, .organisation = "Firm", .leader = "Ada Chief", .security = "Sam Safe"};
    assert_true(clock_read(&clock, &sheets->fault));
    if (!seed_create(path, &plan, &clock, &sheets->fault)) {
        fail_msg("%s", fault_text(&sheets->fault));
    }
    sheets->workbook = workbook_open(path, WORKBOOK_WRITE, &clock, &sheets->fault);
    assert_non_null(sheets->workbook);
}

struct sheets *sheets_new(enum seed_set set) {
    struct sheets *sheets = memory_zero(1, sizeof *sheets);
    sheets->place = place_new();
    sheets_begin_another(sheets, set);
    return sheets;
}

void sheets_free(struct sheets *sheets) {
    workbook_close(sheets->workbook);
    place_free(sheets->place);
    buffer_free(&sheets->said);
    fault_clear(&sheets->fault);
    free(sheets);
}

int sheets_setup(void **state) {
    *state = sheets_new(SEED_EMPTY);
    return 0;
}

int sheets_teardown(void **state) {
    sheets_free(*state);
    return 0;
}

const char *sheets_import_path(struct sheets *sheets, const char *sheet, const char *path) {
    buffer_clear(&sheets->said);
    fault_clear(&sheets->fault);
    sheets->plan.sheet = sheet;
    sheets->plan.path = path;
    sheets->plan.say = say;
    sheets->plan.context = sheets;
    bool is_all = strcmp(sheet, "all") == 0;
    bool is_done =
        is_all ? import_folder(sheets->workbook, &sheets->plan, &sheets->outcome, &sheets->fault)
               : import_file(sheets->workbook, &sheets->plan, &sheets->outcome, &sheets->fault);
    if (!is_done) {
        const char *text = fault_text(&sheets->fault);
        const char *in_place = strstr(text, "in.csv");
        return in_place == NULL ? text : in_place;
    }
    struct buffer counts = {0};
    const struct import_counts *total = &sheets->outcome.total;
    buffer_addf(&counts, "%lld new, %lld changed, %lld unchanged, %lld rejected",
                (long long)total->added, (long long)total->changed, (long long)total->unchanged,
                (long long)total->rejected);
    const char *text = place_write(sheets->place, "counts", buffer_text(&counts));
    assert_non_null(text);
    buffer_free(&counts);
    return place_read(sheets->place, "counts", NULL);
}

const char *sheets_import_bytes(struct sheets *sheets, const char *sheet, const void *bytes,
                                size_t len_bytes) {
    return sheets_import_path(sheets, sheet,
                              place_write_bytes(sheets->place, "in.csv", bytes, len_bytes));
}

const char *sheets_import(struct sheets *sheets, const char *sheet, const char *text) {
    return sheets_import_bytes(sheets, sheet, text, strlen(text));
}

const char *sheets_export(struct sheets *sheets, const char *sheet) {
    struct export_plan plan = {.sheet = sheet, .path = place_path(sheets->place, "out.csv")};
    if (!export_sheet(sheets->workbook, &plan, &sheets->fault)) {
        fail_msg("%s", fault_text(&sheets->fault));
    }
    return place_read(sheets->place, "out.csv", NULL);
}

const char *sheets_ask(struct sheets *sheets, const char *sql) {
    struct query *query = query_open(sheets->workbook, sql, &sheets->fault);
    if (query == NULL) {
        fail_msg("%s", fault_text(&sheets->fault));
    }
    struct buffer answer = {0};
    if (query_step(query, &sheets->fault) == 1) {
        buffer_add(&answer, query_text(query, 0));
    }
    query_close(query);
    place_write(sheets->place, "answer", buffer_text(&answer));
    buffer_free(&answer);
    return place_read(sheets->place, "answer", NULL);
}

int sheets_count_batches(struct sheets *sheets) {
    return atoi(sheets_ask(sheets, "SELECT count(*) FROM c5_batch"));
}
