/* Owns rolling back in memory along the graph of batches; knows nothing of merging. From a merge
 * the way leads to the batch before it by what it did to its own copy, and to the other copy by
 * what it did to that one. */
#include "store/overlay.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "store/chain.h"
#include "store/database.h"

enum {
    SLOTS_FIRST = 64,
    RANGE_MOST = 50000000, /* rows inserted at once: more is a forged history */
};

static size_t slot_of(const struct overlay *overlay, enum register_id register_id, int64_t id) {
    /* Multiplying by an odd constant near the golden ratio of 2^64 spreads ids that lie close. */
    uint64_t hash = ((uint64_t)id * 32 + (uint64_t)register_id) * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (overlay->slot_count - 1);
    while (overlay->slots[slot] != 0) {
        const struct overlay_record *record = &overlay->records[overlay->slots[slot] - 1];
        if (record->register_id == register_id && record->id == id) {
            break;
        }
        slot = (slot + 1) & (overlay->slot_count - 1);
    }
    return slot;
}

const struct overlay_record *overlay_find(const struct overlay *overlay,
                                          enum register_id register_id, int64_t id) {
    size_t place = overlay->slot_count == 0 ? 0 : overlay->slots[slot_of(overlay, register_id, id)];
    return place == 0 ? NULL : &overlay->records[place - 1];
}

static void grow_slots(struct overlay *overlay) {
    free(overlay->slots);
    overlay->slot_count = overlay->slot_count == 0 ? SLOTS_FIRST : overlay->slot_count * 2;
    overlay->slots = memory_zero(overlay->slot_count, sizeof *overlay->slots);
    for (size_t i = 0; i < overlay->count; i++) {
        const struct overlay_record *record = &overlay->records[i];
        overlay->slots[slot_of(overlay, record->register_id, record->id)] = i + 1;
    }
}

/* The record, made where it is new: NODE touched it. */
static struct overlay_record *touch(struct overlay *overlay, enum register_id register_id,
                                    int64_t id, int node) {
    if ((overlay->count + 1) * 2 > overlay->slot_count) {
        grow_slots(overlay);
    }
    size_t slot = slot_of(overlay, register_id, id);
    if (overlay->slots[slot] == 0) {
        overlay->records = memory_reserve(overlay->records, &overlay->capacity, overlay->count + 1,
                                          sizeof *overlay->records);
        overlay->records[overlay->count++] = (struct overlay_record){
            .register_id = register_id, .id = id, .exists = true, .toucher = node};
        overlay->slots[slot] = overlay->count;
    }
    return &overlay->records[overlay->slots[slot] - 1];
}

static void forget_values(struct overlay_record *record) {
    if (record->values != NULL) {
        values_free(record->values, register_describe(record->register_id)->field_count);
    }
    free(record->values);
    record->values = NULL;
    record->known = 0;
}

static void note_writer(struct overlay_record *record, field_set fields, int node) {
    const int count = register_describe(record->register_id)->field_count;
    if (record->writers == NULL) {
        record->writers = memory_zero((size_t)count, sizeof *record->writers);
        for (int i = 0; i < count; i++) {
            record->writers[i] = LINEAGE_NONE;
        }
    }
    for (int i = 0; i < count; i++) {
        if ((fields & (field_set)1 << i) != 0 && record->writers[i] == LINEAGE_NONE) {
            record->writers[i] = node;
        }
    }
}

static bool unreadable(struct fault *fault) {
    return fault_set(fault, FAULT_FAILED, "its history cannot be read: restore a backup");
}

static bool roll_back_inserted(struct overlay *overlay, enum register_id register_id,
                               sqlite3_stmt *change, int node, struct fault *fault) {
    int64_t first_id = sqlite3_column_int64(change, 1);
    int64_t last_id = sqlite3_column_int64(change, 2);
    if (first_id <= 0 || last_id < first_id || last_id - first_id >= RANGE_MOST) {
        return unreadable(fault);
    }
    for (int64_t id = first_id; id <= last_id; id++) {
        struct overlay_record *record = touch(overlay, register_id, id, node);
        forget_values(record);
        record->exists = false;
    }
    return true;
}

/* Puts values before over what is known. */
static bool roll_back_values(struct overlay *overlay, enum register_id register_id,
                             sqlite3_stmt *change, int node, struct fault *fault) {
    const int count = register_describe(register_id)->field_count;
    struct overlay_record *record =
        touch(overlay, register_id, sqlite3_column_int64(change, 1), node);
    field_set fields = 0;
    record->exists = true;
    if (record->values == NULL) {
        record->values = memory_zero((size_t)count, sizeof *record->values);
    }
    bool good = image_read(register_id, sqlite3_column_blob(change, 4),
                           (size_t)sqlite3_column_bytes(change, 4), record->values, &fields, fault);
    record->known |= fields;
    note_writer(record, fields, node);
    return good;
}

static bool roll_back_change(struct overlay *overlay, sqlite3_stmt *change, int node,
                             struct fault *fault) {
    const char *name = (const char *)sqlite3_column_text(change, 0);
    enum register_id register_id = name == NULL ? REGISTER_NONE : register_find(name);
    enum touch how;
    if (register_id == REGISTER_NONE ||
        !chain_find_touch((const char *)sqlite3_column_text(change, 3), &how)) {
        return unreadable(fault);
    }
    if (how == TOUCH_INSERTED) {
        return roll_back_inserted(overlay, register_id, change, node, fault);
    }
    if (how == TOUCH_DELETED) {
        struct overlay_record *record =
            touch(overlay, register_id, sqlite3_column_int64(change, 1), node);
        forget_values(record);
        record->known = (field_set)-1;
    }
    return roll_back_values(overlay, register_id, change, node, fault);
}

/* Rolls back what leads from NODE to the one that comes next on the way. */
static bool roll_back_step(struct overlay *overlay, const struct lineage *lineage, int node,
                           int next, struct fault *fault) {
    const struct lineage_node *batch = &lineage->nodes[node];
    struct workbook *workbook = lineage->workbook;
    sqlite3_stmt *changes;
    if (next != batch->parent) {
        changes = chain_open_merge_changes(workbook, &batch->hash, fault);
    } else if (batch->is_own) {
        changes = chain_open_changes(workbook, batch->number, fault);
    } else {
        changes = chain_open_other_changes(workbook, &batch->hash, fault);
    }
    bool good = changes != NULL;
    int step = 0;
    while (good && (step = chain_step_changes(workbook, changes, fault)) == 1) {
        good = roll_back_change(overlay, changes, node, fault);
    }
    sqlite3_finalize(changes);
    return good && step == 0;
}

bool overlay_build(struct overlay *overlay, const struct lineage *lineage, int node,
                   struct fault *fault) {
    struct node_list path = {0};
    bool good = lineage_find_path(lineage, lineage->head, node, &path) ||
                fault_set(fault, FAULT_FAILED, "%s: its history has a gap: restore a backup",
                          workbook_path(lineage->workbook));
    *overlay = (struct overlay){0};
    for (size_t i = 0; i + 1 < path.count && good; i++) {
        good = roll_back_step(overlay, lineage, path.items[i], path.items[i + 1], fault);
    }
    free(path.items);
    return good;
}

void overlay_free(struct overlay *overlay) {
    for (size_t i = 0; i < overlay->count; i++) {
        forget_values(&overlay->records[i]);
        free(overlay->records[i].writers);
    }
    free(overlay->records);
    free(overlay->slots);
    *overlay = (struct overlay){0};
}
