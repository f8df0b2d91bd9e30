/* Owns the SQL functions of the store; knows nothing of the queries that use them. */
#include "store/functions.h"

#include <stdlib.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/store/record.h"
#include "store/database.h"
#include "store/state.h"

enum { SOME_LISTED = 5, SOME_WHOLE = 6, MONTHS_MOST = 12 * (DATE_LAST_YEAR - DATE_FIRST_YEAR) };

static const char *text_of(sqlite3_value *value) {
    const char *text = (const char *)sqlite3_value_text(value);
    if (text == NULL && sqlite3_value_type(value) != SQLITE_NULL) {
        memory_lost();
    }
    return text;
}

static void give_text(sqlite3_context *context, struct buffer *text) {
    sqlite3_result_text(context, buffer_text(text), (int)text->len_bytes, SQLITE_TRANSIENT);
    buffer_free(text);
}

static void add_months(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    date_days day;
    char text[DATE_TEXT_SIZE];
    const char *from = text_of(values[0]);
    sqlite3_int64 months = sqlite3_value_int64(values[1]);
    if (from == NULL || sqlite3_value_type(values[1]) == SQLITE_NULL || !date_parse(from, &day) ||
        months > MONTHS_MOST || months < -MONTHS_MOST) {
        return;
    }
    date_print(date_add_months(day, (int)months), text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void key_part(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    struct buffer part = {0};
    const char *at = text_of(values[0]);
    if (at == NULL) {
        return;
    }
    for (; *at != '\0'; at++) {
        if (*at == '/' || *at == '\\') {
            buffer_add_byte(&part, '\\');
        }
        buffer_add_byte(&part, *at);
    }
    give_text(context, &part);
}

static void created_on(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    char text[DATE_TEXT_SIZE];
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) {
        return;
    }
    date_print(record_created_on(sqlite3_value_int64(values[0])), text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void plain(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    struct buffer text = {0};
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) {
        return;
    }
    number_print(sqlite3_value_double(values[0]), &text);
    give_text(context, &text);
}

/* What some_of has heard so far. The last text is kept apart until it is known whether it is
 * listed. */
struct some {
    struct buffer *listed;
    char *last;
    sqlite3_int64 count;
};

static void some_step(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    struct some *some = sqlite3_aggregate_context(context, sizeof *some);
    const char *text = text_of(values[0]);
    if (some == NULL || text == NULL) {
        return;
    }
    some->count++;
    if (some->count <= SOME_LISTED) {
        if (some->listed == NULL) {
            some->listed = memory_zero(1, sizeof *some->listed);
        }
        buffer_add(some->listed, some->count > 1 ? ", " : "");
        buffer_add(some->listed, text);
    } else if (some->count == SOME_WHOLE) {
        some->last = memory_copy_text(text);
    }
}

static void some_end(sqlite3_context *context) {
    struct some *some = sqlite3_aggregate_context(context, 0);
    if (some == NULL || some->listed == NULL) {
        return;
    }
    if (some->count == SOME_WHOLE) {
        buffer_addf(some->listed, ", %s", some->last);
    } else if (some->count > SOME_WHOLE) {
        buffer_addf(some->listed, " and %lld more", some->count - SOME_LISTED);
    }
    give_text(context, some->listed);
    free(some->listed);
    free(some->last);
}

static const struct {
    const char *name;
    int arguments;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
    void (*step)(sqlite3_context *, int, sqlite3_value **);
    void (*end)(sqlite3_context *);
} functions[] = {
    {.name = "add_months", .arguments = 2, .call = add_months},
    {.name = "key_part", .arguments = 1, .call = key_part},
    {.name = "created_on", .arguments = 1, .call = created_on},
    {.name = "plain", .arguments = 1, .call = plain},
    {.name = "some_of", .arguments = 1, .step = some_step, .end = some_end},
};

bool functions_register(struct workbook *workbook, struct fault *fault) {
    for (size_t i = 0; i < COUNT(functions); i++) {
        if (sqlite3_create_function_v2(
                workbook->database, functions[i].name, functions[i].arguments,
                SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, functions[i].call,
                functions[i].step, functions[i].end, NULL) != SQLITE_OK) {
            return database_fault(workbook, fault, "set up its functions");
        }
    }
    return true;
}
