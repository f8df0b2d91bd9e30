/* Owns the schema of the file, made from the descriptions; knows nothing of what is in it.
 *
 * A workbook is a SQLite database with application_id "C5wb" and the schema version in
 * user_version. It holds, and nothing else is allowed to stand in it:
 *
 * - For each register a STRICT table of its name: `id INTEGER PRIMARY KEY` and a column per field,
 *   in the order of registers.tsv. Texts, choices, dates (YYYY-MM-DD) and yes/no are TEXT, whole
 *   numbers, references and parties INTEGER, decimal numbers REAL; required fields are NOT NULL;
 *   empty is NULL. The table workbook has the one row of id 1.
 * - `party(id)`: the ids of all roles and persons. role.id, person.id and every party column refer
 *   to it, so that a party is one of the two. It is written with them and has no history of its
 * own.
 * - All foreign keys are deferred to the end of the transaction: order within a batch is free.
 * - `key_of_REGISTER`: a unique index over the key, texts without regard to ASCII case.
 *   `unique_REGISTER_FIELD`: likewise for a unique field that is not the whole key.
 *   `index_REGISTER_FIELD`: for references and parties that do not lead the key's index.
 * - `c5_batch` and `c5_change`: the history (history.c). They only grow: triggers refuse updates
 * and deletions. `c5_batch_undoes` finds who took a batch back, `c5_change_record` what touched a
 *   record.
 * - `c5_other_batch` and `c5_other_change`: the pasts of copies that were merged, by the hash of
 *   the batch; `c5_merge_change`: what a merge did to the other copy (lineage.c). They only grow,
 *   too.
 * - `c5_mapping`: how the columns of a file were mapped when it was imported (mapping.c), without
 *   history.
 *
 * Ids are 63 bits: milliseconds since 2020 times 2^21 plus 21 random bits for the first id that a
 * batch gives in a register, then one more for each further one; shipped requirements have ids from
 * their ref (record_shipped_id).
 *
 * The texts in sqlite_schema are exactly those made here, so a received file is compared with them
 * letter by letter before anything in it is run. */
#include "store/schema.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "clause5/register/register.h"
#include "clause5/register/type.h"
#include "store/database.h"

/* One row of sqlite_schema. */
struct schema_item {
    char *name;
    char *sql;
};

struct schema {
    struct schema_item *items;
    size_t count, capacity;
};

#define ONLY_GROWS(table)                                                                          \
    {table "_keep", "CREATE TRIGGER \"" table "_keep\" BEFORE DELETE ON \"" table "\" "            \
                    "BEGIN SELECT RAISE(ABORT, 'the history only grows'); END"},                   \
    {                                                                                              \
        table "_fix", "CREATE TRIGGER \"" table "_fix\" BEFORE UPDATE ON \"" table "\" "           \
                      "BEGIN SELECT RAISE(ABORT, 'the history only grows'); END"                   \
    }

/* What stands beside the registers. */
static const struct {
    const char *name;
    const char *sql;
} fixed_items[] = {
    {"party", "CREATE TABLE \"party\" (\"id\" INTEGER PRIMARY KEY) STRICT"},
    {"c5_batch", "CREATE TABLE \"c5_batch\" (\n"
                 "  \"number\" INTEGER PRIMARY KEY,\n"
                 "  \"kind\" TEXT NOT NULL,\n"
                 "  \"undoes\" INTEGER,\n"
                 "  \"time\" TEXT NOT NULL,\n"
                 "  \"actor\" TEXT NOT NULL,\n"
                 "  \"label\" TEXT NOT NULL,\n"
                 "  \"clock_set\" TEXT,\n"
                 "  \"parent\" BLOB NOT NULL,\n"
                 "  \"merged\" BLOB,\n"
                 "  \"hash\" BLOB NOT NULL,\n"
                 "  \"digest\" BLOB NOT NULL,\n"
                 "  \"row_count\" INTEGER NOT NULL\n"
                 ") STRICT"},
    {"c5_batch_undoes", "CREATE INDEX \"c5_batch_undoes\" ON \"c5_batch\" (\"undoes\") "
                        "WHERE \"undoes\" IS NOT NULL"},
    {"c5_change", "CREATE TABLE \"c5_change\" (\n"
                  "  \"batch\" INTEGER NOT NULL,\n"
                  "  \"register\" TEXT NOT NULL,\n"
                  "  \"first_id\" INTEGER NOT NULL,\n"
                  "  \"last_id\" INTEGER NOT NULL,\n"
                  "  \"touch\" TEXT NOT NULL,\n"
                  "  \"before\" BLOB,\n"
                  "  \"after\" BLOB,\n"
                  "  PRIMARY KEY (\"batch\", \"register\", \"first_id\")\n"
                  ") STRICT, WITHOUT ROWID"},
    {"c5_change_record", "CREATE INDEX \"c5_change_record\" ON \"c5_change\" "
                         "(\"register\", \"first_id\", \"batch\")"},
    {"c5_mapping", "CREATE TABLE \"c5_mapping\" (\n"
                   "  \"id\" INTEGER PRIMARY KEY,\n"
                   "  \"header\" TEXT NOT NULL,\n"
                   "  \"sheet\" TEXT NOT NULL,\n"
                   "  \"choices\" TEXT NOT NULL\n"
                   ") STRICT"},
    {"c5_mapping_header",
     "CREATE UNIQUE INDEX \"c5_mapping_header\" ON \"c5_mapping\" (\"header\")"},
    {"c5_other_batch", "CREATE TABLE \"c5_other_batch\" (\n"
                       "  \"hash\" BLOB PRIMARY KEY,\n"
                       "  \"number\" INTEGER NOT NULL,\n"
                       "  \"kind\" TEXT NOT NULL,\n"
                       "  \"undoes\" INTEGER,\n"
                       "  \"time\" TEXT NOT NULL,\n"
                       "  \"actor\" TEXT NOT NULL,\n"
                       "  \"label\" TEXT NOT NULL,\n"
                       "  \"clock_set\" TEXT,\n"
                       "  \"parent\" BLOB NOT NULL,\n"
                       "  \"merged\" BLOB,\n"
                       "  \"digest\" BLOB NOT NULL,\n"
                       "  \"row_count\" INTEGER NOT NULL\n"
                       ") STRICT, WITHOUT ROWID"},
    {"c5_other_change", "CREATE TABLE \"c5_other_change\" (\n"
                        "  \"batch\" BLOB NOT NULL,\n"
                        "  \"register\" TEXT NOT NULL,\n"
                        "  \"first_id\" INTEGER NOT NULL,\n"
                        "  \"last_id\" INTEGER NOT NULL,\n"
                        "  \"touch\" TEXT NOT NULL,\n"
                        "  \"before\" BLOB,\n"
                        "  \"after\" BLOB,\n"
                        "  PRIMARY KEY (\"batch\", \"register\", \"first_id\")\n"
                        ") STRICT, WITHOUT ROWID"},
    {"c5_merge_change", "CREATE TABLE \"c5_merge_change\" (\n"
                        "  \"batch\" BLOB NOT NULL,\n"
                        "  \"register\" TEXT NOT NULL,\n"
                        "  \"first_id\" INTEGER NOT NULL,\n"
                        "  \"last_id\" INTEGER NOT NULL,\n"
                        "  \"touch\" TEXT NOT NULL,\n"
                        "  \"before\" BLOB,\n"
                        "  \"after\" BLOB,\n"
                        "  PRIMARY KEY (\"batch\", \"register\", \"first_id\")\n"
                        ") STRICT, WITHOUT ROWID"},
    ONLY_GROWS("c5_batch"),
    ONLY_GROWS("c5_change"),
    ONLY_GROWS("c5_other_batch"),
    ONLY_GROWS("c5_other_change"),
    ONLY_GROWS("c5_merge_change"),
};

static void schema_add(struct schema *schema, struct buffer *name, struct buffer *sql) {
    schema->items =
        memory_reserve(schema->items, &schema->capacity, schema->count + 1, sizeof *schema->items);
    schema->items[schema->count++] =
        (struct schema_item){.name = buffer_take(name), .sql = buffer_take(sql)};
}

static bool is_relation(const struct field *field) {
    return field->type == FIELD_REFERENCE || field->type == FIELD_PARTY;
}

static bool is_key_part(const struct register_description *description, int field) {
    for (int i = 0; i < description->key_count; i++) {
        if (description->key[i] == field) {
            return true;
        }
    }
    return false;
}

static void add_column(struct buffer *sql, const struct field *field) {
    buffer_addf(sql, ",\n  \"%s\" %s", field->name, field_type_sql(field->type));
    if (field->flags & FIELD_REQUIRED) {
        buffer_add(sql, " NOT NULL");
    }
    if (is_relation(field)) {
        const char *target =
            field->type == FIELD_PARTY ? "party" : register_describe(field->target)->name;
        buffer_addf(sql, " REFERENCES \"%s\" DEFERRABLE INITIALLY DEFERRED", target);
    }
}

static void add_table(struct schema *schema, enum register_id id) {
    const struct register_description *description = register_describe(id);
    struct buffer name = {0};
    struct buffer sql = {0};
    buffer_add(&name, description->name);
    buffer_addf(&sql, "CREATE TABLE \"%s\" (\n  \"id\" INTEGER PRIMARY KEY", description->name);
    if (id == REGISTER_ROLE || id == REGISTER_PERSON) {
        buffer_add(&sql, " REFERENCES \"party\" DEFERRABLE INITIALLY DEFERRED");
    }
    if (id == REGISTER_WORKBOOK) {
        buffer_add(&sql, " CHECK (\"id\" = 1)");
    }
    for (int i = 0; i < description->field_count; i++) {
        add_column(&sql, &description->fields[i]);
    }
    buffer_add(&sql, "\n) STRICT");
    schema_add(schema, &name, &sql);
}

static void add_indexed_column(struct buffer *sql, const struct field *field) {
    buffer_addf(sql, "\"%s\"", field->name);
    if (!is_relation(field) && strcmp(field_type_sql(field->type), "TEXT") == 0) {
        buffer_add(sql, " COLLATE NOCASE");
    }
}

static void add_key_index(struct schema *schema, const struct register_description *description) {
    struct buffer name = {0};
    struct buffer sql = {0};
    if (description->key_count == 0) {
        return;
    }
    buffer_addf(&name, "key_of_%s", description->name);
    buffer_addf(&sql, "CREATE UNIQUE INDEX \"%s\" ON \"%s\" (", name.bytes, description->name);
    for (int i = 0; i < description->key_count; i++) {
        buffer_add(&sql, i > 0 ? ", " : "");
        add_indexed_column(&sql, &description->fields[description->key[i]]);
    }
    buffer_add(&sql, ")");
    schema_add(schema, &name, &sql);
}

/* The index of a field that the key's index does not serve: a unique one, or a relation. */
static void add_field_index(struct schema *schema, const struct register_description *description,
                            int index) {
    const struct field *field = &description->fields[index];
    struct buffer name = {0};
    struct buffer sql = {0};
    bool is_whole_key = description->key_count == 1 && description->key[0] == index;
    bool leads_key = description->key_count > 0 && description->key[0] == index;
    if (field->flags & FIELD_UNIQUE && !is_whole_key) {
        buffer_addf(&name, "unique_%s_%s", description->name, field->name);
        buffer_add(&sql, "CREATE UNIQUE INDEX ");
    } else if (is_relation(field) && !leads_key) {
        buffer_addf(&name, "index_%s_%s", description->name, field->name);
        buffer_add(&sql, "CREATE INDEX ");
    } else {
        return;
    }
    buffer_addf(&sql, "\"%s\" ON \"%s\" (", name.bytes, description->name);
    add_indexed_column(&sql, field);
    buffer_add(&sql, ")");
    /* Most references are empty in most rows, and need no place in the index then. */
    if (!(field->flags & FIELD_REQUIRED) && !is_key_part(description, index)) {
        buffer_addf(&sql, " WHERE \"%s\" IS NOT NULL", field->name);
    }
    schema_add(schema, &name, &sql);
}

static void add_indexes(struct schema *schema, const struct register_description *description) {
    add_key_index(schema, description);
    for (int field = 0; field < description->field_count; field++) {
        add_field_index(schema, description, field);
    }
}

static void schema_describe(struct schema *schema) {
    for (size_t i = 0; i < COUNT(fixed_items); i++) {
        struct buffer name = {0};
        struct buffer sql = {0};
        buffer_add(&name, fixed_items[i].name);
        buffer_add(&sql, fixed_items[i].sql);
        schema_add(schema, &name, &sql);
    }
    for (int id = 0; id < REGISTER_COUNT; id++) {
        add_table(schema, (enum register_id)id);
        add_indexes(schema, register_describe((enum register_id)id));
    }
}

static void schema_free(struct schema *schema) {
    for (size_t i = 0; i < schema->count; i++) {
        free(schema->items[i].name);
        free(schema->items[i].sql);
    }
    free(schema->items);
}

static int compare_items(const void *a, const void *b) {
    return strcmp(((const struct schema_item *)a)->name, ((const struct schema_item *)b)->name);
}

bool schema_create(struct workbook *workbook, struct fault *fault) {
    struct schema schema = {0};
    bool good = true;
    schema_describe(&schema);
    for (size_t i = 0; i < schema.count && good; i++) {
        good = database_run(workbook, schema.items[i].sql, fault);
    }
    schema_free(&schema);
    return good;
}

bool schema_drop_indexes(struct workbook *workbook, enum register_id register_id,
                         struct fault *fault) {
    struct schema schema = {0};
    bool good = true;
    add_indexes(&schema, register_describe(register_id));
    for (size_t i = 0; i < schema.count && good; i++) {
        struct buffer sql = {0};
        buffer_addf(&sql, "DROP INDEX main.\"%s\"", schema.items[i].name);
        good = database_run(workbook, sql.bytes, fault);
        buffer_free(&sql);
    }
    schema_free(&schema);
    return good;
}

bool schema_make_indexes(struct workbook *workbook, enum register_id register_id,
                         struct fault *fault) {
    struct schema schema = {0};
    bool good = true;
    add_indexes(&schema, register_describe(register_id));
    for (size_t i = 0; i < schema.count && good; i++) {
        good = database_run(workbook, schema.items[i].sql, fault);
    }
    schema_free(&schema);
    return good;
}

/* Compares the next row of sqlite_schema with the next expected item; both are in order of names.
 */
static bool compare_row(struct workbook *workbook, sqlite3_stmt *statement,
                        const struct schema_item *item, struct fault *fault) {
    const char *type = database_text(statement, 0);
    const char *name = database_text(statement, 1);
    const char *sql = database_text(statement, 2);
    int order = item == NULL || name == NULL ? -1 : strcmp(name, item->name);
    if (order < 0) {
        return fault_set(fault, FAULT_FAILED,
                         "%s: the %s \"%s\" does not belong into a workbook: the file was altered "
                         "by another program, ask who sent it for a clean copy",
                         workbook_path(workbook), type == NULL ? "thing" : type,
                         name == NULL ? "" : name);
    }
    if (order > 0) {
        return fault_set(fault, FAULT_DAMAGED,
                         "%s: \"%s\" is missing: the file is damaged, restore a backup",
                         workbook_path(workbook), item->name);
    }
    if (sql == NULL || strcmp(sql, item->sql) != 0) {
        return fault_set(fault, FAULT_DAMAGED,
                         "%s: the %s \"%s\" is not as this program makes it: the file was altered "
                         "by another program, ask who sent it for a clean copy",
                         workbook_path(workbook), type == NULL ? "thing" : type, name);
    }
    return true;
}

bool schema_compare(struct workbook *workbook, struct fault *fault) {
    static const char sql[] = "SELECT type, name, sql FROM sqlite_schema ORDER BY name";
    struct schema schema = {0};
    size_t at = 0;
    int result = SQLITE_DONE;
    bool good = false;
    schema_describe(&schema);
    qsort(schema.items, schema.count, sizeof *schema.items, compare_items);
    sqlite3_stmt *statement = database_prepare(workbook, sql, fault);
    if (statement == NULL) {
        goto out;
    }
    while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
        const struct schema_item *item = at < schema.count ? &schema.items[at] : NULL;
        if (!compare_row(workbook, statement, item, fault)) {
            goto out;
        }
        at++;
    }
    if (result != SQLITE_DONE) {
        database_fault(workbook, fault, "read its schema");
    } else if (at < schema.count) {
        fault_set(fault, FAULT_DAMAGED,
                  "%s: \"%s\" is missing: the file is damaged, restore a backup",
                  workbook_path(workbook), schema.items[at].name);
    } else {
        good = true;
    }
out:
    sqlite3_finalize(statement);
    schema_free(&schema);
    return good;
}

bool schema_create_temporary(struct workbook *workbook, struct fault *fault) {
    /* c5_touched: what the open batch did to records so far (touched.c).
     * c5_lifted: rows that an undo moves out of the way of each other (undo.c).
     * c5_state: rows as they were while a verification walks back (verify.c).
     * c5_second: what the open merge does to the other copy (fork_commit.c). */
    return database_run(
        workbook,
        "CREATE TEMP TABLE c5_touched (\n"
        "  register INTEGER NOT NULL, first_id INTEGER NOT NULL,\n"
        "  last_id INTEGER NOT NULL, touch INTEGER NOT NULL, before BLOB,\n"
        "  PRIMARY KEY (register, first_id)\n"
        ") STRICT, WITHOUT ROWID;\n"
        "CREATE TEMP TABLE c5_lifted (\n"
        "  register INTEGER NOT NULL, id INTEGER NOT NULL, image BLOB NOT NULL,\n"
        "  PRIMARY KEY (register, id)\n"
        ") STRICT, WITHOUT ROWID;\n"
        "CREATE TEMP TABLE c5_state (\n"
        "  register INTEGER NOT NULL, id INTEGER NOT NULL, image BLOB NOT NULL,\n"
        "  PRIMARY KEY (register, id)\n"
        ") STRICT, WITHOUT ROWID;\n"
        "CREATE TEMP TABLE c5_second (\n"
        "  register TEXT NOT NULL, first_id INTEGER NOT NULL,\n"
        "  last_id INTEGER NOT NULL, touch TEXT NOT NULL, before BLOB, after BLOB,\n"
        "  PRIMARY KEY (register, first_id)\n"
        ") STRICT, WITHOUT ROWID;\n",
        fault);
}
