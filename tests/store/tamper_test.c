/* Edits, deletions and swaps made with SQL behind the program's back: all are found. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "clause5/store/record.h"
#include "clause5/store/verify.h"
#include "store/random_rows.h"
#include "support/workbook.h"

/* A workbook with a history of some batches, as bytes that each test starts from. */
struct bench {
    struct place *place;
    struct dice dice;
    char *bytes;
    size_t len_bytes;
    int64_t first_policy, second_policy;
};

enum { BATCHES = 30, ROUNDS = 500 };

static int64_t insert_policy(struct workbook *workbook, const char *ref) {
    struct value values[POLICY_FIELDS] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    values[POLICY_REF] = value_of_text(ref);
    values[POLICY_TITLE] = value_of_text(ref);
    values[POLICY_KIND] = value_of_text("other");
    assert_true(batch_insert(workbook, REGISTER_POLICY, values, &id, &fault));
    values_free(values, POLICY_FIELDS);
    return id;
}

static void retitle(struct workbook *workbook, int64_t id, const char *title) {
    struct record record;
    struct fault fault = {0};
    assert_true(batch_begin(workbook, title, &fault));
    assert_int_equal(record_load(workbook, REGISTER_POLICY, id, &record, &fault), LOOKUP_FOUND);
    value_free(&record.values[POLICY_TITLE]);
    record.values[POLICY_TITLE] = value_of_text(title);
    assert_true(batch_update(workbook, REGISTER_POLICY, id, record.values, &fault));
    record_free(&record);
    assert_true(batch_commit(workbook, &fault));
}

static void write_past(struct bench *bench, struct workbook *workbook) {
    struct fault fault = {0};
    assert_true(batch_begin(workbook, "policies", &fault));
    bench->first_policy = insert_policy(workbook, "POL-001");
    bench->second_policy = insert_policy(workbook, "POL-002");
    assert_true(batch_commit(workbook, &fault));
    retitle(workbook, bench->first_policy, "first retitled");
    for (int i = 0; i < BATCHES; i++) {
        assert_true(batch_begin(workbook, "random", &fault));
        for (unsigned j = dice_roll(&bench->dice, 6) + 1; j > 0; j--) {
            enum register_id register_id =
                (enum register_id)(1 + dice_roll(&bench->dice, REGISTER_COUNT - 1));
            if (register_id == REGISTER_POLICY || dice_roll(&bench->dice, 2) == 0) {
                random_insert(&bench->dice, workbook, register_id);
            } else {
                random_update(&bench->dice, workbook, register_id);
            }
        }
        assert_true(batch_commit(workbook, &fault));
    }
}

static int set_up(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    bench->dice.state = 5;
    bench->place = place_new();
    struct workbook *workbook = support_workbook_new(bench->place);
    write_past(bench, workbook);
    workbook_close(workbook);
    bench->bytes = place_read_path(place_path(bench->place, "test.c5"), &bench->len_bytes);
    assert_non_null(bench->bytes);
    *state = bench;
    return 0;
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    place_free(bench->place);
    free(bench->bytes);
    free(bench);
    return 0;
}

static int append_row(void *context, int count, char **values, char **names) {
    struct buffer *out = context;
    (void)names;
    for (int i = 0; i < count; i++) {
        buffer_addf(out, "%s|", values[i] == NULL ? "NULL" : values[i]);
    }
    return 0;
}

/* Everything that the file holds, internal tables too. */
static char *dump_all(sqlite3 *database) {
    struct buffer out = {0};
    struct buffer tables = {0};
    assert_int_equal(sqlite3_exec(database, "SELECT name FROM sqlite_schema WHERE type = 'table'",
                                  append_row, &tables, NULL),
                     SQLITE_OK);
    for (char *rest = tables.bytes, *name; (name = strsep(&rest, "|")) != NULL && *name != '\0';) {
        struct buffer sql = {0};
        buffer_addf(&sql, "SELECT '%s'; SELECT * FROM \"%s\"", name, name);
        assert_int_equal(sqlite3_exec(database, sql.bytes, append_row, &out, NULL), SQLITE_OK);
        buffer_free(&sql);
    }
    buffer_free(&tables);
    return buffer_take(&out);
}

/* Does to the fresh workbook what somebody with the sqlite3 shell can do: triggers are dropped and
 * made again. True where that changed anything. */
static bool tamper(struct bench *bench, const char *sql) {
    static const char drop[] = "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;"
                               "DROP TRIGGER c5_batch_keep; DROP TRIGGER c5_batch_fix;"
                               "DROP TRIGGER c5_change_keep; DROP TRIGGER c5_change_fix;"
                               "DROP TRIGGER c5_other_batch_keep; DROP TRIGGER c5_other_batch_fix;"
                               "DROP TRIGGER c5_other_change_keep;"
                               "DROP TRIGGER c5_other_change_fix;"
                               "DROP TRIGGER c5_merge_change_keep;"
                               "DROP TRIGGER c5_merge_change_fix;";
    struct buffer triggers = {0};
    sqlite3 *database = NULL;
    const char *path = place_write_bytes(bench->place, "test.c5", bench->bytes, bench->len_bytes);
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'",
                                  append_row, &triggers, NULL),
                     SQLITE_OK);
    for (char *bar; (bar = strchr(triggers.bytes, '|')) != NULL;) {
        *bar = ' ';
    }
    char *before = dump_all(database);
    assert_int_equal(sqlite3_exec(database, drop, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_exec(database, sql, NULL, NULL, NULL); /* a constraint may refuse it */
    assert_int_equal(sqlite3_exec(database, triggers.bytes, NULL, NULL, NULL), SQLITE_OK);
    char *after = dump_all(database);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    bool is_changed = strcmp(before, after) != 0;
    buffer_free(&triggers);
    free(before);
    free(after);
    return is_changed;
}

/* Verifies the tampered file and returns the message, "" where it was found sound; the caller
 * frees. */
static char *verify(struct bench *bench) {
    struct fault fault = {0};
    struct workbook *workbook = support_workbook_open(bench->place, WORKBOOK_READ);
    bool sound = history_verify(workbook, &fault);
    char *text = strdup(fault_text(&fault));
    assert_true(sound == (fault.kind == FAULT_NONE));
    fault_clear(&fault);
    workbook_close(workbook);
    return text;
}

static void assert_found(struct bench *bench, const char *sql, const char *expected) {
    assert_true(tamper(bench, sql));
    char *text = verify(bench);
    if (strstr(text, expected) == NULL) {
        fail_msg("%s\nsays: %s\nnot: %s", sql, text, expected);
    }
    free(text);
}

static void an_untouched_workbook_is_sound(void **state) {
    struct bench *bench = *state;
    assert_false(tamper(bench, "SELECT 1"));
    char *text = verify(bench);
    assert_string_equal(text, "");
    free(text);
}

static void tampering_is_found_and_the_batch_named(void **state) {
    struct bench *bench = *state;
    assert_found(bench, "UPDATE policy SET title = 'x' WHERE ref = 'POL-001'", "batch 3 (");
    assert_found(bench, "UPDATE policy SET title = 'x' WHERE ref = 'POL-001'", "POL-001");
    assert_found(bench, "UPDATE policy SET scope = 'x' WHERE ref = 'POL-002'", "batch 2 (");
    assert_found(bench, "DELETE FROM policy WHERE ref = 'POL-002'", "batch 2 (");
    assert_found(bench, "DELETE FROM policy WHERE ref = 'POL-001'", "batch 3 (");
    assert_found(bench, "UPDATE workbook SET organisation = 'Other'", "batch 1 (");
    assert_found(bench, "INSERT INTO policy (id, ref, title, kind) VALUES (7, 'X', 'X', 'other')",
                 "no batch wrote");
    assert_found(bench, "UPDATE c5_batch SET actor = 'nobody' WHERE number = 7", "batch 7 (");
    assert_found(bench, "UPDATE c5_batch SET label = 'x' WHERE number = 1", "batch 1 (");
    assert_found(bench, "DELETE FROM c5_batch WHERE number = 9", "batch 10 (");
    assert_found(bench, "DELETE FROM c5_change WHERE batch = 3", "batch 3 (");
    assert_found(bench, "UPDATE c5_change SET before = x'' WHERE batch = 3", "batch 3 (");
    assert_found(bench, "DELETE FROM c5_batch WHERE number = (SELECT max(number) FROM c5_batch)",
                 "batch that is missing");
    assert_found(bench, "INSERT INTO party (id) VALUES (9)", "party");
    assert_found(bench,
                 "DELETE FROM c5_change WHERE batch = (SELECT max(number) FROM c5_batch);"
                 "DELETE FROM c5_batch WHERE number = (SELECT max(number) FROM c5_batch)",
                 "restore a backup");
}

/* Appends the name of a random column of the table, quoted. */
static void add_column(struct bench *bench, sqlite3_stmt *columns, struct buffer *out) {
    unsigned count = 0;
    while (sqlite3_step(columns) == SQLITE_ROW) {
        count++;
    }
    sqlite3_reset(columns);
    for (unsigned i = dice_roll(&bench->dice, count) + 1; i > 0; i--) {
        assert_int_equal(sqlite3_step(columns), SQLITE_ROW);
    }
    buffer_addf(out, "\"%s\"", (const char *)sqlite3_column_text(columns, 0));
    sqlite3_reset(columns);
}

/* An edit, a deletion or a swap of a random row of a random table; those of merges are empty here
 * (tests/exchange/merge_tamper_test.c). */
static void write_tampering(struct bench *bench, sqlite3 *database, struct buffer *sql) {
    static const char row[] =
        "(SELECT %s FROM \"%s\" ORDER BY %s LIMIT 1 OFFSET %u %% (SELECT max(count(*), 1) FROM \"%s\"))";
    sqlite3_stmt *tables = NULL;
    sqlite3_stmt *columns = NULL;
    struct buffer column = {0};
    char other[400];
    char victim[400];
    assert_int_equal(sqlite3_prepare_v2(database,
                                        "SELECT name FROM sqlite_schema WHERE type = 'table'\n"
                                        "   AND name NOT IN ('c5_other_batch', 'c5_other_change',\n"
                                        "                    'c5_merge_change')\n"
                                        " ORDER BY name LIMIT 1 OFFSET ?1",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    sqlite3_bind_int(tables, 1, (int)dice_roll(&bench->dice, REGISTER_COUNT + 3));
    assert_int_equal(sqlite3_step(tables), SQLITE_ROW);
    const char *table = (const char *)sqlite3_column_text(tables, 0);
    assert_int_equal(
        sqlite3_prepare_v2(database, "SELECT name FROM pragma_table_info(?1)", -1, &columns, NULL),
        SQLITE_OK);
    sqlite3_bind_text(columns, 1, table, -1, SQLITE_STATIC);
    add_column(bench, columns, &column);
    const char *key = strcmp(table, "c5_batch") == 0    ? "number"
                      : strcmp(table, "c5_change") == 0 ? "first_id"
                                                        : "id";
    snprintf(other, sizeof other, row, column.bytes, table, key, dice_roll(&bench->dice, 1000),
             table);
    switch (dice_roll(&bench->dice, 3)) {
    case 0:
        buffer_addf(sql, "UPDATE \"%s\" SET %s = %s || 'x' WHERE \"%s\" = ", table, column.bytes,
                    column.bytes, key);
        break;
    case 1:
        buffer_addf(sql, "DELETE FROM \"%s\" WHERE \"%s\" = ", table, key);
        break;
    default:
        buffer_addf(sql, "UPDATE \"%s\" SET %s = %s WHERE \"%s\" = ", table, column.bytes, other,
                    key);
        break;
    }
    snprintf(victim, sizeof victim, row, key, table, key, dice_roll(&bench->dice, 1000), table);
    buffer_add(sql, victim);
    sqlite3_finalize(tables);
    sqlite3_finalize(columns);
    buffer_free(&column);
}

static void five_hundred_edits_deletions_and_swaps_are_all_found(void **state) {
    struct bench *bench = *state;
    int found = 0;
    for (int tries = 0; found < ROUNDS && tries < 4 * ROUNDS; tries++) {
        struct buffer sql = {0};
        sqlite3 *database = NULL;
        const char *path =
            place_write_bytes(bench->place, "test.c5", bench->bytes, bench->len_bytes);
        assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
        write_tampering(bench, database, &sql);
        assert_int_equal(sqlite3_close(database), SQLITE_OK);
        if (tamper(bench, sql.bytes)) {
            char *text = verify(bench);
            if (text[0] == '\0') {
                fail_msg("not found: %s", sql.bytes);
            }
            free(text);
            found++;
        }
        buffer_free(&sql);
    }
    assert_int_equal(found, ROUNDS);
}

/* One state of a file that somebody put an older one in the place of. */
struct kept_state {
    char *bytes;
    size_t len_bytes;
    char head[HISTORY_HEAD_SIZE];
};

static void keep_state(struct place *place, struct kept_state *kept) {
    struct fault fault = {0};
    kept->bytes = place_read_path(place_path(place, "test.c5"), &kept->len_bytes);
    struct workbook *workbook = support_workbook_open(place, WORKBOOK_READ);
    assert_true(history_head(workbook, kept->head, &fault));
    workbook_close(workbook);
}

/* A file whose last batches are gone is sound in itself; a head kept outside shows it. */
static void a_cut_tail_is_found_by_every_later_head(void **state) {
    enum { STATES = 25 };
    struct place *place = place_new();
    struct dice dice = {.state = 77};
    struct kept_state kept[STATES];
    (void)state;
    workbook_close(support_workbook_new(place));
    for (int i = 0; i < STATES; i++) {
        struct fault fault = {0};
        struct workbook *workbook = support_workbook_open(place, WORKBOOK_WRITE);
        assert_true(batch_begin(workbook, "one more", &fault));
        assert_true(random_insert(&dice, workbook, REGISTER_PERSON) != 0);
        assert_true(batch_commit(workbook, &fault));
        workbook_close(workbook);
        keep_state(place, &kept[i]);
    }
    for (int i = 0; i < STATES; i++) {
        struct fault fault = {0};
        place_write_bytes(place, "test.c5", kept[i].bytes, kept[i].len_bytes);
        struct workbook *workbook = support_workbook_open(place, WORKBOOK_READ);
        assert_true(history_verify(workbook, &fault));
        for (int j = 0; j < STATES; j++) {
            int64_t batch = 0;
            int64_t newest = 0;
            assert_true(verify_find_head(workbook, kept[j].head, &batch, &newest, &fault));
            assert_int_equal(newest, i + 2);
            assert_int_equal(batch, j <= i ? j + 2 : 0);
        }
        workbook_close(workbook);
        free(kept[i].bytes);
    }
    place_free(place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_untouched_workbook_is_sound),
        cmocka_unit_test(tampering_is_found_and_the_batch_named),
        cmocka_unit_test(a_cut_tail_is_found_by_every_later_head),
        cmocka_unit_test(five_hundred_edits_deletions_and_swaps_are_all_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
