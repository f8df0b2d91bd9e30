/* Owns the slow walk over all rows that proves the content; knows nothing of who waits for it. */
#include "clause5/store/idle_check.h"

#include <stdlib.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/store/batch.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/digest.h"
#include "store/row.h"
#include "store/state.h"

enum { ROWS_AT_ONCE = 64 };

struct idle_check {
    struct workbook *workbook;
    enum idle_state state;
    uint64_t revision;    /* of this process's writes when the walk began */
    int64_t data_version; /* of other processes' writes */
    int register_id;
    int64_t last_id; /* the rows up to it are in */
    struct content content;
};

struct idle_check *idle_check_new(struct workbook *workbook) {
    struct idle_check *check = memory_zero(1, sizeof *check);
    check->workbook = workbook;
    check->data_version = -1;
    return check;
}

void idle_check_free(struct idle_check *check) {
    free(check);
}

/* Begins again where something was written since. */
static bool notice_writes(struct idle_check *check, struct fault *fault) {
    int64_t data_version = 0;
    const uint64_t revision = workbook_revision(check->workbook);
    if (!database_read_whole(check->workbook, "PRAGMA main.data_version", &data_version, fault)) {
        return false;
    }
    if (revision != check->revision || data_version != check->data_version) {
        *check = (struct idle_check){
            .workbook = check->workbook, .revision = revision, .data_version = data_version};
    }
    return true;
}

/* Adds the next rows of the register; *COUNT is how many there were. */
static bool add_rows(struct idle_check *check, int *count, struct fault *fault) {
    const enum register_id register_id = (enum register_id)check->register_id;
    const int fields = register_describe(register_id)->field_count;
    struct value values[REGISTER_FIELDS_MOST];
    struct buffer sql = {0};
    int result;
    buffer_add(&sql, "SELECT id, ");
    row_add_columns(&sql, register_id);
    buffer_addf(&sql, " FROM main.\"%s\" WHERE id > ?1 ORDER BY id LIMIT %d",
                register_describe(register_id)->name, ROWS_AT_ONCE);
    sqlite3_stmt *statement = database_statement(check->workbook, sql.bytes, fault);
    buffer_free(&sql);
    *count = 0;
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, check->last_id);
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        row_take(statement, 1, register_id, values);
        check->last_id = sqlite3_column_int64(statement, 0);
        struct digest digest =
            digest_of_row(register_id, check->last_id, values, &check->workbook->scratch);
        content_add(&check->content, &digest);
        values_free(values, fields);
        *count += 1;
    }
    sqlite3_reset(statement);
    return result == SQLITE_DONE || database_fault(check->workbook, fault, "read its rows");
}

static bool compare(struct idle_check *check, struct fault *fault) {
    struct chain_link newest;
    return chain_read_newest(check->workbook, &newest, fault) &&
           (content_equals(&check->content, &newest.content) ||
            fault_set(fault, FAULT_DAMAGED,
                      "%s: the records are not what the history says: they were changed outside "
                      "the program, or the file is damaged",
                      check->workbook->path));
}

static bool go_on(struct idle_check *check, struct fault *fault) {
    int count = 0;
    if (check->register_id == REGISTER_COUNT) {
        check->state = IDLE_SOUND;
        return compare(check, fault);
    }
    if (!add_rows(check, &count, fault)) {
        return false;
    }
    if (count < ROWS_AT_ONCE) {
        check->register_id++;
        check->last_id = INT64_MIN;
    }
    return true;
}

enum idle_state idle_check_step(struct idle_check *check, int budget_ms, struct fault *fault) {
    const int64_t deadline_ms = clock_monotonic_ms() + budget_ms;
    if (batch_is_open(check->workbook)) {
        return IDLE_MORE;
    }
    bool is_good = notice_writes(check, fault);
    while (is_good && check->state == IDLE_MORE) {
        is_good = go_on(check, fault);
        if (clock_monotonic_ms() >= deadline_ms) {
            break;
        }
    }
    if (!is_good && fault->kind == FAULT_LOCKED) {
        fault_clear(fault); /* somebody writes just now: the next step begins again */
        return IDLE_MORE;
    }
    check->state = is_good ? check->state : IDLE_MISFIT;
    return check->state;
}
