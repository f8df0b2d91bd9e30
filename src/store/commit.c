/* Owns how the open batch becomes history: its rows in c5_change, and its link of the chain. Knows
 * nothing of transactions. */
#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/date.h"
#include "store/batching.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/row.h"
#include "store/state.h"
#include "store/touched.h"

/* What the visits of the touched records work on. */
struct commit {
    struct workbook *workbook;
    int64_t number;
    int64_t change_count;
};

static bool write_change(struct commit *commit, const struct touched *touched,
                         const struct digest *after, struct fault *fault) {
    struct workbook *workbook = commit->workbook;
    sqlite3_stmt *statement = database_statement(
        workbook,
        "INSERT INTO main.c5_change (batch, register, first_id, last_id, touch, before, after)\n"
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, commit->number);
    sqlite3_bind_text(statement, 2, register_describe(touched->register_id)->name, -1,
                      SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, touched->first_id);
    sqlite3_bind_int64(statement, 4, touched->last_id);
    sqlite3_bind_text(statement, 5, chain_touch_word(touched->touch), -1, SQLITE_STATIC);
    if (touched->touch != TOUCH_INSERTED) {
        sqlite3_bind_blob64(statement, 6, touched->len_bytes > 0 ? touched->before : "",
                            touched->len_bytes, SQLITE_STATIC);
    }
    if (after != NULL) {
        sqlite3_bind_blob(statement, 7, after->bytes, DIGEST_SIZE, SQLITE_STATIC);
    }
    commit->change_count++;
    return database_finish(workbook, statement, fault, "write its history");
}

/* Writes what differs between the row as it was and as it is; nothing where all is as it was.
 * BEFORE starts as a copy of AFTER and is freed by the caller. */
static bool write_difference(struct commit *commit, const struct touched *touched,
                             struct value *before, const struct value *after, struct fault *fault) {
    const enum register_id register_id = touched->register_id;
    struct buffer image = {0};
    field_set noted;
    if (!image_read(register_id, touched->before, touched->len_bytes, before, &noted, fault)) {
        return false;
    }
    field_set changed = image_compare(register_id, before, after);
    if (changed == 0) {
        return true;
    }
    struct touched trimmed = *touched;
    struct digest digest =
        digest_of_row(register_id, touched->first_id, after, &commit->workbook->scratch);
    image_add_set(&image, register_id, before, changed);
    trimmed.before = image.bytes;
    trimmed.len_bytes = image.len_bytes;
    bool good = write_change(commit, &trimmed, &digest, fault);
    buffer_free(&image);
    return good;
}

static bool write_changed(struct commit *commit, const struct touched *touched,
                          struct fault *fault) {
    const int count = register_describe(touched->register_id)->field_count;
    struct value before[REGISTER_FIELDS_MOST];
    struct value after[REGISTER_FIELDS_MOST];
    enum lookup lookup =
        row_read(commit->workbook, touched->register_id, touched->first_id, after, fault);
    if (lookup != LOOKUP_FOUND) {
        return lookup == LOOKUP_NONE &&
               fault_set(fault, FAULT_FAILED, "a changed record of %s is not there",
                         register_describe(touched->register_id)->name);
    }
    values_copy(before, after, count);
    bool good = write_difference(commit, touched, before, after, fault);
    values_free(before, count);
    values_free(after, count);
    return good;
}

static bool write_touched(void *context, const struct touched *touched, struct fault *fault) {
    struct commit *commit = context;
    return touched->touch == TOUCH_CHANGED ? write_changed(commit, touched, fault)
                                           : write_change(commit, touched, NULL, fault);
}

/* Keeps what the merge did to the other copy, under its hash. */
static bool write_second(struct workbook *workbook, const struct chain_link *link,
                         struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        workbook,
        "INSERT INTO main.c5_merge_change (batch, register, first_id, last_id, touch, before, "
        "after)\n"
        "SELECT ?1, register, first_id, last_id, touch, before, after FROM temp.c5_second",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_blob(statement, 1, link->hash.bytes, DIGEST_SIZE, SQLITE_STATIC);
    return database_finish(workbook, statement, fault, "write its history") &&
           database_run(workbook, "DELETE FROM temp.c5_second", fault);
}

static bool write_link(struct workbook *workbook, const struct chain_link *newest,
                       struct fault *fault) {
    const struct batch *batch = &workbook->batch;
    char time[CLOCK_STAMP_SIZE];
    char set_day[DATE_TEXT_SIZE];
    clock_print_stamp(clock_now_ms(&workbook->clock), time);
    date_print(workbook->clock.today, set_day);
    struct chain_link link = {.number = newest->number + 1,
                              .kind = batch->kind,
                              .undoes = batch->undoes,
                              .time = time,
                              .actor = workbook->actor,
                              .label = batch->label,
                              .clock_set = workbook->clock.is_set ? set_day : NULL,
                              .parent = newest->hash,
                              .has_merged = batch->kind == BATCH_MERGE,
                              .merged = batch->merged,
                              .content = batch->progress.content};
    return chain_hash(workbook, &link, CHAIN_OPEN, &link.hash, fault) &&
           chain_append(workbook, &link, fault) &&
           (!link.has_merged || write_second(workbook, &link, fault));
}

bool commit_write_history(struct workbook *workbook, bool *is_empty, struct fault *fault) {
    struct chain_link newest;
    if (!chain_read_newest(workbook, &newest, fault)) {
        return false;
    }
    struct commit commit = {.workbook = workbook, .number = newest.number + 1};
    const struct touched_visitor visitor = {.visit = write_touched, .context = &commit};
    if (!touched_visit(workbook, &visitor, fault)) {
        return false;
    }
    *is_empty = commit.change_count == 0 && !workbook->batch.keeps_empty;
    return *is_empty || (write_link(workbook, &newest, fault) && touched_clear(workbook, fault));
}
