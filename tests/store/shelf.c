/* Owns the workbooks that reading tests look at; must not know what is read from them. */
#include "store/shelf.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clause5/base/clock.h"
#include "clause5/base/fault.h"
#include "clause5/base/memory.h"
#include "store/database.h"
#include "support/testing.h"

static struct workbook *small_workbook;

/* Names, versions and notes mix capitals, umlauts and empties, so that order and matching without
 * regard to case have something to do. */
static const char people_sql[] =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
    " INSERT INTO person (id, name)"
    " SELECT 1000000 + i * 7919 %% 1000003,"
    "        CASE i %% 3 WHEN 0 THEN 'anna' WHEN 1 THEN 'Berta' ELSE 'Übung' END"
    "          || printf(' Weber %%05d', i * 31 %% 10007)"
    "   FROM n";
static const char policies_sql[] =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
    " INSERT INTO policy (id, ref, title, kind)"
    " SELECT 1000 - i, printf('%%s-%%03d', CASE i %% 2 WHEN 1 THEN 'POL' ELSE 'pol' END, i),"
    "        'Policy on topic ' || i, 'topic policy'"
    "   FROM n";
static const char acknowledgements_sql[] =
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d - 1)"
    " INSERT INTO acknowledgement"
    "   (id, policy, version, person, acknowledged_on, channel, note)"
    " SELECT 10 + i * 7919 %% 1000003, 999 - i %% 20,"
    "        CASE i / 20 %% 2 WHEN 0 THEN '1.0' ELSE 'Draft B' END,"
    "        1000000 + (1 + i / 20) * 7919 %% 1000003,"
    "        date('2026-01-01', (i * 37 %% 300) || ' days'),"
    "        CASE i %% 7 WHEN 0 THEN 'paper' WHEN 1 THEN 'email' WHEN 2 THEN 'portal'"
    "                   WHEN 3 THEN 'training' ELSE NULL END,"
    "        CASE i %% 5 WHEN 0 THEN 'read in the übung' WHEN 1 THEN 'Signed on 3 sheets'"
    "                   ELSE NULL END"
    "   FROM n";

void shelf_run(struct workbook *workbook, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(database_of(workbook), sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s: %s", sql, message);
    }
}

static void fill(struct workbook *workbook, const char *format, int rows) {
    struct buffer sql = {0};
    /* The texts above are the only formats that come here. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    buffer_addf(&sql, format, rows);
#pragma GCC diagnostic pop
    shelf_run(workbook, buffer_text(&sql));
    buffer_free(&sql);
}

struct workbook *shelf_new(int rows) {
    struct clock clock = {0};
    struct fault fault = {0};
    static int number;
    char path[64];
    snprintf(path, sizeof path, "shelf-%d-%d.c5", (int)getpid(), number++);
    assert_true(clock_read(&clock, &fault));
    struct workbook *workbook = workbook_create(path, &clock, &fault);
    if (workbook == NULL) {
        fail_msg("%s", fault_text(&fault));
    }
    shelf_run(workbook, "SAVEPOINT filling");
    fill(workbook, policies_sql, 0);
    fill(workbook, people_sql, rows < 10000 ? 50 : 5000);
    shelf_run(workbook, "INSERT INTO party (id) SELECT id FROM person");
    fill(workbook, acknowledgements_sql, rows);
    shelf_run(workbook, "RELEASE filling");
    return workbook;
}

int64_t *shelf_ids(struct workbook *workbook, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database_of(workbook), sql, -1, &statement, NULL) != SQLITE_OK) {
        fail_msg("%s: %s", sql, sqlite3_errmsg(database_of(workbook)));
    }
    int64_t *ids = NULL;
    size_t count = 0;
    size_t capacity = 0;
    int64_t id = 0;
    do {
        id = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
        ids = memory_reserve(ids, &capacity, count + 1, sizeof *ids);
        ids[count++] = id;
    } while (id != 0);
    sqlite3_finalize(statement);
    return ids;
}

int shelf_set_up_small(void **state) {
    (void)state;
    small_workbook = shelf_new(1000);
    return 0;
}

int shelf_take_down(void **state) {
    (void)state;
    workbook_close(small_workbook);
    return 0;
}

struct workbook *shelf_workbook(void) {
    return small_workbook;
}
