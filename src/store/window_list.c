/* Owns the kept rows of filtered and sorted windows. Must not know who reads them.
 *
 * They lie in a database of their own without a name, which SQLite keeps in memory while it is
 * small and in an unlinked file afterwards. It is no TEMP table of the workbook, because that would
 * be part of whatever transaction the workbook is in and fall with it. Rows go in already sorted,
 * one by one, so that the work can stop after any row and what is found can be read meanwhile; a
 * sort in one statement could do neither. */
#include "store/window_list.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "store/database.h"

enum {
    ROWS_BETWEEN_LOOKS = 32,
    SORT_BYTES_MOST = 96, /* of a text; equal beginnings stay in the order of the source */
};

static bool list_fault(const struct list *list, struct fault *fault) {
    return fault_set(fault, FAULT_FAILED,
                     "Cannot keep the sorted list: %s; make room where temporary files lie",
                     sqlite3_errmsg(list->connection));
}

static bool open_connection(struct list *list) {
    static const char settings[] = "PRAGMA cache_size = -1024;"
                                   "PRAGMA journal_mode = OFF;"
                                   "PRAGMA synchronous = OFF;"
                                   "PRAGMA locking_mode = EXCLUSIVE;";
    static const char table[] = "CREATE TABLE list (is_empty, sort_key, number, id,"
                                " PRIMARY KEY (is_empty, sort_key %s, number)) WITHOUT ROWID;"
                                "BEGIN;";
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2("", &list->connection, flags, NULL) != SQLITE_OK) {
        return false;
    }
    struct buffer sql = {0};
    buffer_add(&sql, settings);
    buffer_addf(&sql, table, list->plan.is_descending ? "DESC" : "ASC");
    bool is_good =
        sqlite3_exec(list->connection, buffer_text(&sql), NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_prepare_v3(list->connection,
                           "INSERT INTO list (is_empty, sort_key, number, id)"
                           " VALUES (?1, ?2, ?3, ?4)",
                           -1, SQLITE_PREPARE_PERSISTENT, &list->insert, NULL) == SQLITE_OK;
    buffer_free(&sql);
    return is_good;
}

struct list *window_list_new(const struct list_plan *plan, struct fault *fault) {
    struct list *list = memory_zero(1, sizeof *list);
    list->plan = *plan;
    if (!open_connection(list)) {
        list_fault(list, fault);
        window_list_free(list);
        return NULL;
    }
    list->order = (struct order){
        .workbook = plan->workbook,
        .connection = list->connection,
        .table = memory_copy_text("list"),
        .columns = memory_copy_text("is_empty, sort_key, number, id"),
        .parts = {{.column = "is_empty", .at = 0},
                  {.column = "sort_key", .at = 1, .is_descending = plan->is_descending},
                  {.column = "number", .at = 2}},
        .part_count = LIST_PARTS,
    };
    return list;
}

void window_list_free(struct list *list) {
    if (list == NULL) {
        return;
    }
    window_order_free(&list->order);
    sqlite3_finalize(list->insert);
    sqlite3_finalize(list->seek);
    sqlite3_close(list->connection);
    window_place_free(&list->reached);
    window_name_free(&list->name);
    buffer_free(&list->scratch);
    free(list);
}

static void fold_into(struct list *list, const char *text, size_t len_bytes) {
    buffer_clear(&list->scratch);
    size_t len = len_bytes < SORT_BYTES_MOST ? len_bytes : SORT_BYTES_MOST;
    while (len > 0 && len < len_bytes && ((unsigned char)text[len] & 0xC0) == 0x80) {
        len--;
    }
    window_filter_fold(&list->scratch, text, len);
}

/* Choices are sorted as they are listed, which is how work goes on: draft before approved. */
static int choice_rank(const struct field *field, const char *value) {
    int rank = 0;
    while (field->choices[rank].value != NULL && strcmp(field->choices[rank].value, value) != 0) {
        rank++;
    }
    return rank;
}

static struct value name_key(struct list *list, const struct field *field, int64_t id) {
    struct fault fault = {0};
    struct buffer shown = {0};
    if (window_name_load(list->plan.workbook, field, id, &list->name, &fault) == LOOKUP_FOUND) {
        window_name_print(&list->name, &shown);
    }
    fold_into(list, buffer_text(&shown), shown.len_bytes);
    buffer_free(&shown);
    fault_clear(&fault);
    return value_of_bytes(buffer_text(&list->scratch), list->scratch.len_bytes);
}

static struct value column_key(struct list *list, const struct field *field,
                               sqlite3_stmt *statement, int column) {
    if (field->type == FIELD_REFERENCE || field->type == FIELD_PARTY) {
        return name_key(list, field, sqlite3_column_int64(statement, column));
    }
    if (sqlite3_column_type(statement, column) != SQLITE_TEXT) {
        return database_column(statement, column);
    }
    const char *text = database_text(statement, column);
    if (text == NULL) { /* memory is out: the next step says so */
        return (struct value){0};
    }
    if (field->type == FIELD_CHOICE) {
        return value_of_whole(choice_rank(field, text));
    }
    fold_into(list, text, (size_t)sqlite3_column_bytes(statement, column));
    return value_of_bytes(buffer_text(&list->scratch), list->scratch.len_bytes);
}

void window_list_sort_key(struct list *list, sqlite3_stmt *statement, struct place *place) {
    value_free(&place->parts[1]);
    if (list->plan.sort_field >= 0) {
        const struct field *field =
            &register_describe(list->plan.register_id)->fields[list->plan.sort_field];
        int column = list->plan.sort_field + 1;
        if (sqlite3_column_type(statement, column) != SQLITE_NULL) {
            place->parts[1] = column_key(list, field, statement, column);
        }
    }
    bool is_empty = place->parts[1].kind == VALUE_EMPTY;
    place->parts[0] = value_of_whole(is_empty);
    if (is_empty) {
        place->parts[1] = value_of_whole(0);
    }
}

static bool row_passes(const struct list *list, sqlite3_stmt *row) {
    return list->plan.filter == NULL || window_filter_passes(list->plan.filter, row);
}

static bool keep_row(struct list *list, sqlite3_stmt *row, struct fault *fault) {
    struct place place = {0};
    window_list_sort_key(list, row, &place);
    place.parts[2] = value_of_whole(list->found);
    for (int i = 0; i < LIST_PARTS; i++) {
        database_bind(list->insert, i + 1, &place.parts[i]);
    }
    sqlite3_bind_int64(list->insert, LIST_ID_COLUMN + 1, sqlite3_column_int64(row, 0));
    int result = sqlite3_step(list->insert);
    sqlite3_reset(list->insert);
    window_place_free(&place);
    list->found++;
    return result == SQLITE_DONE || list_fault(list, fault);
}

/* Returns the first row of the same sort key whose number is NUMBER or more: 1 with its number and
 * id, 0 none, -1 with the fault. */
static int seek_number(struct list *list, const struct place *place, int64_t *number, int64_t *id,
                       struct fault *fault) {
    if (list->seek == NULL &&
        sqlite3_prepare_v3(list->connection,
                           "SELECT number, id FROM list"
                           " WHERE is_empty = ?1 AND sort_key = ?2 AND number >= ?3"
                           " ORDER BY number LIMIT 1",
                           -1, SQLITE_PREPARE_PERSISTENT, &list->seek, NULL) != SQLITE_OK) {
        list_fault(list, fault);
        return -1;
    }
    database_bind(list->seek, 1, &place->parts[0]);
    database_bind(list->seek, 2, &place->parts[1]);
    sqlite3_bind_int64(list->seek, 3, *number);
    int result = sqlite3_step(list->seek);
    if (result == SQLITE_ROW) {
        *number = sqlite3_column_int64(list->seek, 0);
        *id = sqlite3_column_int64(list->seek, 1);
    } else if (result != SQLITE_DONE) {
        list_fault(list, fault);
    }
    sqlite3_reset(list->seek);
    if (result == SQLITE_ROW) {
        return 1;
    }
    return result == SQLITE_DONE ? 0 : -1;
}

/* True where the row of that id lies before a place in the source. A row that is gone says nothing:
 * false with *IS_GONE. */
static bool lies_before(const struct list *list, sqlite3_stmt *fetch, int64_t id,
                        const struct place *source, bool *is_gone) {
    sqlite3_bind_int64(fetch, 1, id);
    *is_gone = sqlite3_step(fetch) != SQLITE_ROW;
    bool answer = false;
    if (!*is_gone) {
        struct place here = window_order_place(list->plan.source, fetch);
        answer = window_place_compare(list->plan.source, &here, source) < 0;
        window_place_free(&here);
    }
    sqlite3_reset(fetch);
    return answer;
}

/* One look at a row of a sort key, on the way to where SOURCE belongs among them. */
struct probe {
    sqlite3_stmt *fetch;
    const struct place *source;
    const struct place *place; /* its first two parts: the sort key */
    int64_t number;            /* look from here on; becomes the row's number */
    bool is_before;            /* the row lies before SOURCE */
};

/* Finds the first row that is not gone: 1, 0 none, -1 with the fault. */
static int probe_row(struct list *list, struct probe *probe, struct fault *fault) {
    bool is_gone = true;
    int64_t id = 0;
    int found = 0;
    while ((found = seek_number(list, probe->place, &probe->number, &id, fault)) == 1) {
        probe->is_before = lies_before(list, probe->fetch, id, probe->source, &is_gone);
        if (!is_gone) {
            break;
        }
        probe->number++;
    }
    return found;
}

bool window_list_locate(struct list *list, sqlite3_stmt *fetch, const struct place *source,
                        struct place *place, struct fault *fault) {
    int64_t low = 0;
    int64_t high = list->found;
    int64_t number = high;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        struct probe probe = {.fetch = fetch, .source = source, .place = place, .number = middle};
        int found = probe_row(list, &probe, fault);
        if (found < 0) {
            return false;
        }
        if (found == 1 && probe.is_before) {
            low = probe.number + 1;
        } else {
            high = middle;
            number = found == 1 ? probe.number : middle;
        }
    }
    value_free(&place->parts[2]);
    place->parts[2] = value_of_whole(number);
    return true;
}

bool window_list_work(struct list *list, int64_t deadline_ms, struct fault *fault) {
    struct order *source = list->plan.source;
    const struct place *from = list->looked_at == 0 ? NULL : &list->reached;
    struct walk walk = window_walk_from(source, from, false, false);
    int result = 0;
    bool is_good = true;
    bool is_over = false;
    while (is_good && !is_over && (result = window_walk_step(&walk, fault)) == 1) {
        is_good = !row_passes(list, walk.statement) || keep_row(list, walk.statement, fault);
        list->looked_at++;
        is_over = list->looked_at % ROWS_BETWEEN_LOOKS == 0 && clock_monotonic_ms() >= deadline_ms;
    }
    if (result == 1) {
        struct place reached = window_order_place(source, walk.statement);
        window_walk_stop(&walk);
        window_place_free(&list->reached);
        list->reached = reached;
    }
    window_walk_stop(&walk);
    list->is_complete = result == 0;
    return is_good && result >= 0;
}
