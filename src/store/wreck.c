/* Owns the reading of rows past damage; knows nothing of how the file was made readable. */
#include "clause5/store/wreck.h"

#include <stdio.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/base/whole_set.h"
#include "store/database.h"
#include "store/row.h"
#include "store/wreck_inside.h"

enum {
    LOST_NAMED_MOST = 200,
    ROW_BYTES_LEAST = 64, /* a file has no more rows than would fit, whatever its history says */
};

/* The reading of one register. */
struct reading {
    struct wreck *wreck;
    enum register_id register_id;
    const struct wreck_visitor *visitor;
    sqlite3_stmt *from; /* rows from an id on */
    sqlite3_stmt *one;  /* the row of an id */
    struct whole_set read;
    struct whole_set asked; /* ids that were looked for one by one */
    int64_t rows;
    int64_t lost;
    int64_t gaps; /* places where the table could not be read on */
    bool is_stopped;
};

static sqlite3_stmt *prepare(const struct wreck *wreck, const char *sql) {
    sqlite3_stmt *statement = NULL;
    /* What cannot be prepared, such as an index that is gone, is only not asked. */
    return sqlite3_prepare_v2(wreck->database, sql, -1, &statement, NULL) == SQLITE_OK ? statement
                                                                                       : NULL;
}

static sqlite3_stmt *prepare_rows(const struct reading *reading, const char *condition) {
    struct buffer sql = {0};
    buffer_add(&sql, "SELECT id, ");
    row_add_columns(&sql, reading->register_id);
    buffer_addf(&sql, " FROM main.\"%s\" NOT INDEXED WHERE %s",
                register_describe(reading->register_id)->name, condition);
    sqlite3_stmt *statement = prepare(reading->wreck, sql.bytes);
    buffer_free(&sql);
    return statement;
}

/* Gives the row that STATEMENT stands on to the visitor, once. */
static void take_row(struct reading *reading, sqlite3_stmt *statement) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    int64_t id = sqlite3_column_int64(statement, 0);
    if (!whole_set_add(&reading->read, id)) {
        return;
    }
    reading->rows++;
    row_take(statement, 1, reading->register_id, values);
    reading->is_stopped = !reading->visitor->row(reading->visitor->context, id, values);
    values_free(values, register_describe(reading->register_id)->field_count);
}

/* True where reading can begin at that id: at a row, or behind the last one. */
static bool can_begin(struct reading *reading, int64_t id) {
    sqlite3_reset(reading->from);
    sqlite3_bind_int64(reading->from, 1, id);
    int result = sqlite3_step(reading->from);
    sqlite3_reset(reading->from);
    return result == SQLITE_ROW || result == SQLITE_DONE;
}

/* Returns an id behind BAD, at which reading stopped, from which it can go on: the next one behind
 * the damaged page, found by doubling the step and then halving it. INT64_MAX where there is none.
 * Where STEP is not 1, beginning gave nothing the last times, and the doubling is all there is. */
static int64_t find_beginning(struct reading *reading, int64_t bad, int64_t step) {
    const bool is_exact = step == 1;
    int64_t good = bad;
    while (good < INT64_MAX) {
        good = bad > INT64_MAX - step ? INT64_MAX : bad + step;
        if (good < INT64_MAX && can_begin(reading, good)) {
            break;
        }
        bad = good == INT64_MAX ? bad : good;
        step = step > INT64_MAX / 2 ? INT64_MAX : step * 2;
    }
    while (is_exact && good < INT64_MAX && good - bad > 1) {
        int64_t middle = bad + (good - bad) / 2;
        if (can_begin(reading, middle)) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    return good;
}

/* Reads along the table from an id on. Returns the id at which it could not go on, INT64_MAX at
 * the end; always a higher one than FROM, as ids on a damaged page may stand in any order. */
static int64_t read_on(struct reading *reading, int64_t from) {
    int result = SQLITE_DONE;
    int64_t last = from;
    sqlite3_reset(reading->from);
    sqlite3_bind_int64(reading->from, 1, from);
    while (!reading->is_stopped && (result = sqlite3_step(reading->from)) == SQLITE_ROW) {
        const int64_t id = sqlite3_column_int64(reading->from, 0);
        last = id > last ? id : last;
        take_row(reading, reading->from);
    }
    sqlite3_reset(reading->from);
    return reading->is_stopped || result == SQLITE_DONE || last == INT64_MAX ? INT64_MAX : last + 1;
}

static void read_along(struct reading *reading) {
    int64_t at = read_on(reading, 1);
    int64_t step = 1;
    while (at < INT64_MAX && !reading->is_stopped) {
        const int64_t rows = reading->rows;
        reading->gaps++;
        at = find_beginning(reading, at, step);
        at = at == INT64_MAX ? at : read_on(reading, at);
        if (reading->rows > rows) {
            step = 1;
        } else {
            step = step > INT64_MAX / 2 ? INT64_MAX : step * 2;
        }
    }
}

/* Tells a row that is lost, with the key that its index still holds; after so many that walking the
 * index for each takes too long, without. */
static void tell_lost(struct reading *reading, int64_t id) {
    const struct register_description *described = register_describe(reading->register_id);
    struct buffer sql = {0};
    const char *key = NULL;
    buffer_addf(&sql, "SELECT \"%s\" FROM main.\"%s\" INDEXED BY \"key_of_%s\" WHERE +id = ?1",
                described->fields[described->key_count > 0 ? described->key[0] : 0].name,
                described->name, described->name);
    sqlite3_stmt *statement =
        reading->lost > LOST_NAMED_MOST ? NULL : prepare(reading->wreck, sql.bytes);
    buffer_free(&sql);
    if (statement != NULL && sqlite3_bind_int64(statement, 1, id) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) == SQLITE_TEXT) {
        key = (const char *)sqlite3_column_text(statement, 0);
    }
    reading->visitor->lost(reading->visitor->context, id, key);
    sqlite3_finalize(statement);
}

/* Looks for one row that something knows of. */
static void ask_for(struct reading *reading, int64_t id) {
    if (whole_set_has(&reading->read, id) || !whole_set_add(&reading->asked, id)) {
        return;
    }
    sqlite3_reset(reading->one);
    sqlite3_bind_int64(reading->one, 1, id);
    int result = sqlite3_step(reading->one);
    if (result == SQLITE_ROW) {
        take_row(reading, reading->one);
    } else {
        reading->lost++;
        tell_lost(reading, id);
    }
    sqlite3_reset(reading->one);
}

/* Asks for the rows that the index of the key still knows, which is another tree of pages. */
static void ask_index(struct reading *reading) {
    const struct register_description *described = register_describe(reading->register_id);
    struct buffer sql = {0};
    if (reading->gaps == 0 || described->key_count == 0 || reading->wreck->has_lost_schema) {
        return; /* the table was read to its end, or the index may be another one */
    }
    buffer_addf(&sql,
                "SELECT id FROM main.\"%s\" INDEXED BY \"key_of_%s\" WHERE \"%s\" IS NOT NULL",
                described->name, described->name, described->fields[described->key[0]].name);
    sqlite3_stmt *statement = prepare(reading->wreck, sql.bytes);
    buffer_free(&sql);
    while (statement != NULL && !reading->is_stopped && sqlite3_step(statement) == SQLITE_ROW) {
        ask_for(reading, sqlite3_column_int64(statement, 0));
    }
    sqlite3_finalize(statement);
}

/* Asks for the rows that the history says were added and not deleted. */
static void ask_history(struct reading *reading) {
    int64_t left = reading->wreck->size_bytes / ROW_BYTES_LEAST;
    sqlite3_stmt *statement = prepare(
        reading->wreck, "SELECT a.first_id, a.last_id FROM main.c5_change AS a NOT INDEXED\n"
                        " WHERE a.register = ?1 AND a.touch = 'inserted'\n"
                        "   AND NOT (a.first_id = a.last_id AND EXISTS (\n"
                        "        SELECT 1 FROM main.c5_change AS d NOT INDEXED\n"
                        "         WHERE d.register = a.register AND d.first_id = a.first_id\n"
                        "           AND d.touch = 'deleted'))");
    sqlite3_stmt *gone =
        prepare(reading->wreck, "SELECT 1 FROM main.c5_change NOT INDEXED\n"
                                " WHERE register = ?1 AND first_id = ?2 AND touch = 'deleted'");
    if (statement == NULL || gone == NULL || reading->gaps == 0) {
        goto out;
    }
    sqlite3_bind_text(statement, 1, register_describe(reading->register_id)->name, -1,
                      SQLITE_STATIC);
    sqlite3_bind_text(gone, 1, register_describe(reading->register_id)->name, -1, SQLITE_STATIC);
    while (!reading->is_stopped && sqlite3_step(statement) == SQLITE_ROW) {
        const int64_t first = sqlite3_column_int64(statement, 0);
        const int64_t last = sqlite3_column_int64(statement, 1);
        if (first < 0 || last < first || last - first >= left) {
            continue; /* this entry is damaged itself */
        }
        left -= last - first + 1;
        for (int64_t id = first; id <= last && !reading->is_stopped; id++) {
            if (whole_set_has(&reading->read, id)) {
                continue;
            }
            sqlite3_bind_int64(gone, 2, id);
            if (sqlite3_step(gone) == SQLITE_DONE) {
                ask_for(reading, id);
            }
            sqlite3_reset(gone);
        }
    }
out:
    sqlite3_finalize(statement);
    sqlite3_finalize(gone);
}

bool wreck_read(struct wreck *wreck, enum register_id register_id,
                const struct wreck_visitor *visitor, struct fault *fault) {
    struct reading reading = {.wreck = wreck, .register_id = register_id, .visitor = visitor};
    reading.from = prepare_rows(&reading, "id >= ?1 ORDER BY id");
    reading.one = prepare_rows(&reading, "id = ?1");
    if (reading.from == NULL || reading.one == NULL) {
        reading.is_stopped = true;
        wreck_fault(wreck, fault);
    } else {
        read_along(&reading);
        ask_index(&reading);
        ask_history(&reading);
    }
    if (!reading.is_stopped && reading.gaps > 0 && reading.lost == 0) {
        visitor->lost(visitor->context, 0, NULL);
    }
    sqlite3_finalize(reading.from);
    sqlite3_finalize(reading.one);
    whole_set_free(&reading.read);
    whole_set_free(&reading.asked);
    return !reading.is_stopped;
}
