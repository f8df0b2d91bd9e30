/* Owns keyset paging: the statements that read rows from a place on, each one range of an index.
 * Must not know what the rows are for. */
#include "store/window_order.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/text.h"
#include "store/database.h"

enum { STAGE_INCLUSIVE = ORDER_PARTS_MOST, STAGE_ALL = ORDER_PARTS_MOST + 1 };

void window_order_free(struct order *order) {
    for (int direction = 0; direction < 2; direction++) {
        for (int stage = 0; stage < ORDER_PARTS_MOST + 2; stage++) {
            sqlite3_finalize(order->statements[direction][stage]);
        }
    }
    free(order->table);
    free(order->columns);
    free(order->fixed);
    *order = (struct order){0};
}

void window_place_free(struct place *place) {
    values_free(place->parts, ORDER_PARTS_MOST);
}

struct place window_place_copy(const struct place *place) {
    struct place copy = {0};
    values_copy(copy.parts, place->parts, ORDER_PARTS_MOST);
    return copy;
}

static int compare_numbers(double a, double b) {
    return (a > b) - (a < b);
}

static int compare_wholes(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static double number_of(const struct value *value) {
    return value->kind == VALUE_NUMBER ? value->number : (double)value->whole;
}

/* Orders as SQLite does: numbers before texts. */
static int compare_values(const struct order_part *part, const struct value *a,
                          const struct value *b) {
    if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT) {
        return part->is_without_case ? text_compare_ascii_case(value_text(a), value_text(b))
                                     : strcmp(value_text(a), value_text(b));
    }
    if (a->kind == VALUE_TEXT || b->kind == VALUE_TEXT) {
        return a->kind == VALUE_TEXT ? 1 : -1;
    }
    if (a->kind == VALUE_WHOLE && b->kind == VALUE_WHOLE) {
        return compare_wholes(a->whole, b->whole);
    }
    return compare_numbers(number_of(a), number_of(b));
}

int window_place_compare(const struct order *order, const struct place *a, const struct place *b) {
    for (int i = 0; i < order->part_count; i++) {
        int difference = compare_values(&order->parts[i], &a->parts[i], &b->parts[i]);
        if (difference != 0) {
            return order->parts[i].is_descending ? -difference : difference;
        }
    }
    return 0;
}

struct place window_order_place(const struct order *order, sqlite3_stmt *statement) {
    struct place place = {0};
    for (int i = 0; i < order->part_count; i++) {
        place.parts[i] = database_column(statement, order->parts[i].at);
    }
    return place;
}

/* Adds the column as the index has it: an index without regard to case serves only comparisons that
 * say so. */
static void add_part(struct buffer *sql, const struct order_part *part) {
    buffer_addf(sql, "\"%s\"%s", part->column, part->is_without_case ? " COLLATE NOCASE" : "");
}

/* The stage says how many parts equal those of the place; the one behind them lies beyond it. */
static void add_condition(struct buffer *sql, const struct order *order, bool is_backward,
                          int stage) {
    const char *joint = "WHERE";
    if (order->fixed != NULL) {
        buffer_addf(sql, " WHERE \"%s\" = ?%d", order->fixed, ORDER_PARTS_MOST + 1);
        joint = "AND";
    }
    if (stage == STAGE_ALL) {
        return;
    }
    int last = stage == STAGE_INCLUSIVE ? order->part_count - 1 : stage;
    for (int i = 0; i <= last; i++) {
        const struct order_part *part = &order->parts[i];
        bool is_rising = part->is_descending == is_backward;
        const char *beyond = is_rising ? ">" : "<";
        buffer_addf(sql, " %s ", joint);
        add_part(sql, part);
        buffer_addf(sql, " %s%s ?%d", i < last ? "" : beyond,
                    i < last || stage == STAGE_INCLUSIVE ? "=" : "", i + 1);
        joint = "AND";
    }
}

static void add_ordering(struct buffer *sql, const struct order *order, bool is_backward) {
    for (int i = 0; i < order->part_count; i++) {
        bool is_rising = order->parts[i].is_descending == is_backward;
        buffer_add(sql, i == 0 ? " ORDER BY " : ", ");
        add_part(sql, &order->parts[i]);
        buffer_add(sql, is_rising ? " ASC" : " DESC");
    }
}

static bool order_fault(const struct order *order, struct fault *fault) {
    if (order->connection == database_of(order->workbook)) {
        return database_fault(order->workbook, fault, "read the list");
    }
    return fault_set(fault, FAULT_FAILED,
                     "Cannot read the sorted list: %s; make room where temporary files lie",
                     sqlite3_errmsg(order->connection));
}

/* Returns the statement of the stage, prepared when it is first asked for. */
static sqlite3_stmt *stage_statement(struct order *order, bool is_backward, int stage,
                                     struct fault *fault) {
    sqlite3_stmt **statement = &order->statements[is_backward][stage];
    if (*statement != NULL) {
        return *statement;
    }
    struct buffer sql = {0};
    buffer_addf(&sql, "SELECT %s FROM \"%s\"", order->columns, order->table);
    add_condition(&sql, order, is_backward, stage);
    add_ordering(&sql, order, is_backward);
    /* The limit tells the planner that few rows are wanted, so that it never sorts. */
    buffer_add(&sql, " LIMIT -1");
    int result = sqlite3_prepare_v3(order->connection, buffer_text(&sql), -1,
                                    SQLITE_PREPARE_PERSISTENT, statement, NULL);
    buffer_free(&sql);
    if (result != SQLITE_OK) {
        order_fault(order, fault);
    }
    return *statement;
}

struct walk window_walk_from(struct order *order, const struct place *from, bool is_backward,
                             bool is_inclusive) {
    int last = order->part_count - 1;
    int stage = is_inclusive ? STAGE_INCLUSIVE : last;
    return (struct walk){
        .order = order,
        .from = from,
        .is_backward = is_backward,
        .is_inclusive = is_inclusive,
        .stage = from == NULL ? STAGE_ALL : stage,
    };
}

static bool stage_begin(struct walk *walk, struct fault *fault) {
    const struct order *order = walk->order;
    walk->statement = stage_statement(walk->order, walk->is_backward, walk->stage, fault);
    if (walk->statement == NULL) {
        return false;
    }
    sqlite3_reset(walk->statement);
    if (order->fixed != NULL) {
        sqlite3_bind_int64(walk->statement, ORDER_PARTS_MOST + 1, order->fixed_value);
    }
    int last = walk->stage == STAGE_INCLUSIVE ? order->part_count - 1 : walk->stage;
    for (int i = 0; walk->from != NULL && i <= last; i++) {
        database_bind(walk->statement, i + 1, &walk->from->parts[i]);
    }
    return true;
}

/* Goes on to the next stage; false after the last one. */
static bool stage_next(struct walk *walk) {
    sqlite3_reset(walk->statement);
    walk->statement = NULL;
    if (walk->stage == STAGE_ALL || walk->stage == 0) {
        walk->stage = -1;
        return false;
    }
    walk->stage = walk->stage == STAGE_INCLUSIVE ? walk->order->part_count - 2 : walk->stage - 1;
    return walk->stage >= 0;
}

int window_walk_step(struct walk *walk, struct fault *fault) {
    while (walk->stage >= 0) {
        if (walk->statement == NULL && !stage_begin(walk, fault)) {
            return -1;
        }
        int result = sqlite3_step(walk->statement);
        if (result == SQLITE_ROW) {
            return 1;
        }
        if (result != SQLITE_DONE) {
            order_fault(walk->order, fault);
            return -1;
        }
        if (!stage_next(walk)) {
            break;
        }
    }
    return 0;
}

void window_walk_stop(struct walk *walk) {
    if (walk->statement != NULL) {
        sqlite3_reset(walk->statement);
        walk->statement = NULL;
    }
    walk->stage = -1;
}
