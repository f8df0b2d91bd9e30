/* Owns the batch that brings two copies together: its rows, what it means for the other copy, and
 * the past of that copy taken into the file. Knows nothing of what should become of two values.
 *
 * Rows are written in three passes, as an undo does: first what goes is deleted and rows whose keys
 * change are lifted out, then new rows and other changes go in, at last the lifted rows are put
 * back, so that no row stands in another's way. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/batch.h"
#include "store/batching.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/fork_inside.h"
#include "store/row.h"
#include "store/state.h"

bool fork_begin(struct fork *fork, const char *label, struct fault *fault) {
    const struct lineage *theirs = &fork->their_lineage;
    if (!batch_begin_as(fork->ours, BATCH_MERGE, 0, label, fault)) {
        return false;
    }
    fork->ours->batch.merged = theirs->nodes[theirs->head].hash;
    fork->ours->batch.keeps_empty = true;
    return true;
}

/* The fields that a unique index watches. */
static field_set indexed_fields(enum register_id register_id) {
    const struct register_description *description = register_describe(register_id);
    field_set set = 0;
    for (int i = 0; i < description->field_count; i++) {
        if (description->fields[i].flags & FIELD_UNIQUE || register_is_key_field(register_id, i)) {
            set |= (field_set)1 << i;
        }
    }
    return set;
}

/* How a row is to be written. */
enum row_way { ROW_STAYS, ROW_GOES, ROW_COMES, ROW_CHANGES, ROW_PASSES };

/* First pass; tells the way of the row for the others. */
static bool clear_row(struct fork *fork, const struct fork_row *row, enum row_way *way,
                      struct fault *fault) {
    struct record now = {0};
    enum lookup lookup = record_load(fork->ours, row->register_id, row->id, &now, fault);
    bool good = lookup != LOOKUP_FAULT;
    *way = lookup == LOOKUP_NONE && row->values != NULL ? ROW_COMES : ROW_STAYS;
    if (lookup == LOOKUP_FOUND && row->values == NULL) {
        *way = ROW_GOES;
        good = batch_delete(fork->ours, row->register_id, row->id, fault);
    } else if (lookup == LOOKUP_FOUND) {
        field_set changed = image_compare(row->register_id, now.values, row->values);
        bool passes = (changed & indexed_fields(row->register_id)) != 0;
        *way = changed == 0 ? ROW_STAYS : passes ? ROW_PASSES : ROW_CHANGES;
        good = !passes || batch_lift(fork->ours, &now, changed, fault);
    }
    if (lookup == LOOKUP_FOUND) {
        record_free(&now);
    }
    return good;
}

static bool put_row(struct fork *fork, const struct fork_row *row, enum row_way way,
                    struct fault *fault) {
    int64_t id = row->id;
    if (way == ROW_COMES) {
        return batch_insert(fork->ours, row->register_id, row->values, &id, fault);
    }
    return way != ROW_CHANGES ||
           batch_update(fork->ours, row->register_id, row->id, row->values, fault);
}

/* The record borrows the values. */
static bool put_row_back(struct fork *fork, const struct fork_row *row, struct fault *fault) {
    struct record record = {.register_id = row->register_id, .id = row->id};
    memcpy(record.values, row->values,
           (size_t)register_describe(row->register_id)->field_count * sizeof *row->values);
    return batch_put_back(fork->ours, &record, fault);
}

bool fork_write(struct fork *fork, const struct fork_row *rows, size_t count, struct fault *fault) {
    enum row_way *ways = memory_zero(count + 1, sizeof *ways);
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        good = clear_row(fork, &rows[i], &ways[i], fault);
    }
    for (size_t i = 0; i < count && good; i++) {
        good = put_row(fork, &rows[i], ways[i], fault);
    }
    for (size_t i = 0; i < count && good; i++) {
        good = ways[i] != ROW_PASSES || put_row_back(fork, &rows[i], fault);
    }
    free(ways);
    return good;
}

/* One record that may differ between theirs and the merged content. */
struct name {
    enum register_id register_id;
    int64_t id;
};

struct name_list {
    struct name *items;
    size_t count, capacity;
};

static void add_name(struct name_list *list, enum register_id register_id, int64_t id) {
    list->items =
        memory_reserve(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (struct name){.register_id = register_id, .id = id};
}

static bool note_touched(void *context, enum register_id register_id, int64_t id,
                         enum touch touch) {
    (void)touch;
    add_name(context, register_id, id);
    return true;
}

static int compare_names(const void *a, const void *b) {
    const struct name *x = a;
    const struct name *y = b;
    if (x->register_id != y->register_id) {
        return x->register_id < y->register_id ? -1 : 1;
    }
    return (x->id > y->id) - (x->id < y->id);
}

/* A change of theirs on the way into c5_second; ranges of rows that theirs lacks are joined. */
struct second {
    enum register_id register_id;
    int64_t first_id, last_id;
    enum touch touch;
    const struct buffer *before; /* NULL for inserted rows */
    const struct digest *after;  /* of a changed row, else NULL */
};

static bool write_second(struct fork *fork, const struct second *second, struct fault *fault) {
    sqlite3_stmt *statement = database_statement(
        fork->ours,
        "INSERT INTO temp.c5_second (register, first_id, last_id, touch, before, after)\n"
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        fault);
    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_text(statement, 1, register_describe(second->register_id)->name, -1,
                      SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, second->first_id);
    sqlite3_bind_int64(statement, 3, second->last_id);
    sqlite3_bind_text(statement, 4, chain_touch_word(second->touch), -1, SQLITE_STATIC);
    if (second->before != NULL) {
        sqlite3_bind_blob64(statement, 5, buffer_text(second->before), second->before->len_bytes,
                            SQLITE_STATIC);
    }
    if (second->after != NULL) {
        sqlite3_bind_blob(statement, 6, second->after->bytes, DIGEST_SIZE, SQLITE_STATIC);
    }
    return database_finish(fork->ours, statement, fault, "write its history");
}

/* What is known of one record on the two sides of the merge. */
struct difference {
    enum lookup in_theirs, in_merged;
    struct value theirs[REGISTER_FIELDS_MOST];
    struct value merged[REGISTER_FIELDS_MOST];
};

static bool write_changed(struct fork *fork, const struct name *name,
                          const struct difference *difference, struct fault *fault) {
    struct buffer image = {0};
    struct digest after =
        digest_of_row(name->register_id, name->id, difference->merged, &fork->ours->scratch);
    image_add_set(&image, name->register_id, difference->theirs,
                  image_compare(name->register_id, difference->theirs, difference->merged));
    bool good = write_second(fork,
                             &(struct second){.register_id = name->register_id,
                                              .first_id = name->id,
                                              .last_id = name->id,
                                              .touch = TOUCH_CHANGED,
                                              .before = &image,
                                              .after = &after},
                             fault);
    buffer_free(&image);
    return good;
}

static bool write_deleted(struct fork *fork, const struct name *name,
                          const struct difference *difference, struct fault *fault) {
    struct buffer image = {0};
    image_add_filled(&image, name->register_id, difference->theirs);
    bool good = write_second(fork,
                             &(struct second){.register_id = name->register_id,
                                              .first_id = name->id,
                                              .last_id = name->id,
                                              .touch = TOUCH_DELETED,
                                              .before = &image},
                             fault);
    buffer_free(&image);
    return good;
}

/* Writes the range that is being joined, where there is one. */
static bool flush_range(struct fork *fork, struct second *range, struct fault *fault) {
    bool good = range->first_id == 0 || write_second(fork, range, fault);
    range->first_id = 0;
    return good;
}

static bool note_difference(struct fork *fork, const struct name *name,
                            const struct difference *difference, struct second *range,
                            struct fault *fault) {
    if (difference->in_theirs == LOOKUP_NONE && difference->in_merged == LOOKUP_FOUND) {
        if (range->first_id != 0 && range->register_id == name->register_id &&
            range->last_id + 1 == name->id) {
            range->last_id = name->id;
            return true;
        }
        bool good = flush_range(fork, range, fault);
        *range = (struct second){.register_id = name->register_id,
                                 .first_id = name->id,
                                 .last_id = name->id,
                                 .touch = TOUCH_INSERTED};
        return good;
    }
    if (difference->in_theirs == LOOKUP_FOUND && difference->in_merged == LOOKUP_NONE) {
        return write_deleted(fork, name, difference, fault);
    }
    return difference->in_theirs == LOOKUP_NONE ||
           image_compare(name->register_id, difference->theirs, difference->merged) == 0 ||
           write_changed(fork, name, difference, fault);
}

static bool write_name(struct fork *fork, const struct name *name, struct second *range,
                       struct fault *fault) {
    struct difference difference = {0};
    difference.in_theirs =
        row_read(fork->theirs, name->register_id, name->id, difference.theirs, fault);
    difference.in_merged =
        row_read(fork->ours, name->register_id, name->id, difference.merged, fault);
    bool good = difference.in_theirs != LOOKUP_FAULT && difference.in_merged != LOOKUP_FAULT &&
                note_difference(fork, name, &difference, range, fault);
    values_free(difference.theirs, REGISTER_FIELDS_MOST);
    values_free(difference.merged, REGISTER_FIELDS_MOST);
    return good;
}

/* Notes what leads from theirs to the merged content: nothing but records that either side or the
 * merge itself touched can differ. */
static bool write_other_side(struct fork *fork, struct fault *fault) {
    struct name_list names = {0};
    struct second range = {0};
    const struct touch_visitor visitor = {.visit = note_touched, .context = &names};
    for (size_t i = 0; i < fork->count; i++) {
        add_name(&names, fork->records[i].register_id, fork->records[i].id);
    }
    bool good = batch_visit_touched(fork->ours, &visitor, fault) &&
                database_run(fork->ours, "DELETE FROM temp.c5_second", fault);
    if (names.count > 0) {
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    }
    for (size_t i = 0; i < names.count && good; i++) {
        bool is_repeated = i > 0 && compare_names(&names.items[i - 1], &names.items[i]) == 0;
        good = is_repeated || write_name(fork, &names.items[i], &range, fault);
    }
    good = good && flush_range(fork, &range, fault);
    free(names.items);
    return good;
}

/* Copies the rows of a statement of theirs, column by column, by a statement of ours. */
static bool copy_rows(struct fork *fork, sqlite3_stmt *from, const char *insert,
                      struct fault *fault) {
    int result = SQLITE_ERROR;
    bool good = true;
    while (good && (result = sqlite3_step(from)) == SQLITE_ROW) {
        sqlite3_stmt *to = database_statement(fork->ours, insert, fault);
        good = to != NULL;
        for (int i = 0; good && i < sqlite3_column_count(from); i++) {
            sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
        }
        good = good && database_finish(fork->ours, to, fault, "take over the other history");
    }
    if (good && result != SQLITE_DONE) {
        database_fault(fork->theirs, fault, "read its history");
    }
    return good && result == SQLITE_DONE;
}

/* Runs SELECT on theirs for one batch, by its number where that is not 0, else by its hash. */
static bool copy_by(struct fork *fork, const struct lineage_node *node, const char *select,
                    const char *insert, struct fault *fault) {
    sqlite3_stmt *from = database_statement(fork->theirs, select, fault);
    if (from == NULL) {
        return false;
    }
    sqlite3_bind_int64(from, 1, node->number);
    sqlite3_bind_blob(from, 2, node->hash.bytes, DIGEST_SIZE, SQLITE_STATIC);
    bool good = copy_rows(fork, from, insert, fault);
    sqlite3_reset(from);
    return good;
}

#define OTHER_CHANGE_COLUMNS "batch, register, first_id, last_id, touch, before, after"

static const char insert_batch[] = "INSERT INTO main.c5_other_batch (" CHAIN_COLUMNS ")\n"
                                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
static const char insert_change[] = "INSERT INTO main.c5_other_change (" OTHER_CHANGE_COLUMNS ")\n"
                                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char insert_merge_change[] =
    "INSERT INTO main.c5_merge_change (" OTHER_CHANGE_COLUMNS ")\n"
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/* Of a batch that theirs made itself, and of one that theirs has from yet another copy. */
static const struct {
    const char *batch, *changes;
} selects[2] = {
    {"SELECT " CHAIN_COLUMNS " FROM main.c5_other_batch WHERE hash = ?2 AND ?1 <> 0",
     "SELECT " OTHER_CHANGE_COLUMNS " FROM main.c5_other_change WHERE batch = ?2 AND ?1 <> 0"},
    {"SELECT " CHAIN_COLUMNS " FROM main.c5_batch WHERE number = ?1 AND hash = ?2",
     "SELECT ?2, register, first_id, last_id, touch, before, after\n"
     "  FROM main.c5_change WHERE batch = ?1"},
};

static bool copy_batch(struct fork *fork, const struct lineage_node *node, struct fault *fault) {
    return copy_by(fork, node, selects[node->is_own].batch, insert_batch, fault) &&
           copy_by(fork, node, selects[node->is_own].changes, insert_change, fault) &&
           copy_by(fork, node,
                   "SELECT " OTHER_CHANGE_COLUMNS
                   " FROM main.c5_merge_change WHERE batch = ?2 AND ?1 <> 0",
                   insert_merge_change, fault);
}

/* Takes every batch that theirs has over, also those of merges that it took back, so that each one
 * finds its parents. */
static bool copy_past(struct fork *fork, struct fault *fault) {
    const struct lineage *theirs = &fork->their_lineage;
    bool good = true;
    for (size_t i = 0; i < theirs->count && good; i++) {
        good = lineage_find(&fork->our_lineage, &theirs->nodes[i].hash) != LINEAGE_NONE ||
               copy_batch(fork, &theirs->nodes[i], fault);
    }
    return good;
}

bool fork_commit(struct fork *fork, struct fault *fault) {
    bool good =
        write_other_side(fork, fault) && copy_past(fork, fault) && batch_commit(fork->ours, fault);
    if (!good) {
        batch_abandon(fork->ours);
    }
    return good;
}
