/* Owns the comparison of two copies: their common past and the records touched since. Writes
 * nothing. */
#include "store/fork_inside.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "store/chain.h"
#include "store/connection.h"
#include "store/database.h"
#include "store/row.h"
#include "store/state.h"

static bool refuse_strangers(const struct fork *fork, struct fault *fault) {
    return fault_set(fault, FAULT_REFUSED,
                     "%s and %s share no past: they are no copies of one workbook and cannot be "
                     "merged; take one over into the other with export all and import all",
                     workbook_path(fork->ours), workbook_path(fork->theirs));
}

/* Marks in COMMON the nodes of ours that both know; STARTS become those of ours. */
static void mark_common(struct fork *fork, bool *common, struct node_list *starts) {
    const struct lineage *ours = &fork->our_lineage;
    const struct lineage *theirs = &fork->their_lineage;
    bool *of_ours = memory_zero(ours->count + 1, sizeof *of_ours);
    bool *of_theirs = memory_zero(theirs->count + 1, sizeof *of_theirs);
    struct node_list their_starts = {0};
    lineage_mark_known(ours, ours->head, of_ours, starts);
    lineage_mark_known(theirs, theirs->head, of_theirs, &their_starts);
    for (size_t i = 0; i < theirs->count; i++) {
        int node = lineage_find(ours, &theirs->nodes[i].hash);
        fork->is_new[i] = of_theirs[i] && (node == LINEAGE_NONE || !of_ours[node]);
        if (node != LINEAGE_NONE) {
            common[node] = of_ours[node] && of_theirs[i];
        }
    }
    fork->is_known = theirs->head == LINEAGE_NONE || !fork->is_new[theirs->head];
    free(of_ours);
    free(of_theirs);
    free(their_starts.items);
}

static bool find_origin(struct fork *fork, struct fault *fault) {
    bool *common = memory_zero(fork->our_lineage.count + 1, sizeof *common);
    struct node_list starts = {0};
    struct node_list bases = {0};
    fork->is_new = memory_zero(fork->their_lineage.count + 1, sizeof *fork->is_new);
    mark_common(fork, common, &starts);
    lineage_find_bases(&fork->our_lineage, common, &starts, &bases);
    bool good = bases.count > 0 || refuse_strangers(fork, fault);
    if (good && !fork->is_known) {
        fork->origin = origin_new(&fork->our_lineage, &bases, fault);
        const struct digest *last = &fork->our_lineage.nodes[bases.items[bases.count - 1]].hash;
        good =
            fork->origin != NULL && overlay_build(&fork->their_overlay, &fork->their_lineage,
                                                  lineage_find(&fork->their_lineage, last), fault);
    }
    free(common);
    free(starts.items);
    free(bases.items);
    return good;
}

static bool load_values(struct workbook *workbook, const struct fork_record *record,
                        struct value **values, struct fault *fault) {
    struct value read[REGISTER_FIELDS_MOST];
    const size_t size = (size_t)register_describe(record->register_id)->field_count * sizeof *read;
    enum lookup lookup = row_read(workbook, record->register_id, record->id, read, fault);
    if (lookup == LOOKUP_FOUND) {
        *values = memory_zero(1, size);
        memcpy(*values, read, size);
    }
    return lookup != LOOKUP_FAULT;
}

static bool add_record(struct fork *fork, const struct overlay_record *touched,
                       struct fault *fault) {
    fork->records =
        memory_reserve(fork->records, &fork->capacity, fork->count + 1, sizeof *fork->records);
    struct fork_record *record = &fork->records[fork->count++];
    *record = (struct fork_record){.register_id = touched->register_id, .id = touched->id};
    return load_values(fork->ours, record, &record->ours, fault) &&
           load_values(fork->theirs, record, &record->theirs, fault) &&
           origin_fill(fork->origin, &fork->our_lineage, record, fault);
}

static int compare_records(const void *a, const void *b) {
    const struct fork_record *x = a;
    const struct fork_record *y = b;
    if (x->register_id != y->register_id) {
        return x->register_id < y->register_id ? -1 : 1;
    }
    return (x->id > y->id) - (x->id < y->id);
}

static bool collect_records(struct fork *fork, struct fault *fault) {
    const struct overlay *ours = &fork->origin->overlay;
    const struct overlay *theirs = &fork->their_overlay;
    bool good = true;
    for (size_t i = 0; i < ours->count && good; i++) {
        good = add_record(fork, &ours->records[i], fault);
    }
    for (size_t i = 0; i < theirs->count && good; i++) {
        const struct overlay_record *touched = &theirs->records[i];
        good = overlay_find(ours, touched->register_id, touched->id) != NULL ||
               add_record(fork, touched, fault);
    }
    if (fork->count > 0) {
        qsort(fork->records, fork->count, sizeof *fork->records, compare_records);
    }
    return good;
}

/* Proves a history before anything of it is relied upon. */
static bool prove(struct workbook *workbook, struct fault *fault) {
    return history_verify(workbook, fault) ||
           fault_prefix(fault, "%s cannot be merged", workbook_path(workbook));
}

/* Theirs may have a writer of its own: what was proved must be what is read. */
static bool begin_reading(struct fork *fork, struct fault *fault) {
    struct chain_link before;
    struct chain_link now;
    if (!chain_read_newest(fork->theirs, &before, fault) || !prove(fork->theirs, fault) ||
        !database_run(fork->theirs, "BEGIN", fault)) {
        return false;
    }
    fork->is_reading = true;
    return chain_read_newest(fork->theirs, &now, fault) &&
           (digest_equals(&before.hash, &now.hash) ||
            fault_set(fault, FAULT_REFUSED, "%s was changed just now: try again",
                      workbook_path(fork->theirs)));
}

struct fork *fork_open(struct workbook *ours, struct workbook *theirs, struct fault *fault) {
    struct fork *fork = memory_zero(1, sizeof *fork);
    *fork = (struct fork){.ours = ours,
                          .theirs = theirs,
                          .our_lineage = {.head = LINEAGE_NONE},
                          .their_lineage = {.head = LINEAGE_NONE}};
    connection_use_folder(ours);
    bool good = begin_reading(fork, fault) && lineage_load(&fork->our_lineage, ours, fault) &&
                lineage_load(&fork->their_lineage, theirs, fault);
    /* Strangers are told before the longer proof of ours. */
    good = good && find_origin(fork, fault) && prove(ours, fault) &&
           (fork->is_known || collect_records(fork, fault));
    if (!good) {
        fork_close(fork);
        return NULL;
    }
    return fork;
}

void fork_close(struct fork *fork) {
    if (fork == NULL) {
        return;
    }
    for (size_t i = 0; i < fork->count; i++) {
        const struct fork_record *record = &fork->records[i];
        struct value *const sides[] = {record->base, record->ours, record->theirs};
        for (size_t j = 0; j < COUNT(sides); j++) {
            if (sides[j] != NULL) {
                values_free(sides[j], register_describe(record->register_id)->field_count);
            }
            free(sides[j]);
        }
    }
    if (fork->is_reading) {
        /* It only read; a fault of the end changes nothing. */
        sqlite3_exec(fork->theirs->database, "ROLLBACK", NULL, NULL, NULL);
    }
    free(fork->records);
    free(fork->is_new);
    origin_free(fork->origin);
    overlay_free(&fork->their_overlay);
    lineage_free(&fork->our_lineage);
    lineage_free(&fork->their_lineage);
    free(fork);
}

bool fork_is_known(const struct fork *fork) {
    return fork->is_known;
}

size_t fork_count(const struct fork *fork) {
    return fork->count;
}

const struct fork_record *fork_record(const struct fork *fork, size_t index) {
    return &fork->records[index];
}

struct fork_writer fork_writer_of(const struct fork *fork, const struct fork_record *record,
                                  int field, bool is_theirs) {
    const struct lineage *lineage = is_theirs ? &fork->their_lineage : &fork->our_lineage;
    const struct overlay_record *touched = overlay_find(
        is_theirs ? &fork->their_overlay : &fork->origin->overlay, record->register_id, record->id);
    int node = LINEAGE_NONE;
    if (touched != NULL) {
        node = field >= 0 && touched->writers != NULL ? touched->writers[field] : LINEAGE_NONE;
        node = node == LINEAGE_NONE ? touched->toucher : node;
    }
    if (node == LINEAGE_NONE) {
        return (struct fork_writer){.actor = "", .time = "", .label = ""};
    }
    const struct lineage_node *batch = &lineage->nodes[node];
    return (struct fork_writer){.actor = batch->actor, .time = batch->time, .label = batch->label};
}
