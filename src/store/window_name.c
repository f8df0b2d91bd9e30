/* Owns what references are called, read by their ids. Must not know why it is asked. */
#include "store/window_name.h"

#include "store/database.h"

static void take_column(sqlite3_stmt *statement, int column, struct buffer *out) {
    const char *text = database_text(statement, column);
    buffer_append(out, text == NULL ? "" : text, (size_t)sqlite3_column_bytes(statement, column));
}

enum { ROLE_WITH_HOLDER = REGISTER_COUNT };

/* Prepares what reads key, title and holder of a register's record by its id. */
static sqlite3_stmt *prepare_names(struct workbook *workbook, int kind, struct fault *fault) {
    static const char with_holder[] =
        "SELECT role.ref, role.title, holder.name"
        "  FROM role LEFT JOIN person AS holder ON holder.id = role.holder"
        " WHERE role.id = ?1";
    if (kind == ROLE_WITH_HOLDER) {
        return database_prepare(workbook, with_holder, fault);
    }
    const struct register_description *description = register_describe((enum register_id)kind);
    const char *key = description->fields[description->key[0]].name;
    const char *title =
        register_find_field((enum register_id)kind, "title") >= 0 ? "title" : "NULL";
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT \"%s\", %s, NULL FROM \"%s\" WHERE id = ?1", key, title,
                description->name);
    sqlite3_stmt *statement = database_prepare(workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    return statement;
}

static enum lookup load_kind(struct workbook *workbook, int kind, int64_t id, struct name *name,
                             struct fault *fault) {
    sqlite3_stmt **statement = &name->statements[kind];
    if (*statement == NULL) {
        *statement = prepare_names(workbook, kind, fault);
    }
    if (*statement == NULL) {
        return LOOKUP_FAULT;
    }
    sqlite3_bind_int64(*statement, 1, id);
    int result = sqlite3_step(*statement);
    if (result == SQLITE_ROW) {
        take_column(*statement, 0, &name->key);
        take_column(*statement, 1, &name->title);
        take_column(*statement, 2, &name->holder);
    } else if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read a name");
    }
    sqlite3_reset(*statement);
    if (result == SQLITE_ROW) {
        return LOOKUP_FOUND;
    }
    return result == SQLITE_DONE ? LOOKUP_NONE : LOOKUP_FAULT;
}

enum lookup window_name_load(struct workbook *workbook, const struct field *field, int64_t id,
                             struct name *name, struct fault *fault) {
    buffer_clear(&name->key);
    buffer_clear(&name->title);
    buffer_clear(&name->holder);
    if (field->type == FIELD_REFERENCE) {
        return load_kind(workbook, (int)field->target, id, name, fault);
    }
    enum lookup found = load_kind(workbook, ROLE_WITH_HOLDER, id, name, fault);
    return found == LOOKUP_NONE ? load_kind(workbook, REGISTER_PERSON, id, name, fault) : found;
}

void window_name_print(const struct name *name, struct buffer *out) {
    buffer_add(out, buffer_text(&name->key));
    if (name->holder.len_bytes > 0) {
        buffer_addf(out, " (%s)", buffer_text(&name->holder));
    }
}

void window_name_free(struct name *name) {
    for (int kind = 0; kind <= REGISTER_COUNT; kind++) {
        sqlite3_finalize(name->statements[kind]);
        name->statements[kind] = NULL;
    }
    buffer_free(&name->key);
    buffer_free(&name->title);
    buffer_free(&name->holder);
}
