/* Owns the open batch: one transaction, its ids, its content digest, its points. Knows nothing of
 * rules. What the history keeps of it is noted in touched.c and written by commit.c. */
#include "clause5/store/batch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "store/batching.h"
#include "store/bulk.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/row.h"
#include "store/state.h"
#include "store/touched.h"

enum {
    ID_RANDOM_BITS = 21,
    ID_TRIES = 8, /* drawing an id that is taken is next to impossible, eight times is a fault */
};

static const int64_t id_epoch_ms = 1577836800000; /* 2020-01-01T00:00Z */
static const int64_t day_ms = 86400000;

date_days record_created_on(int64_t id) {
    return (date_days)(((id >> ID_RANDOM_BITS) + id_epoch_ms) / day_ms);
}

/* The history holds valid texts only. */
static bool check_encoding(const char *what, const char *text, struct fault *fault) {
    return text_find_invalid(text, strlen(text)) == strlen(text) ||
           fault_set(fault, FAULT_FAILED, "%s is not valid UTF-8 (write it anew)", what);
}

bool batch_begin_as(struct workbook *workbook, enum batch_kind kind, int64_t undoes,
                    const char *label, struct fault *fault) {
    struct batch *batch = &workbook->batch;
    struct chain_link newest;
    if (workbook->mode != WORKBOOK_WRITE) {
        return fault_set(fault, FAULT_REFUSED,
                         "%s is open read-only: open it for writing to change it", workbook->path);
    }
    if (workbook->past.is_shown) {
        return fault_set(fault, FAULT_REFUSED,
                         "the past cannot be changed: come back to today first");
    }
    if (batch->is_open) {
        return fault_set(fault, FAULT_REFUSED, "\"%s\" is not finished yet", batch->label);
    }
    if (!check_encoding("what the change is called", label, fault) ||
        !check_encoding("the name of who makes the change", workbook_actor(workbook), fault)) {
        return false;
    }
    if (!sqlite3_stmt_busy(workbook->standing) && sqlite3_step(workbook->standing) != SQLITE_ROW) {
        return database_fault(workbook, fault, "keep it open");
    }
    if (!database_begin(workbook, "BEGIN IMMEDIATE", fault)) {
        return false;
    }
    *batch = (struct batch){.is_open = true,
                            .kind = kind,
                            .undoes = undoes,
                            .label = memory_copy_text(label),
                            .points = batch->points,
                            .point_capacity = batch->point_capacity};
    if (!chain_read_newest(workbook, &newest, fault)) {
        batch_abandon(workbook);
        return false;
    }
    batch->progress.content = newest.content;
    return true;
}

bool batch_begin(struct workbook *workbook, const char *label, struct fault *fault) {
    return batch_begin_as(workbook, BATCH_EDIT, 0, label, fault);
}

bool batch_is_open(const struct workbook *workbook) {
    return workbook->batch.is_open;
}

bool batch_has_touched(const struct workbook *workbook, enum register_id register_id) {
    return workbook->batch.is_open && workbook->batch.progress.has_touched[register_id];
}

void batch_abandon(struct workbook *workbook) {
    struct batch *batch = &workbook->batch;
    if (!batch->is_open) {
        return;
    }
    database_roll_back(workbook);
    if (batch->is_broken && workbook->standing != NULL) {
        /* After an error of the disk SQLite answers nothing until every read has ended: the
         * standing one ends and begins anew, at the latest with the next batch. */
        sqlite3_reset(workbook->standing);
        sqlite3_step(workbook->standing);
    }
    bulk_forget(workbook);
    free(batch->label);
    batch->label = NULL;
    batch->point_count = 0;
    batch->is_open = false;
}

/* Guards every write: an open batch whose transaction still stands. */
static bool check_open(const struct workbook *workbook, struct fault *fault) {
    if (!workbook->batch.is_open) {
        return fault_set(fault, FAULT_FAILED, "a change was tried outside a batch");
    }
    if (workbook->batch.is_broken || sqlite3_get_autocommit(workbook->database)) {
        return fault_set(fault, FAULT_FAILED,
                         "\"%s\" cannot go on after a fault; nothing was changed",
                         workbook->batch.label);
    }
    return true;
}

/* After a fault half-way through a write, the batch can only be abandoned. */
static bool broken(struct workbook *workbook) {
    workbook->batch.is_broken = true;
    return false;
}

/* Guards every write that a bulk does not allow. */
static bool check_no_bulk(const struct workbook *workbook, struct fault *fault) {
    return !workbook->batch.bulk.is_open ||
           fault_set(fault, FAULT_FAILED, "a change was tried between the records of a bulk");
}

/* A STRICT table would convert a value of the wrong kind, and the digest would not fit it. */
static bool check_kinds(enum register_id register_id, const struct value *values,
                        struct fault *fault) {
    static const enum value_kind kinds[FIELD_TYPE_COUNT] = {
        [FIELD_TEXT] = VALUE_TEXT,     [FIELD_LONG_TEXT] = VALUE_TEXT,
        [FIELD_WHOLE] = VALUE_WHOLE,   [FIELD_NUMBER] = VALUE_NUMBER,
        [FIELD_DATE] = VALUE_TEXT,     [FIELD_YESNO] = VALUE_TEXT,
        [FIELD_CHOICE] = VALUE_TEXT,   [FIELD_REFERENCE] = VALUE_WHOLE,
        [FIELD_PARTY] = VALUE_WHOLE,   [FIELD_FILE] = VALUE_TEXT,
        [FIELD_EMAIL] = VALUE_TEXT,    [FIELD_LANGUAGE] = VALUE_TEXT,
        [FIELD_REGISTER] = VALUE_TEXT, [FIELD_RECORD] = VALUE_TEXT,
        [FIELD_SOURCE] = VALUE_TEXT,   [FIELD_CHECK] = VALUE_TEXT,
        [FIELD_DIGEST] = VALUE_TEXT,   [FIELD_VERSION] = VALUE_TEXT};
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; i < description->field_count; i++) {
        const struct field *field = &description->fields[i];
        if (values[i].kind != VALUE_EMPTY && values[i].kind != kinds[field->type]) {
            return fault_refuse_field(fault, i, "%s holds a value of another type", field->label);
        }
        if (values[i].kind == VALUE_EMPTY && field->flags & FIELD_REQUIRED) {
            return fault_refuse_field(fault, i, "%s is required", field->label);
        }
    }
    return true;
}

/* Roles and persons share their ids, being parties. */
static int64_t *next_id_of(struct workbook *workbook, enum register_id register_id) {
    return &workbook->batch.progress
                .next_id[register_id == REGISTER_PERSON ? REGISTER_ROLE : register_id];
}

/* Ids count the time of the workbook's clock, so that a record was made on the day that its batch
 * bears, also under a set clock; the time of day, real in either case, and the random part keep
 * them apart across copies. They never go back. */
static int64_t draw_id(struct workbook *workbook) {
    uint32_t random = 0;
    int64_t ms = clock_now_ms(&workbook->clock) - id_epoch_ms;
    if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random) {
        random = (uint32_t)clock_monotonic_ms();
    }
    random &= (1U << ID_RANDOM_BITS) - 1;
    int64_t id = (ms > 0 ? ms : 0) << ID_RANDOM_BITS | random;
    return id > workbook->highest_id ? id : workbook->highest_id + 1;
}

static enum row_result insert_row(struct workbook *workbook, enum register_id register_id,
                                  int64_t id, const struct value *values, struct fault *fault) {
    if (!workbook->batch.bulk.is_open) {
        return row_insert(workbook, register_id, id, values, fault);
    }
    return bulk_insert(workbook, id, values, fault) ? ROW_WRITTEN : ROW_FAULT;
}

static enum row_result insert_with_new_id(struct workbook *workbook, enum register_id register_id,
                                          const struct value *values, int64_t *id,
                                          struct fault *fault) {
    int64_t *next_id = next_id_of(workbook, register_id);
    enum row_result result = ROW_ID_TAKEN;
    for (int i = 0; i < ID_TRIES && result == ROW_ID_TAKEN; i++) {
        int64_t tried = *next_id != 0 && i == 0 ? *next_id : draw_id(workbook);
        result = insert_row(workbook, register_id, tried, values, fault);
        if (result == ROW_WRITTEN) {
            *id = tried;
            *next_id = tried + 1;
            workbook->highest_id = tried > workbook->highest_id ? tried : workbook->highest_id;
        }
    }
    return result;
}

/* Turns what became of a write into true or the fault. */
static bool judge(struct workbook *workbook, enum row_result result, const struct record *row,
                  struct fault *fault) {
    switch (result) {
    case ROW_WRITTEN:
        return true;
    case ROW_REPEATED:
        return refuse_repeated(workbook, row->register_id, row->id, row->values, fault);
    case ROW_ID_TAKEN:
        return fault_set(fault, FAULT_REFUSED, "there is already a record of %s with the id %lld",
                         register_describe(row->register_id)->name, (long long)row->id);
    case ROW_FAULT:
        break;
    }
    return fault->kind == FAULT_REFUSED ? false : broken(workbook);
}

static void count_in(struct workbook *workbook, enum register_id register_id, int64_t id,
                     const struct value *values) {
    struct digest digest = digest_of_row(register_id, id, values, &workbook->scratch);
    content_add(&workbook->batch.progress.content, &digest);
}

static void count_out(struct workbook *workbook, enum register_id register_id, int64_t id,
                      const struct value *values) {
    struct digest digest = digest_of_row(register_id, id, values, &workbook->scratch);
    content_subtract(&workbook->batch.progress.content, &digest);
}

/* A record that borrows the values: never freed. */
static struct record borrow(enum register_id register_id, int64_t id, const struct value *values) {
    struct record record = {.register_id = register_id, .id = id};
    memcpy(record.values, values,
           (size_t)register_describe(register_id)->field_count * sizeof *values);
    return record;
}

bool batch_insert(struct workbook *workbook, enum register_id register_id,
                  const struct value *values, int64_t *id, struct fault *fault) {
    if (!check_open(workbook, fault) || !check_kinds(register_id, values, fault)) {
        return false;
    }
    if (register_id == REGISTER_WORKBOOK) {
        *id = WORKBOOK_ROW_ID;
    }
    if (!bulk_allows_insert(workbook, register_id, values, fault)) {
        return fault->kind == FAULT_REFUSED ? false : broken(workbook);
    }
    int64_t used = *id;
    enum row_result result = used != 0
                                 ? insert_row(workbook, register_id, used, values, fault)
                                 : insert_with_new_id(workbook, register_id, values, &used, fault);
    if (result != ROW_WRITTEN) {
        struct record row = borrow(register_id, used, values);
        return judge(workbook, result, &row, fault);
    }
    if (!touched_insert(workbook, register_id, used, fault)) {
        return broken(workbook);
    }
    count_in(workbook, register_id, used, values);
    *id = used;
    return true;
}

/* Reads the record that is to be changed; a refusal where it is gone. */
static bool load_standing(struct workbook *workbook, enum register_id register_id, int64_t id,
                          struct record *record, struct fault *fault) {
    enum lookup lookup = record_load(workbook, register_id, id, record, fault);
    if (lookup == LOOKUP_NONE) {
        return fault_set(fault, FAULT_REFUSED, "this record of %s is gone: it was deleted",
                         register_describe(register_id)->label);
    }
    return lookup == LOOKUP_FOUND || broken(workbook);
}

bool batch_update(struct workbook *workbook, enum register_id register_id, int64_t id,
                  const struct value *values, struct fault *fault) {
    struct record before;
    if (!check_open(workbook, fault) || !check_no_bulk(workbook, fault) ||
        !check_kinds(register_id, values, fault) ||
        !load_standing(workbook, register_id, id, &before, fault)) {
        return false;
    }
    field_set changed = image_compare(register_id, before.values, values);
    bool good = true;
    if (changed != 0) {
        struct record row = borrow(register_id, id, values);
        enum row_result result = row_update(workbook, register_id, id, values, changed, fault);
        good = judge(workbook, result, &row, fault);
    }
    if (good && changed != 0) {
        good = touched_update(workbook, &before, changed, fault) || broken(workbook);
        count_out(workbook, register_id, id, before.values);
        count_in(workbook, register_id, id, values);
    }
    record_free(&before);
    return good;
}

/* Takes a row out of its table, and out of the content. */
static bool remove_row(struct workbook *workbook, const struct record *before,
                       struct fault *fault) {
    count_out(workbook, before->register_id, before->id, before->values);
    return row_delete(workbook, before->register_id, before->id, fault) || broken(workbook);
}

bool batch_delete(struct workbook *workbook, enum register_id register_id, int64_t id,
                  struct fault *fault) {
    struct record before;
    if (!check_open(workbook, fault) || !check_no_bulk(workbook, fault) ||
        !load_standing(workbook, register_id, id, &before, fault)) {
        return false;
    }
    bool good = remove_row(workbook, &before, fault) &&
                (touched_delete(workbook, &before, fault) || broken(workbook));
    record_free(&before);
    return good;
}

bool batch_lift(struct workbook *workbook, const struct record *before, field_set changed,
                struct fault *fault) {
    return check_open(workbook, fault) && check_no_bulk(workbook, fault) &&
           remove_row(workbook, before, fault) &&
           (touched_update(workbook, before, changed, fault) || broken(workbook));
}

bool batch_put_back(struct workbook *workbook, const struct record *after, struct fault *fault) {
    enum row_result result =
        row_insert(workbook, after->register_id, after->id, after->values, fault);
    if (!judge(workbook, result, after, fault)) {
        return broken(workbook);
    }
    count_in(workbook, after->register_id, after->id, after->values);
    return true;
}

bool batch_set_point(struct workbook *workbook, struct fault *fault) {
    struct batch *batch = &workbook->batch;
    if (!check_open(workbook, fault) || !check_no_bulk(workbook, fault)) {
        return false;
    }
    if (!database_run(workbook, "SAVEPOINT c5_point", fault)) {
        return broken(workbook);
    }
    batch->points = memory_reserve(batch->points, &batch->point_capacity, batch->point_count + 1,
                                   sizeof *batch->points);
    batch->points[batch->point_count++] = batch->progress;
    return true;
}

bool batch_return_to_point(struct workbook *workbook, struct fault *fault) {
    struct batch *batch = &workbook->batch;
    if (!check_open(workbook, fault)) {
        return false;
    }
    if (batch->point_count == 0 ||
        !database_run(workbook, "ROLLBACK TO c5_point; RELEASE c5_point", fault)) {
        return broken(workbook);
    }
    batch->progress = batch->points[--batch->point_count];
    return true;
}

bool batch_forget_point(struct workbook *workbook, struct fault *fault) {
    struct batch *batch = &workbook->batch;
    if (!check_open(workbook, fault)) {
        return false;
    }
    if (batch->point_count == 0 || !database_run(workbook, "RELEASE c5_point", fault)) {
        return broken(workbook);
    }
    batch->point_count--;
    return true;
}

bool batch_commit(struct workbook *workbook, struct fault *fault) {
    bool is_empty = false;
    bool good = check_open(workbook, fault) && check_no_bulk(workbook, fault) &&
                (commit_write_history(workbook, &is_empty, fault) || broken(workbook));
    if (good && !is_empty &&
        sqlite3_exec(workbook->database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        int code = sqlite3_extended_errcode(workbook->database);
        good = code == SQLITE_CONSTRAINT_FOREIGNKEY ? refuse_dangling(workbook, fault)
                                                    : database_fault(workbook, fault, "save it");
        workbook->batch.is_broken = true;
    }
    if (good && !is_empty) {
        workbook->revision++;
    }
    batch_abandon(workbook); /* the transaction is over where it was committed */
    return good;
}

/* Hands the entries of touched.c on, a record at a time. */
struct record_visit {
    const struct touch_visitor *visitor;
};

static bool visit_records(void *context, const struct touched *touched, struct fault *fault) {
    const struct touch_visitor *visitor = ((struct record_visit *)context)->visitor;
    (void)fault;
    if (touched->touch == TOUCH_INSERTED && visitor->passes_over != NULL &&
        visitor->passes_over(visitor->context, touched->register_id, touched->first_id,
                             touched->last_id)) {
        return true;
    }
    for (int64_t id = touched->first_id; id <= touched->last_id; id++) {
        if (!visitor->visit(visitor->context, touched->register_id, id, touched->touch)) {
            return false;
        }
    }
    return true;
}

bool batch_visit_touched(struct workbook *workbook, const struct touch_visitor *visitor,
                         struct fault *fault) {
    struct record_visit visit = {.visitor = visitor};
    return check_open(workbook, fault) &&
           touched_visit(workbook,
                         &(struct touched_visitor){.visit = visit_records, .context = &visit},
                         fault);
}

void history_mark_founding(struct workbook *workbook) {
    workbook->batch.kind = BATCH_FOUNDING;
}
