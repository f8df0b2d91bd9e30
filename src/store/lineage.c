/* Owns the graph of batches: which came from which, what a batch knows, where two lines meet. Knows
 * nothing of what batches did.
 *
 * A batch comes from the one before it in its history and, where it is a merge, from the newest of
 * the other copy as well. Numbers count along one history from its first batch, so that an undo
 * names what it takes back by number among those before it. */
#include "store/lineage.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/whole_set.h"
#include "store/chain.h"
#include "store/database.h"
#include "store/state.h"

enum { SLOTS_FIRST = 256 };

void node_list_add(struct node_list *list, int node) {
    list->items =
        memory_reserve(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = node;
}

/* The slot of the hash, or the free one where it belongs. Hashes are spread already. */
static size_t slot_of(const struct lineage *lineage, const struct digest *hash) {
    uint64_t start;
    memcpy(&start, hash->bytes, sizeof start);
    size_t slot = (size_t)start & (lineage->slot_count - 1);
    while (lineage->slots[slot] != 0 &&
           !digest_equals(&lineage->nodes[lineage->slots[slot] - 1].hash, hash)) {
        slot = (slot + 1) & (lineage->slot_count - 1);
    }
    return slot;
}

int lineage_find(const struct lineage *lineage, const struct digest *hash) {
    return lineage->slot_count == 0 ? LINEAGE_NONE : lineage->slots[slot_of(lineage, hash)] - 1;
}

static void grow_slots(struct lineage *lineage) {
    free(lineage->slots);
    lineage->slot_count = lineage->slot_count == 0 ? SLOTS_FIRST : lineage->slot_count * 2;
    lineage->slots = memory_zero(lineage->slot_count, sizeof *lineage->slots);
    for (size_t i = 0; i < lineage->count; i++) {
        lineage->slots[slot_of(lineage, &lineage->nodes[i].hash)] = (int)i + 1;
    }
}

static void add_node(struct lineage *lineage, const struct chain_link *link, bool is_own) {
    if ((lineage->count + 1) * 2 > lineage->slot_count) {
        grow_slots(lineage);
    }
    lineage->nodes = memory_reserve(lineage->nodes, &lineage->capacity, lineage->count + 1,
                                    sizeof *lineage->nodes);
    lineage->nodes[lineage->count++] =
        (struct lineage_node){.hash = link->hash,
                              .number = link->number,
                              .undoes = link->undoes,
                              .parent = LINEAGE_NONE,
                              .merged = LINEAGE_NONE,
                              .is_own = is_own,
                              .time = memory_copy_text(link->time),
                              .actor = memory_copy_text(link->actor),
                              .label = memory_copy_text(link->label)};
    lineage->slots[slot_of(lineage, &link->hash)] = (int)lineage->count;
}

/* The parents' hashes, beside the node that they belong to. */
struct parents {
    struct digest parent, merged;
    bool has_merged;
};

struct parents_list {
    struct parents *items;
    size_t count, capacity;
};

static bool load_table(struct lineage *lineage, const char *sql, bool is_own,
                       struct parents_list *parents, struct fault *fault) {
    int result = SQLITE_ERROR;
    struct chain_link link;
    sqlite3_stmt *statement = database_prepare(lineage->workbook, sql, fault);
    while (statement != NULL && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        if (!chain_take(statement, &link)) {
            fault_set(fault, FAULT_FAILED, "%s: its history cannot be read: restore a backup",
                      workbook_path(lineage->workbook));
            break;
        }
        add_node(lineage, &link, is_own);
        parents->items = memory_reserve(parents->items, &parents->capacity, parents->count + 1,
                                        sizeof *parents->items);
        parents->items[parents->count++] = (struct parents){
            .parent = link.parent, .merged = link.merged, .has_merged = link.has_merged};
    }
    if (statement != NULL && result != SQLITE_DONE && result != SQLITE_ROW) {
        database_fault(lineage->workbook, fault, "read its history");
    }
    sqlite3_finalize(statement);
    return result == SQLITE_DONE;
}

bool lineage_load(struct lineage *lineage, struct workbook *workbook, struct fault *fault) {
    struct parents_list parents = {0};
    *lineage = (struct lineage){.workbook = workbook, .head = LINEAGE_NONE};
    bool good = load_table(lineage, "SELECT " CHAIN_COLUMNS " FROM main.c5_batch ORDER BY number",
                           true, &parents, fault);
    lineage->head = (int)lineage->count - 1;
    good = good && load_table(lineage, "SELECT " CHAIN_COLUMNS " FROM main.c5_other_batch", false,
                              &parents, fault);
    for (size_t i = 0; i < parents.count; i++) {
        struct lineage_node *node = &lineage->nodes[i];
        node->parent = lineage_find(lineage, &parents.items[i].parent);
        if (parents.items[i].has_merged) {
            node->merged = lineage_find(lineage, &parents.items[i].merged);
        }
    }
    free(parents.items);
    return good;
}

void lineage_free(struct lineage *lineage) {
    for (size_t i = 0; i < lineage->count; i++) {
        free(lineage->nodes[i].time);
        free(lineage->nodes[i].actor);
        free(lineage->nodes[i].label);
    }
    free(lineage->nodes);
    free(lineage->slots);
    *lineage = (struct lineage){.head = LINEAGE_NONE};
}

static bool list_has(const struct node_list *list, int node) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == node) {
            return true;
        }
    }
    return false;
}

/* Walks one history back from its node START. Whoever takes a batch back comes after it, and so
 * sooner here. */
static void mark_line(const struct lineage *lineage, int start, bool *known,
                      struct node_list *starts) {
    struct whole_set undone = {0};
    for (int i = start; i != LINEAGE_NONE; i = lineage->nodes[i].parent) {
        const struct lineage_node *node = &lineage->nodes[i];
        bool stands = !whole_set_has(&undone, node->number);
        if (stands && node->undoes != 0) {
            whole_set_add(&undone, node->undoes);
        }
        if (stands && node->merged != LINEAGE_NONE && !list_has(starts, node->merged)) {
            node_list_add(starts, node->merged);
        }
        known[i] = true;
    }
    whole_set_free(&undone);
}

void lineage_mark_known(const struct lineage *lineage, int start, bool *known,
                        struct node_list *starts) {
    if (start == LINEAGE_NONE || list_has(starts, start)) {
        return;
    }
    size_t next = starts->count;
    node_list_add(starts, start);
    for (; next < starts->count; next++) {
        mark_line(lineage, starts->items[next], known, starts);
    }
}

/* The newest node of the line that is common to both sides. */
static int first_common(const struct lineage *lineage, int start, const bool *common) {
    int i = start;
    while (i != LINEAGE_NONE && !common[i]) {
        i = lineage->nodes[i].parent;
    }
    return i;
}

void lineage_find_bases(const struct lineage *lineage, const bool *common,
                        const struct node_list *starts, struct node_list *bases) {
    bool *below = memory_zero(lineage->count + 1, sizeof *below);
    bool *known = memory_zero(lineage->count + 1, sizeof *known);
    struct node_list found = {0};
    for (size_t i = 0; i < starts->count; i++) {
        int node = first_common(lineage, starts->items[i], common);
        if (node == LINEAGE_NONE || below[node] || list_has(&found, node)) {
            continue;
        }
        struct node_list lines = {0};
        memset(known, 0, lineage->count * sizeof *known);
        lineage_mark_known(lineage, node, known, &lines);
        for (size_t j = 0; j < lineage->count; j++) {
            below[j] = below[j] || (known[j] && (int)j != node);
        }
        free(lines.items);
        node_list_add(&found, node);
    }
    for (size_t i = 0; i < found.count; i++) {
        if (!below[found.items[i]]) {
            node_list_add(bases, found.items[i]);
        }
    }
    free(found.items);
    free(below);
    free(known);
}

/* Puts NODE into the queue of a search where it is new. */
static void reach(struct node_list *queue, int *came_from, int node, int from) {
    if (node != LINEAGE_NONE && came_from[node] == LINEAGE_NONE) {
        came_from[node] = from;
        node_list_add(queue, node);
    }
}

bool lineage_find_path(const struct lineage *lineage, int from, int to, struct node_list *path) {
    int *came_from = memory_zero(lineage->count + 1, sizeof *came_from);
    struct node_list queue = {0};
    for (size_t i = 0; i < lineage->count; i++) {
        came_from[i] = LINEAGE_NONE;
    }
    /* From the older end to the newer one there is no way along the links, so the search begins at
     * the newer one, and the way is written down from the older. */
    reach(&queue, came_from, from, from);
    for (size_t i = 0; i < queue.count && came_from[to] == LINEAGE_NONE; i++) {
        int node = queue.items[i];
        reach(&queue, came_from, lineage->nodes[node].parent, node);
        reach(&queue, came_from, lineage->nodes[node].merged, node);
    }
    bool is_found = came_from[to] != LINEAGE_NONE;
    for (int node = to; is_found; node = came_from[node]) {
        node_list_add(path, node);
        if (node == from) {
            break;
        }
    }
    for (size_t i = 0; i < path->count / 2; i++) {
        int other = path->items[path->count - 1 - i];
        path->items[path->count - 1 - i] = path->items[i];
        path->items[i] = other;
    }
    free(came_from);
    free(queue.items);
    return is_found;
}
