/* Owns the past as TEMP views; knows nothing of who looks.
 *
 * Every register that a later batch touched gets a TEMP view of its name, which hides the table of
 * the file. It shows the rows of the file that no later batch touched, and those of the TEMP table
 * c5_past_REGISTER: the touched ones, rolled back batch by batch from the newest. Rows inserted
 * later are hidden by their ranges in c5_gone, so that a million of them cost one entry. Registers
 * that nothing touched are read from the file as always. Back in the present the views go and the
 * tables are emptied: SQLite drops no table while any statement reads, as the standing one does. */
#include "clause5/store/look.h"

#include <string.h>

#include "clause5/register/type.h"
#include "clause5/store/history.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/image.h"
#include "store/row.h"
#include "store/state.h"

/* The change that is rolled back. */
struct rollback {
    struct workbook *workbook;
    enum register_id register_id;
    int64_t first_id, last_id;
    bool is_touched[REGISTER_COUNT];
};

/* The newest batch that counts, and the first of all. */
struct wanted {
    date_days day;
    date_days first_day;
    int64_t batch; /* 0: none yet */
};

static bool find_batch(void *context, const struct history_batch *batch) {
    struct wanted *wanted = context;
    date_days day;
    if (!history_batch_day(batch, &day)) {
        return true;
    }
    wanted->first_day = day;
    if (day <= wanted->day) {
        wanted->batch = batch->number;
    }
    return wanted->batch == 0;
}

static bool find_wanted(struct workbook *workbook, date_days day, int64_t *batch,
                        struct fault *fault) {
    struct wanted wanted = {.day = day};
    const struct history_visitor visitor = {.visit = find_batch, .context = &wanted};
    char asked[DATE_TEXT_SIZE];
    char first[DATE_TEXT_SIZE];
    if (!history_visit(workbook, 0, &visitor, fault)) {
        return false;
    }
    *batch = wanted.batch;
    if (wanted.batch != 0) {
        return true;
    }
    date_print(day, asked);
    date_print(wanted.first_day, first);
    return fault_set(fault, FAULT_REFUSED,
                     "%s: there is nothing to see as of %s: the workbook was made on %s",
                     workbook->path, asked, first);
}

static void add_past_table(struct buffer *sql, enum register_id register_id) {
    const struct register_description *described = register_describe(register_id);
    buffer_addf(sql, "CREATE TEMP TABLE IF NOT EXISTS \"c5_past_%s\" (\"id\" INTEGER PRIMARY KEY",
                described->name);
    for (int i = 0; i < described->field_count; i++) {
        buffer_addf(sql, ", \"%s\" %s", described->fields[i].name,
                    field_type_sql(described->fields[i].type));
    }
    buffer_add(sql, ") STRICT");
}

/* Marks the register as touched, with an empty table for its past rows. */
static bool touch(struct rollback *rollback, struct fault *fault) {
    struct buffer sql = {0};
    if (rollback->is_touched[rollback->register_id]) {
        return true;
    }
    add_past_table(&sql, rollback->register_id);
    bool good = database_run(rollback->workbook, buffer_text(&sql), fault);
    rollback->is_touched[rollback->register_id] = good;
    buffer_free(&sql);
    return good;
}

static sqlite3_stmt *prepare_for(struct rollback *rollback, struct buffer *sql,
                                 struct fault *fault) {
    sqlite3_stmt *statement = database_statement(rollback->workbook, buffer_text(sql), fault);
    buffer_free(sql);
    if (statement != NULL) {
        sqlite3_bind_int64(statement, 1, rollback->first_id);
    }
    return statement;
}

/* Takes inserted rows away: those of the file by their range, those rolled back themselves. */
static bool roll_back_inserted(struct rollback *rollback, struct fault *fault) {
    struct buffer sql = {0};
    buffer_addf(&sql, "DELETE FROM temp.\"c5_past_%s\" WHERE \"id\" BETWEEN ?1 AND ?2",
                register_describe(rollback->register_id)->name);
    sqlite3_stmt *statement = prepare_for(rollback, &sql, fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 2, rollback->last_id);
    if (!database_finish(rollback->workbook, statement, fault, "look back")) {
        return false;
    }
    statement = database_statement(
        rollback->workbook,
        "INSERT INTO temp.c5_gone (register, first_id, last_id) VALUES (?3, ?1, ?2)\n"
        "    ON CONFLICT (register, first_id) DO UPDATE SET last_id = max(last_id, ?2)",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, rollback->first_id);
    sqlite3_bind_int64(statement, 2, rollback->last_id);
    sqlite3_bind_int(statement, 3, (int)rollback->register_id);
    return database_finish(rollback->workbook, statement, fault, "look back");
}

/* Reads the row as it stands so far: rolled back already, or as the file has it. */
static bool load_row(struct rollback *rollback, struct value *values, struct fault *fault) {
    struct buffer sql = {0};
    buffer_add(&sql, "SELECT ");
    row_add_columns(&sql, rollback->register_id);
    buffer_addf(&sql, " FROM temp.\"c5_past_%s\" WHERE \"id\" = ?1",
                register_describe(rollback->register_id)->name);
    sqlite3_stmt *statement = prepare_for(rollback, &sql, fault);
    int result = statement == NULL ? SQLITE_ERROR : sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        row_take(statement, 0, rollback->register_id, values);
    } else if (statement != NULL && result != SQLITE_DONE) {
        database_fault(rollback->workbook, fault, "look back");
    }
    sqlite3_reset(statement);
    if (result != SQLITE_DONE) {
        return result == SQLITE_ROW;
    }
    enum lookup lookup =
        row_read(rollback->workbook, rollback->register_id, rollback->first_id, values, fault);
    return lookup == LOOKUP_FOUND ||
           (lookup == LOOKUP_NONE &&
            fault_set(fault, FAULT_FAILED,
                      "%s: a record of %s that its history knows is gone: clause5 verify says more",
                      rollback->workbook->path, register_describe(rollback->register_id)->name));
}

static bool keep_row(struct rollback *rollback, const struct value *values, struct fault *fault) {
    const struct register_description *described = register_describe(rollback->register_id);
    struct buffer sql = {0};
    buffer_addf(&sql, "INSERT OR REPLACE INTO temp.\"c5_past_%s\" (\"id\", ", described->name);
    row_add_columns(&sql, rollback->register_id);
    buffer_add(&sql, ") VALUES (?1");
    for (int i = 0; i < described->field_count; i++) {
        buffer_addf(&sql, ", ?%d", i + 2);
    }
    buffer_add(&sql, ")");
    sqlite3_stmt *statement = prepare_for(rollback, &sql, fault);
    if (statement == NULL) {
        return false;
    }
    for (int i = 0; i < described->field_count; i++) {
        database_bind(statement, i + 2, &values[i]);
    }
    return database_finish(rollback->workbook, statement, fault, "look back");
}

/* Puts the values before back, over the row as it stands or, where it was deleted, over nothing. */
static bool roll_back_row(struct rollback *rollback, sqlite3_stmt *change, bool was_deleted,
                          struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    field_set set;
    bool good = (was_deleted || load_row(rollback, values, fault)) &&
                image_read(rollback->register_id, sqlite3_column_blob(change, 4),
                           (size_t)sqlite3_column_bytes(change, 4), values, &set, fault) &&
                keep_row(rollback, values, fault);
    values_free(values, REGISTER_FIELDS_MOST);
    return good;
}

static bool roll_back_change(struct rollback *rollback, sqlite3_stmt *change, struct fault *fault) {
    enum touch touched;
    const char *name = database_text(change, 0);
    rollback->register_id = name == NULL ? REGISTER_NONE : register_find(name);
    rollback->first_id = sqlite3_column_int64(change, 1);
    rollback->last_id = sqlite3_column_int64(change, 2);
    if (rollback->register_id == REGISTER_NONE ||
        !chain_find_touch(database_text(change, 3), &touched)) {
        return fault_set(fault, FAULT_FAILED, "%s: its history cannot be read: restore a backup",
                         rollback->workbook->path);
    }
    if (!touch(rollback, fault)) {
        return false;
    }
    return touched == TOUCH_INSERTED
               ? roll_back_inserted(rollback, fault)
               : roll_back_row(rollback, change, touched == TOUCH_DELETED, fault);
}

/* Rolls everything back that came after BATCH. */
static bool roll_back(struct rollback *rollback, int64_t batch, struct fault *fault) {
    int result = SQLITE_ERROR;
    bool good = true;
    sqlite3_stmt *statement = database_prepare(rollback->workbook,
                                               "SELECT register, first_id, last_id, touch, before\n"
                                               "  FROM main.c5_change WHERE batch > ?1\n"
                                               " ORDER BY batch DESC, register, first_id",
                                               fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, batch);
    while (good && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        good = roll_back_change(rollback, statement, fault);
    }
    if (good && result != SQLITE_DONE) {
        good = database_fault(rollback->workbook, fault, "read its history");
    }
    sqlite3_finalize(statement);
    return good;
}

/* Makes ranges that overlap one, so that a row needs to look at one range alone: ids that an undo
 * brought back were inserted twice. A range that begins within another ends no later than the
 * widened one. */
static bool join_ranges(struct workbook *workbook, struct fault *fault) {
    return database_run(workbook,
                        "INSERT INTO temp.c5_hidden (register, first_id, last_id)\n"
                        "SELECT register, min(first_id), max(last_id)\n"
                        "  FROM (SELECT register, first_id, last_id,\n"
                        "               sum(is_start) OVER (PARTITION BY register\n"
                        "                                   ORDER BY first_id) AS island\n"
                        "          FROM (SELECT register, first_id, last_id,\n"
                        "                       first_id > coalesce(max(last_id) OVER (\n"
                        "                           PARTITION BY register ORDER BY first_id\n"
                        "                           ROWS BETWEEN UNBOUNDED PRECEDING\n"
                        "                                AND 1 PRECEDING), -1) AS is_start\n"
                        "                  FROM temp.c5_gone))\n"
                        " GROUP BY register, island;\n"
                        "DELETE FROM temp.c5_gone",
                        fault);
}

/* Hides the table of the file behind a view of the past. */
static bool make_view(struct workbook *workbook, enum register_id register_id,
                      struct fault *fault) {
    const char *name = register_describe(register_id)->name;
    struct buffer sql = {0};
    buffer_addf(&sql, "CREATE TEMP VIEW \"%s\" AS SELECT \"id\", ", name);
    row_add_columns(&sql, register_id);
    buffer_addf(
        &sql,
        " FROM main.\"%s\" AS r\n"
        " WHERE NOT EXISTS (SELECT 1 FROM temp.\"c5_past_%s\" AS p WHERE p.\"id\" = r.\"id\")\n"
        "   AND coalesce((SELECT h.last_id FROM temp.c5_hidden AS h\n"
        "                  WHERE h.register = %d AND h.first_id <= r.\"id\"\n"
        "                  ORDER BY h.first_id DESC LIMIT 1), -1) < r.\"id\"\n"
        " UNION ALL SELECT \"id\", ",
        name, name, (int)register_id);
    row_add_columns(&sql, register_id);
    buffer_addf(&sql, " FROM temp.\"c5_past_%s\"", name);
    bool good = database_run(workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    return good;
}

static bool make_views(struct rollback *rollback, struct fault *fault) {
    bool good = true;
    for (int id = 0; id < REGISTER_COUNT && good; id++) {
        good =
            !rollback->is_touched[id] || make_view(rollback->workbook, (enum register_id)id, fault);
    }
    return good;
}

static bool build(struct workbook *workbook, int64_t batch, struct fault *fault) {
    struct rollback rollback = {.workbook = workbook};
    bool good = database_run(workbook,
                             "CREATE TEMP TABLE IF NOT EXISTS c5_gone (\n"
                             "  register INTEGER NOT NULL, first_id INTEGER NOT NULL,\n"
                             "  last_id INTEGER NOT NULL, PRIMARY KEY (register, first_id)\n"
                             ") STRICT, WITHOUT ROWID;\n"
                             "CREATE TEMP TABLE IF NOT EXISTS c5_hidden (\n"
                             "  register INTEGER NOT NULL, first_id INTEGER NOT NULL,\n"
                             "  last_id INTEGER NOT NULL, PRIMARY KEY (register, first_id)\n"
                             ") STRICT, WITHOUT ROWID",
                             fault) &&
                roll_back(&rollback, batch, fault) && join_ranges(workbook, fault) &&
                make_views(&rollback, fault);
    if (good) {
        memcpy(workbook->past.is_touched, rollback.is_touched, sizeof rollback.is_touched);
    }
    return good;
}

/* A writer's standing read keeps the file as it is; a reader holds its transaction on. */
static bool end_building(struct workbook *workbook, bool good, struct fault *fault) {
    if (good && workbook->mode == WORKBOOK_WRITE) {
        good = database_run(workbook, "COMMIT", fault);
    }
    if (!good) {
        /* Nothing but TEMP tables was written, which go with it. */
        database_roll_back(workbook);
    }
    return good;
}

bool look_at_day(struct workbook *workbook, date_days day, struct fault *fault) {
    int64_t batch = 0;
    if (workbook->batch.is_open) {
        return fault_set(fault, FAULT_FAILED, "\"%s\" is not finished yet", workbook->batch.label);
    }
    if (!look_at_present(workbook, fault) || !database_begin(workbook, "BEGIN", fault)) {
        return false;
    }
    bool good = find_wanted(workbook, day, &batch, fault) && build(workbook, batch, fault);
    if (!end_building(workbook, good, fault)) {
        return false;
    }
    workbook->past.is_shown = true;
    workbook->past.batch = batch;
    workbook->past.present = workbook->clock;
    workbook->clock.today = day;
    workbook->revision++;
    return true;
}

bool look_at_present(struct workbook *workbook, struct fault *fault) {
    struct past *past = &workbook->past;
    struct buffer sql = {0};
    if (!past->is_shown) {
        return true;
    }
    if (workbook->mode == WORKBOOK_READ && !database_run(workbook, "COMMIT", fault)) {
        return false;
    }
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const char *name = register_describe((enum register_id)id)->name;
        if (past->is_touched[id]) {
            buffer_addf(&sql, "DROP VIEW temp.\"%s\"; DELETE FROM temp.\"c5_past_%s\";", name,
                        name);
        }
    }
    buffer_add(&sql, "DELETE FROM temp.c5_gone; DELETE FROM temp.c5_hidden");
    database_drop_statements(workbook);
    bool good = database_run(workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    if (good) {
        workbook->clock = past->present;
        *past = (struct past){0};
        workbook->revision++;
    }
    return good;
}

bool look_is_back(const struct workbook *workbook) {
    return workbook->past.is_shown;
}
