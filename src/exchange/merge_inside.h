/* What a merge is inside, and what its files give to each other. */
#ifndef EXCHANGE_MERGE_INSIDE_H
#define EXCHANGE_MERGE_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/exchange/merge.h"
#include "clause5/register/value.h"
#include "clause5/store/fork.h"
#include "clause5/store/record.h"
#include "exchange/id_map.h"

enum merge_side { SIDE_OURS, SIDE_THEIRS, SIDES, SIDE_NONE = -1 };

/* A set of fields by bit, as in struct fork_record. */
typedef uint32_t merge_fields;

/* What a text names: the record whose key it holds, and what stands behind the key. */
struct merge_name {
    enum register_id register_id; /* REGISTER_NONE: nothing that is there */
    int64_t id;                   /* in the merged workbook */
    char *suffix;                 /* owned; NULL: nothing */
};

/* One record of either side. References of theirs are ids of the merged workbook, texts that name
 * records of ours do so as ours does. */
struct merge_item {
    enum register_id register_id;
    int64_t id;   /* in the merged workbook */
    bool is_gone; /* it went into another item: the two are one record */
    const struct fork_record *records[SIDES]; /* the same one, unless two were made one */
    struct value *base;                       /* NULL: it was not there */
    struct value *sides[SIDES];               /* NULL: it is not there */
    merge_fields unsure;                      /* fields without a value before */
    merge_fields taken;                       /* fields that theirs decides */
    merge_fields clashing;                    /* fields in conflict */
    enum merge_side deleter;                  /* who deleted what was there before */
    struct merge_name names[SIDES];
    bool is_row_conflict; /* the row as a whole is one conflict */

    /* What the choices make of it (merge_settle.c): */
    merge_fields chosen;    /* fields in conflict that are decided for theirs */
    enum merge_side forced; /* the side whose row stands as it is */
    bool is_kept;           /* although one side deleted it */
    bool stays_open;        /* a round: the closing is left out */
    struct value *merged;   /* NULL: not there */
    bool owns_merged;       /* else it is that of a side */
};

enum conflict_kind {
    CONFLICT_FIELDS,    /* both changed them */
    CONFLICT_DELETED,   /* one changed the record, the other deleted it */
    CONFLICT_REFERENCE, /* one refers to what the other deleted */
    CONFLICT_CLOSING,   /* one closed the round, the other went on with it */
    CONFLICT_ROW,       /* both changed fields that do not go together */
};

struct conflict {
    struct merge_conflict shown; /* owns its texts, but for the name of the field and the writers */
    enum conflict_kind kind;
    size_t item;
    merge_fields fields;    /* CONFLICT_FIELDS, CONFLICT_REFERENCE */
    size_t target;          /* CONFLICT_REFERENCE: the item that was deleted */
    enum merge_side keeper; /* who changed, refers or closed: choosing it keeps what it has */
};

struct merge {
    struct workbook *workbooks[SIDES];
    struct fork *fork;
    struct merge_item *items;
    size_t count, capacity;
    struct id_map by_id[REGISTER_COUNT]; /* place of the item, by id in the merged workbook */
    struct id_map pairs[REGISTER_COUNT]; /* ids of theirs that are records of ours by another id */
    struct conflict *conflicts;
    size_t conflict_count, conflict_capacity;

    /* Of the last try: */
    struct merge_counts counts[REGISTER_COUNT];
    struct merge_renumbering *renumberings;
    size_t renumbering_count, renumbering_capacity;
    char **findings;
    size_t finding_count, finding_capacity;
};

static inline merge_fields merge_bit(int field) {
    return (merge_fields)1 << field;
}

static inline int merge_field_count(const struct merge_item *item) {
    return register_describe(item->register_id)->field_count;
}

/* merge_items.c: makes the items and finds those that are one record. */
bool items_make(struct merge *merge, struct fault *fault);
void items_free(struct merge *merge);

/* Returns the item of that id in the merged workbook, else NULL. */
struct merge_item *items_find(const struct merge *merge, enum register_id register_id, int64_t id);

/* merge_names.c: the field of the register that names a record by its key, or -1. */
int names_field(enum register_id register_id);

/* Finds what the texts of all items name; and, once pairs are known, writes those of theirs as ours
 * would. */
bool names_resolve(struct merge *merge, struct fault *fault);
bool names_translate(struct merge *merge, struct fault *fault);

/* Writes names anew in the open batch, where their records are now called otherwise. */
bool names_follow(struct merge *merge, struct fault *fault);

/* merge_links.c: what the values of an item refer to, as one of its sides has them. A link binds
 * where the item cannot be without it. */
struct link {
    int field;
    enum register_id register_id;
    int64_t id;
    bool binds;
};
enum { LINKS_MOST = REGISTER_FIELDS_MOST };
int links_of(const struct merge *merge, const struct merge_item *item, const struct value *values,
             enum merge_side side, struct link links[LINKS_MOST]);

/* merge_compare.c: finds the conflicts of all items. */
bool compare_all(struct merge *merge, struct fault *fault);

/* merge_rounds.c: finds the rounds that one side closed while the other went on. */
bool rounds_compare(struct merge *merge, struct fault *fault);

/* Calls VISIT for each item of the round: the audit itself, its lines and samples. */
void rounds_visit(struct merge *merge, int64_t audit,
                  void (*visit)(void *context, struct merge_item *item), void *context);

/* merge_conflicts.c: adds a conflict and says it in words. */
bool conflict_add(struct merge *merge, const struct conflict *conflict, struct fault *fault);
void conflicts_free(struct merge *merge);

/* merge_settle.c: works out, from the choices, what becomes of every item. */
void settle(struct merge *merge);

/* Puts a value into the merged row of an item, which gets a row of its own. */
void settle_set(struct merge_item *item, int field, const struct value *value);

/* merge_keys.c: gives records another ref where theirs is taken, and leaves out other values that
 * may be there once only. */
bool keys_part(struct merge *merge, struct fault *fault);

/* merge.c: adds a finding; TEXT is taken over. */
void merge_add_finding(struct merge *merge, char *text);

#endif
