/* Owns what may be there once only: keys and unique fields that records of both sides came to share
 * although they are different records. Ours keeps its own; theirs gets the next free ref, or where
 * the register has none, stays without the value. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/query.h"
#include "exchange/merge_inside.h"

enum { NUMBER_MOST = 100000000, DIGITS_MOST = 9 };

/* What may be there once: the key (FIELD -1), or a unique field. */
struct once {
    struct merge *merge;
    enum register_id register_id;
    int field;
    struct id_map taken; /* place of the item, by the hash of what it has */
};

static void add_lower(struct buffer *out, const char *text) {
    for (; *text != '\0'; text++) {
        buffer_add_byte(out, (char)tolower((unsigned char)*text));
    }
}

static void add_value(const struct value *value, struct buffer *out) {
    if (value->kind == VALUE_WHOLE) {
        buffer_addf(out, "%lld", (long long)value->whole);
    } else {
        add_lower(out, value_text(value));
    }
    buffer_add(out, "\x1f");
}

static void add_once(const struct once *once, const struct value *values, struct buffer *out) {
    const struct register_description *description = register_describe(once->register_id);
    if (once->field >= 0) {
        add_value(&values[once->field], out);
        return;
    }
    for (int i = 0; i < description->key_count; i++) {
        add_value(&values[description->key[i]], out);
    }
}

/* FNV-1a, never 0. What it finds is compared letter by letter. */
static int64_t hash_text(const char *text) {
    uint64_t hash = 14695981039346656037U;
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211U;
    }
    return (int64_t)(hash | 1);
}

static bool has_value(const struct once *once, const struct value *values) {
    return values != NULL && (once->field < 0 || values[once->field].kind != VALUE_EMPTY);
}

/* True where the merged row has what its row of ours has. */
static bool is_as_ours(const struct once *once, const struct merge_item *item) {
    struct buffer ours = {0};
    struct buffer merged = {0};
    if (!has_value(once, item->sides[SIDE_OURS])) {
        return false;
    }
    add_once(once, item->sides[SIDE_OURS], &ours);
    add_once(once, item->merged, &merged);
    bool is_same = strcmp(buffer_text(&ours), buffer_text(&merged)) == 0;
    buffer_free(&ours);
    buffer_free(&merged);
    return is_same;
}

/* Takes the item's value; false where another item has it. */
static bool take(struct once *once, const struct merge_item *item) {
    struct buffer own = {0};
    struct buffer other = {0};
    int64_t place = item - once->merge->items;
    int64_t taker = place;
    add_once(once, item->merged, &own);
    bool is_free = id_map_add(&once->taken, hash_text(buffer_text(&own)), place) ||
                   !id_map_find(&once->taken, hash_text(buffer_text(&own)), &taker) ||
                   taker == place;
    if (!is_free) {
        add_once(once, once->merge->items[taker].merged, &other);
        is_free = strcmp(buffer_text(&own), buffer_text(&other)) != 0;
    }
    buffer_free(&own);
    buffer_free(&other);
    return is_free;
}

/* Finds who has the value in ours now. */
static enum lookup find_in_ours(const struct once *once, const struct merge_item *item, int64_t *id,
                                struct fault *fault) {
    struct workbook *ours = once->merge->workbooks[SIDE_OURS];
    const struct register_description *description = register_describe(once->register_id);
    struct buffer sql = {0};
    if (once->field < 0) {
        return record_find(ours, once->register_id, item->merged, id, fault);
    }
    buffer_addf(&sql, "SELECT id FROM \"%s\" WHERE \"%s\" = :value COLLATE NOCASE",
                description->name, description->fields[once->field].name);
    struct query *query = query_open(ours, buffer_text(&sql), fault);
    int step = -1;
    if (query != NULL) {
        query_bind_text(query, ":value", value_text(&item->merged[once->field]));
        step = query_step(query, fault);
        *id = step == 1 ? query_whole(query, 0) : 0;
        query_close(query);
    }
    buffer_free(&sql);
    return step < 0 ? LOOKUP_FAULT : step == 1 ? LOOKUP_FOUND : LOOKUP_NONE;
}

/* LOOKUP_FOUND where a record that no side touched has the value. */
static enum lookup find_untouched(const struct once *once, const struct merge_item *item,
                                  struct fault *fault) {
    int64_t id = 0;
    enum lookup found = find_in_ours(once, item, &id, fault);
    return found == LOOKUP_FOUND && items_find(once->merge, once->register_id, id) != NULL
               ? LOOKUP_NONE
               : found;
}

/* LOOKUP_FOUND where the value is free, and it is the item's from now on. */
static enum lookup try_take(struct once *once, const struct merge_item *item, struct fault *fault) {
    enum lookup stranger = find_untouched(once, item, fault);
    if (stranger != LOOKUP_NONE) {
        return stranger == LOOKUP_FOUND ? LOOKUP_NONE : LOOKUP_FAULT;
    }
    return take(once, item) ? LOOKUP_FOUND : LOOKUP_NONE;
}

/* A ref that counts: the register's prefix and digits. */
struct counted {
    char *prefix;
    int width, number;
    bool is_numbered;
};

static struct counted read_ref(enum register_id register_id, const char *ref) {
    const char *prefix = register_describe(register_id)->ref_prefix;
    const size_t len_bytes = prefix == NULL ? 0 : strlen(prefix);
    const char *digits = ref + len_bytes;
    struct counted counted = {.prefix = memory_copy_text(ref), .number = 1};
    if (prefix == NULL || strncmp(ref, prefix, len_bytes) != 0 || digits[0] == '\0' ||
        strspn(digits, "0123456789") != strlen(digits) || strlen(digits) >= DIGITS_MOST) {
        return counted;
    }
    free(counted.prefix);
    return (struct counted){.prefix = memory_copy_bytes(ref, len_bytes),
                            .width = (int)strlen(digits),
                            .number = (int)strtol(digits, NULL, 10),
                            .is_numbered = true};
}

/* Sets the refs that follow one by one until one is free. */
static bool renumber(struct once *once, struct merge_item *item, struct fault *fault) {
    const int ref = register_describe(once->register_id)->key[0];
    char *from = memory_copy_text(value_text(&item->merged[ref]));
    struct counted counted = read_ref(once->register_id, from);
    enum lookup taken = LOOKUP_NONE;
    while (taken == LOOKUP_NONE && counted.number < NUMBER_MOST) {
        struct buffer text = {0};
        counted.number++;
        buffer_addf(&text, counted.is_numbered ? "%s%0*d" : "%s-%.*d", counted.prefix,
                    counted.width, counted.number);
        struct value value = value_of_text(buffer_text(&text));
        settle_set(item, ref, &value);
        value_free(&value);
        buffer_free(&text);
        taken = try_take(once, item, fault);
    }
    if (taken == LOOKUP_FOUND) {
        struct merge *merge = once->merge;
        merge->renumberings =
            memory_reserve(merge->renumberings, &merge->renumbering_capacity,
                           merge->renumbering_count + 1, sizeof *merge->renumberings);
        merge->renumberings[merge->renumbering_count++] =
            (struct merge_renumbering){.register_id = once->register_id,
                                       .from = from,
                                       .to = memory_copy_text(value_text(&item->merged[ref]))};
        from = NULL;
    }
    free(from);
    free(counted.prefix);
    return taken == LOOKUP_FOUND;
}

static void tell_left(const struct once *once, const struct merge_item *item, const char *what) {
    const struct register_description *description = register_describe(once->register_id);
    const int field = once->field >= 0 ? once->field : description->key[0];
    struct buffer text = {0};
    buffer_addf(&text, "%s: %s of theirs, \"%s\", is that of another %s of ours: %s",
                description->name, description->fields[field].name,
                value_text(&item->merged[field]), description->singular, what);
    merge_add_finding(once->merge, buffer_take(&text));
}

/* Puts what ours has back into the fields; a row that ours has not stays without. */
static bool give_up(struct once *once, struct merge_item *item, struct fault *fault) {
    const struct register_description *description = register_describe(once->register_id);
    const struct value *ours = item->sides[SIDE_OURS];
    const struct value empty = {0};
    const int count = once->field >= 0 ? 1 : description->key_count;
    if (ours == NULL && once->field < 0) {
        return fault_set(fault, FAULT_REFUSED,
                         "%s \"%s\" came about on both sides in different ways: rename one of the "
                         "two in its copy first",
                         description->singular, value_text(&item->merged[description->key[0]]));
    }
    tell_left(once, item, ours != NULL ? "it stays as ours has it" : "it was left empty");
    for (int i = 0; i < count; i++) {
        const int field = once->field >= 0 ? once->field : description->key[i];
        settle_set(item, field, ours != NULL ? &ours[field] : &empty);
    }
    return true;
}

static bool part_item(struct once *once, struct merge_item *item, struct fault *fault) {
    const struct register_description *description = register_describe(once->register_id);
    enum lookup taken = try_take(once, item, fault);
    if (taken != LOOKUP_NONE) {
        return taken == LOOKUP_FOUND;
    }
    bool has_ref = once->field < 0 && description->key_count == 1 &&
                   strcmp(description->fields[description->key[0]].name, "ref") == 0;
    return has_ref ? renumber(once, item, fault) : give_up(once, item, fault);
}

/* Rows that are as ours has them come first and keep what they have, then those that find theirs
 * free; the others look for something else. */
enum pass { PASS_OURS, PASS_FREE, PASS_OTHERS, PASSES };

static bool pass_item(struct once *once, struct merge_item *item, enum pass pass,
                      struct fault *fault) {
    if (item->register_id != once->register_id || item->is_gone || !has_value(once, item->merged) ||
        is_as_ours(once, item) != (pass == PASS_OURS)) {
        return true;
    }
    if (pass == PASS_OURS) {
        take(once, item);
        return true;
    }
    return pass == PASS_FREE ? try_take(once, item, fault) != LOOKUP_FAULT
                             : part_item(once, item, fault);
}

static bool part_all(struct once *once, struct fault *fault) {
    struct merge *merge = once->merge;
    bool good = true;
    for (int pass = 0; pass < PASSES; pass++) {
        for (size_t i = 0; i < merge->count && good; i++) {
            good = pass_item(once, &merge->items[i], (enum pass)pass, fault);
        }
    }
    id_map_free(&once->taken);
    return good;
}

bool keys_part(struct merge *merge, struct fault *fault) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *description = register_describe((enum register_id)id);
        for (int field = -1; field < description->field_count; field++) {
            bool is_once = field < 0 ? description->key_count > 0
                                     : (description->fields[field].flags & FIELD_UNIQUE) != 0 &&
                                           !register_is_key_field((enum register_id)id, field);
            struct once once = {
                .merge = merge, .register_id = (enum register_id)id, .field = field};
            if (is_once && !part_all(&once, fault)) {
                return false;
            }
        }
    }
    return true;
}
