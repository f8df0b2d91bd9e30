/* The batches of a workbook and of every copy merged into it, as what came from what. */
#ifndef CLAUSE5_STORE_LINEAGE_H
#define CLAUSE5_STORE_LINEAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/store/history.h"
#include "clause5/store/workbook.h"
#include "store/digest.h"

enum { LINEAGE_NONE = -1 };

/* One batch. Nodes are known by their index. */
struct lineage_node {
    struct digest hash;
    int64_t number; /* in the history that it was made in */
    int64_t undoes;
    int parent;  /* LINEAGE_NONE before the first */
    int merged;  /* the second parent of a merge, else LINEAGE_NONE */
    bool is_own; /* it stands in c5_batch, else in c5_other_batch */
    char *time, *actor, *label;
};

struct lineage {
    struct workbook *workbook;
    struct lineage_node *nodes;
    size_t count, capacity;
    int *slots; /* node plus one by hash, 0: free */
    size_t slot_count;
    int head; /* LINEAGE_NONE in a workbook without history */
};

/* A list of nodes, to be freed with free of its items. */
struct node_list {
    int *items;
    size_t count, capacity;
};

void node_list_add(struct node_list *list, int node);

/* Reads all batches. Released with lineage_free, also after a fault. */
bool lineage_load(struct lineage *lineage, struct workbook *workbook, struct fault *fault);
void lineage_free(struct lineage *lineage);

/* Returns the node of that hash, or LINEAGE_NONE. */
int lineage_find(const struct lineage *lineage, const struct digest *hash);

/* Marks in KNOWN (a flag per node, all false) every node that START knows: itself, what came before
 * it, and what merges among those brought that still stand; a merge that was taken back brings
 * nothing. Adds to STARTS the nodes where a line begins: START and the merged ones. */
void lineage_mark_known(const struct lineage *lineage, int start, bool *known,
                        struct node_list *starts);

/* Adds to BASES the nodes of COMMON (a flag per node) that no other node of COMMON knows. STARTS
 * are those of lineage_mark_known of one of the sides. */
void lineage_find_bases(const struct lineage *lineage, const bool *common,
                        const struct node_list *starts, struct node_list *bases);

/* Fills PATH with the nodes on a shortest way from FROM back to TO, both included; false where
 * there is none. */
bool lineage_find_path(const struct lineage *lineage, int from, int to, struct node_list *path);

#endif
