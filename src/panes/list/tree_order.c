/* Owns the order of a tree; knows nothing of how it is drawn. */
#include "panes/list/tree_order.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"

/* The depth is bounded so that lines that run in a circle end. */
static void print_sql(const struct register_description *described, int parent_field,
                      struct buffer *sql) {
    const char *name = described->name;
    const char *key = described->fields[described->key[0]].name;
    const char *parent = described->fields[parent_field].name;
    buffer_addf(sql,
                "WITH RECURSIVE line AS ("
                " SELECT id, 0 AS depth, %s AS path FROM %s WHERE %s IS NULL"
                " UNION ALL"
                " SELECT t.id, line.depth + 1, line.path || char(1) || t.%s"
                " FROM line JOIN %s AS t ON t.%s = line.id WHERE line.depth < 100),"
                " placed AS ("
                " SELECT 0 AS is_round, id, depth, path FROM line"
                " UNION ALL"
                " SELECT 1, id, 0, %s FROM %s WHERE id NOT IN (SELECT id FROM line))"
                " SELECT id, depth FROM placed ORDER BY is_round, path",
                key, name, parent, key, name, parent, key, name);
}

bool tree_order_load(struct tree_order *order, struct workbook *workbook,
                     enum register_id register_id, int parent_field, struct fault *fault) {
    struct buffer sql = {0};
    print_sql(register_describe(register_id), parent_field, &sql);
    struct query *query = query_open(workbook, buffer_text(&sql), fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    order->count = 0;
    for (; step == 1; step = query_step(query, fault)) {
        order->places = memory_reserve(order->places, &order->capacity, order->count + 1,
                                       sizeof *order->places);
        order->places[order->count++] =
            (struct tree_place){.id = query_whole(query, 0), .depth = (int)query_whole(query, 1)};
    }
    query_close(query);
    buffer_free(&sql);
    return step == 0;
}

size_t tree_order_find(const struct tree_order *order, int64_t id) {
    size_t place = 0;
    while (place < order->count && order->places[place].id != id) {
        place++;
    }
    return place;
}

void tree_order_free(struct tree_order *order) {
    free(order->places);
    *order = (struct tree_order){0};
}
