/* Owns what references are called, read by their ids. Must not know why it is asked. */
#include "store/window_name.h"

#include "store/database.h"

static void take_column(sqlite3_stmt *statement, int column, struct buffer *out) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    buffer_append(out, text == NULL ? "" : text, (size_t)sqlite3_column_bytes(statement, column));
}

/* Runs a statement that gives at most one row of key, title and holder. */
static enum lookup load_by(struct workbook *workbook, const char *sql, int64_t id,
                           struct name *name, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(workbook, sql, fault);
    if (statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_int64(statement, 1, id);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        take_column(statement, 0, &name->key);
        take_column(statement, 1, &name->title);
        take_column(statement, 2, &name->holder);
    } else if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read a name");
    }
    sqlite3_reset(statement);
    if (result == SQLITE_ROW) {
        return LOOKUP_FOUND;
    }
    return result == SQLITE_DONE ? LOOKUP_NONE : LOOKUP_FAULT;
}

/* Most ids of parties are people; a workbook has few roles, so they are asked for first. */
static enum lookup load_party(struct workbook *workbook, int64_t id, struct name *name,
                              struct fault *fault) {
    static const char role_sql[] =
        "SELECT role.ref, role.title, holder.name"
        "  FROM role LEFT JOIN person AS holder ON holder.id = role.holder"
        " WHERE role.id = ?1";
    static const char person_sql[] = "SELECT name, '', '' FROM person WHERE id = ?1";
    enum lookup found = load_by(workbook, role_sql, id, name, fault);
    return found == LOOKUP_NONE ? load_by(workbook, person_sql, id, name, fault) : found;
}

static enum lookup load_record(struct workbook *workbook, enum register_id target, int64_t id,
                               struct name *name, struct fault *fault) {
    const struct register_description *description = register_describe(target);
    const char *key = description->fields[description->key[0]].name;
    const char *title = register_find_field(target, "title") >= 0 ? "title" : "''";
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT \"%s\", %s, '' FROM \"%s\" WHERE id = ?1", key, title,
                description->name);
    enum lookup found = load_by(workbook, buffer_text(&sql), id, name, fault);
    buffer_free(&sql);
    return found;
}

enum lookup name_load(struct workbook *workbook, const struct field *field, int64_t id,
                      struct name *name, struct fault *fault) {
    buffer_clear(&name->key);
    buffer_clear(&name->title);
    buffer_clear(&name->holder);
    return field->type == FIELD_PARTY ? load_party(workbook, id, name, fault)
                                      : load_record(workbook, field->target, id, name, fault);
}

void name_print(const struct name *name, struct buffer *out) {
    buffer_add(out, buffer_text(&name->key));
    if (name->holder.len_bytes > 0) {
        buffer_addf(out, " (%s)", buffer_text(&name->holder));
    }
}

void name_free(struct name *name) {
    buffer_free(&name->key);
    buffer_free(&name->title);
    buffer_free(&name->holder);
}
