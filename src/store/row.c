/* Owns the statements that read and write single rows, and the table party beside role and person;
 * knows nothing of batches and history. */
#include "store/row.h"

#include "store/database.h"
#include "store/state.h"

void row_add_columns(struct buffer *sql, enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; i < description->field_count; i++) {
        buffer_addf(sql, "%s\"%s\"", i > 0 ? ", " : "", description->fields[i].name);
    }
}

static void write_insert(struct buffer *sql, enum register_id register_id, int row_count) {
    const struct register_description *description = register_describe(register_id);
    /* What several rows of one statement changed before one fails is kept by OR FAIL, which spares
     * SQLite a copy of every page that it would need for going back. */
    buffer_addf(sql, "INSERT%s INTO main.\"%s\" (\"id\", ", row_count > 1 ? " OR FAIL" : "",
                description->name);
    row_add_columns(sql, register_id);
    for (int row = 0; row < row_count; row++) {
        buffer_add(sql, row == 0 ? ") VALUES (?" : ", (?");
        for (int i = 0; i < description->field_count; i++) {
            buffer_add(sql, ", ?");
        }
        buffer_add(sql, ")");
    }
}

static void write_statement(struct buffer *sql, enum register_id register_id,
                            enum row_statement kind) {
    const char *name = register_describe(register_id)->name;
    switch (kind) {
    case ROW_SELECT:
        buffer_add(sql, "SELECT ");
        row_add_columns(sql, register_id);
        buffer_addf(sql, " FROM \"%s\" WHERE \"id\" = ?1", name);
        break;
    case ROW_INSERT:
        write_insert(sql, register_id, 1);
        break;
    case ROW_INSERT_TOGETHER:
        write_insert(sql, register_id, ROWS_TOGETHER);
        break;
    case ROW_DELETE:
        buffer_addf(sql, "DELETE FROM main.\"%s\" WHERE \"id\" = ?1", name);
        break;
    case ROW_STATEMENTS:
        break;
    }
}

static sqlite3_stmt *row_statement(struct workbook *workbook, enum register_id register_id,
                                   enum row_statement kind, struct fault *fault) {
    sqlite3_stmt **statement = &workbook->rows[register_id][kind];
    if (*statement == NULL) {
        struct buffer sql = {0};
        write_statement(&sql, register_id, kind);
        *statement = database_prepare(workbook, sql.bytes, fault);
        buffer_free(&sql);
    } else {
        sqlite3_reset(*statement);
    }
    return *statement;
}

sqlite3_stmt *row_select(struct workbook *workbook, enum register_id register_id,
                         struct fault *fault) {
    return row_statement(workbook, register_id, ROW_SELECT, fault);
}

void row_take(sqlite3_stmt *statement, int first, enum register_id register_id,
              struct value *values) {
    for (int i = 0; i < register_describe(register_id)->field_count; i++) {
        values[i] = database_column(statement, first + i);
    }
}

enum lookup row_read(struct workbook *workbook, enum register_id register_id, int64_t id,
                     struct value *values, struct fault *fault) {
    sqlite3_stmt *statement = row_select(workbook, register_id, fault);
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_int64(statement, 1, id);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        row_take(statement, 0, register_id, values);
    } else if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read a row");
    }
    sqlite3_reset(statement);
    return result == SQLITE_ROW ? LOOKUP_FOUND : result == SQLITE_DONE ? LOOKUP_NONE : LOOKUP_FAULT;
}

/* Steps a write to its end and tells a row that is in the way from a fault. */
static enum row_result row_step(struct workbook *workbook, sqlite3_stmt *statement,
                                enum register_id register_id, struct fault *fault) {
    enum row_result result = ROW_FAULT;
    switch (sqlite3_step(statement)) {
    case SQLITE_DONE:
        result = ROW_WRITTEN;
        break;
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        result = ROW_ID_TAKEN;
        break;
    case SQLITE_CONSTRAINT_UNIQUE:
        result = ROW_REPEATED;
        break;
    case SQLITE_CONSTRAINT_NOTNULL:
        fault_set(fault, FAULT_REFUSED, "a required field of %s is empty (%s)",
                  register_describe(register_id)->singular, sqlite3_errmsg(workbook->database));
        break;
    default:
        database_fault(workbook, fault, "write a row");
        break;
    }
    sqlite3_reset(statement);
    return result;
}

static bool is_party(enum register_id register_id) {
    return register_id == REGISTER_ROLE || register_id == REGISTER_PERSON;
}

static enum row_result party_write(struct workbook *workbook, const char *sql, int64_t id,
                                   struct fault *fault) {
    sqlite3_stmt *statement = database_statement(workbook, sql, fault);
    if (statement == NULL) {
        return ROW_FAULT;
    }
    sqlite3_bind_int64(statement, 1, id);
    return row_step(workbook, statement, REGISTER_PERSON, fault);
}

static enum row_result party_insert(struct workbook *workbook, int64_t id, struct fault *fault) {
    return party_write(workbook, "INSERT INTO main.party (id) VALUES (?1)", id, fault);
}

static bool party_delete(struct workbook *workbook, int64_t id, struct fault *fault) {
    return party_write(workbook, "DELETE FROM main.party WHERE id = ?1", id, fault) == ROW_WRITTEN;
}

static void bind_lent(sqlite3_stmt *statement, int first, const struct value *values, int count) {
    for (int i = 0; i < count; i++) {
        database_bind_lent(statement, first + i, &values[i]);
    }
}

enum row_result row_insert(struct workbook *workbook, enum register_id register_id, int64_t id,
                           const struct value *values, struct fault *fault) {
    sqlite3_stmt *statement = row_statement(workbook, register_id, ROW_INSERT, fault);
    if (statement == NULL) {
        return ROW_FAULT;
    }
    /* The party comes first: the other way round, SQLite would look for who waits for it in every
     * party column. */
    enum row_result result =
        is_party(register_id) ? party_insert(workbook, id, fault) : ROW_WRITTEN;
    if (result != ROW_WRITTEN) {
        return result;
    }
    sqlite3_bind_int64(statement, 1, id);
    bind_lent(statement, 2, values, register_describe(register_id)->field_count);
    result = row_step(workbook, statement, register_id, fault);
    if (result != ROW_WRITTEN && is_party(register_id) && !party_delete(workbook, id, fault)) {
        return ROW_FAULT;
    }
    return result;
}

enum row_result row_insert_together(struct workbook *workbook, enum register_id register_id,
                                    const int64_t *ids, const struct value *values,
                                    struct fault *fault) {
    const int count = register_describe(register_id)->field_count;
    sqlite3_stmt *statement = row_statement(workbook, register_id, ROW_INSERT_TOGETHER, fault);
    if (statement == NULL) {
        return ROW_FAULT;
    }
    for (int row = 0; row < ROWS_TOGETHER; row++) {
        sqlite3_bind_int64(statement, row * (count + 1) + 1, ids[row]);
        bind_lent(statement, row * (count + 1) + 2, &values[(ptrdiff_t)row * count], count);
    }
    return row_step(workbook, statement, register_id, fault);
}

/* Only the fields that differ are set: an index over any other field is left alone. */
static sqlite3_stmt *update_statement(struct workbook *workbook, enum register_id register_id,
                                      field_set set, struct fault *fault) {
    const struct register_description *description = register_describe(register_id);
    struct buffer sql = {0};
    const char *separator = "";
    buffer_addf(&sql, "UPDATE main.\"%s\" SET ", description->name);
    for (int i = 0; i < description->field_count; i++) {
        if (set & (field_set)1 << i) {
            buffer_addf(&sql, "%s\"%s\" = ?%d", separator, description->fields[i].name, i + 2);
            separator = ", ";
        }
    }
    buffer_add(&sql, " WHERE \"id\" = ?1");
    sqlite3_stmt *statement = database_statement(workbook, sql.bytes, fault);
    buffer_free(&sql);
    return statement;
}

enum row_result row_update(struct workbook *workbook, enum register_id register_id, int64_t id,
                           const struct value *values, field_set set, struct fault *fault) {
    sqlite3_stmt *statement = update_statement(workbook, register_id, set, fault);
    if (statement == NULL) {
        return ROW_FAULT;
    }
    sqlite3_bind_int64(statement, 1, id);
    for (int i = 0; i < register_describe(register_id)->field_count; i++) {
        if (set & (field_set)1 << i) {
            database_bind(statement, i + 2, &values[i]);
        }
    }
    return row_step(workbook, statement, register_id, fault);
}

bool row_delete(struct workbook *workbook, enum register_id register_id, int64_t id,
                struct fault *fault) {
    sqlite3_stmt *statement = row_statement(workbook, register_id, ROW_DELETE, fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, id);
    return database_finish(workbook, statement, fault, "delete a row") &&
           (!is_party(register_id) || party_delete(workbook, id, fault));
}
