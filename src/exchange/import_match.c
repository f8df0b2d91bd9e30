/* Owns the set of all records of a register as they stand, for the import of a file that was
 * imported before: one scan and a look into memory stand for a million questions in random order.
 * Knows nothing of files and rows.
 *
 * A record is kept as 47 bits of SipHash-2-4 under a random key, at a place that the other bits
 * choose: that a changed row is taken for an unchanged one has a chance of one in 10^13. A row that
 * is not found here goes the long way by its key. */
#include "exchange/import_match.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"

enum {
    MATCH_ENTRY_BYTES = 6,
    RECORDS_MOST = 4000000, /* 30 MB */
};

static const uint64_t entry_bits = (UINT64_C(1) << 47) - 1; /* the bit above them: taken */
static const uint64_t entry_taken = UINT64_C(1) << 47;

static uint64_t rotate(uint64_t word, int bits) {
    return word << bits | word >> (64 - bits);
}

static void sip_rounds(uint64_t v[static 4], int rounds) {
    for (int i = 0; i < rounds; i++) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = rotate(v[1], 13) ^ v[0];
        v[3] = rotate(v[3], 16) ^ v[2];
        v[0] = rotate(v[0], 32) + v[3];
        v[2] += v[1];
        v[3] = rotate(v[3], 21) ^ v[0];
        v[1] = rotate(v[1], 17) ^ v[2];
        v[2] = rotate(v[2], 32);
    }
}

/* Aumasson and Bernstein, SipHash: a fast short-input PRF, 2012. The words are in the machine's own
 * order, as the hash never leaves the process. */
static uint64_t sip_hash(const uint64_t key[static 2], const char *bytes, size_t len_bytes) {
    uint64_t v[4] = {key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d),
                     key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573)};
    for (size_t at = 0;; at += sizeof(uint64_t)) {
        size_t left = len_bytes - at;
        uint64_t word = left < sizeof word ? (uint64_t)len_bytes << 56 : 0;
        memcpy(&word, bytes + at, left < sizeof word ? left : sizeof word);
        v[3] ^= word;
        sip_rounds(v, 2);
        v[0] ^= word;
        if (left < sizeof word) {
            break;
        }
    }
    v[2] ^= 0xff;
    sip_rounds(v, 4);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

static uint64_t read_entry(const struct import_match *match, size_t at) {
    uint64_t entry = 0;
    memcpy(&entry, match->entries + at * MATCH_ENTRY_BYTES, MATCH_ENTRY_BYTES);
    return entry;
}

static void write_entry(struct import_match *match, size_t at, uint64_t entry) {
    memcpy(match->entries + at * MATCH_ENTRY_BYTES, &entry, MATCH_ENTRY_BYTES);
}

/* Where the search begins: the upper half of the hash, scaled to the capacity. */
static size_t first_place(const struct import_match *match, uint64_t hash) {
    return (size_t)((hash >> 32) * match->capacity >> 32);
}

/* What is kept of a hash: bits that are not those of the place alone, and never 0. */
static uint64_t entry_of(uint64_t hash) {
    uint64_t entry = (hash ^ hash << 15) & entry_bits;
    return entry == 0 ? 1 : entry;
}

static void add(struct import_match *match, uint64_t hash, bool is_taken) {
    size_t at = first_place(match, hash);
    while (read_entry(match, at) != 0) {
        at = at + 1 == match->capacity ? 0 : at + 1;
    }
    write_entry(match, at, entry_of(hash) | (is_taken ? entry_taken : 0));
}

static void add_word(struct buffer *out, const void *word) {
    buffer_append(out, word, sizeof(uint64_t));
}

static bool is_text(enum register_id register_id, int field) {
    const char *sql = field_type_sql(register_describe(register_id)->fields[field].type);
    return strcmp(sql, "TEXT") == 0;
}

/* Writes one value so that different ones differ: texts end with a NUL, which they never hold. */
static void add_value(struct buffer *out, const struct value *value, bool is_of_text) {
    if (is_of_text) {
        const char *text = value_text(value);
        buffer_append(out, text, strlen(text) + 1);
        return;
    }
    buffer_add_byte(out, value->kind == VALUE_EMPTY ? '0' : '1');
    if (value->kind == VALUE_WHOLE) {
        add_word(out, &value->whole);
    } else if (value->kind == VALUE_NUMBER) {
        add_word(out, &value->number);
    }
}

/* The same bytes for a value that a query gives. */
static void add_column(struct buffer *out, struct query *query, int column, enum field_type type,
                       bool is_of_text) {
    if (is_of_text) {
        const char *text = query_text(query, column);
        buffer_append(out, text, strlen(text) + 1);
        return;
    }
    bool is_empty = query_is_empty(query, column);
    buffer_add_byte(out, is_empty ? '0' : '1');
    if (is_empty) {
        return;
    }
    int64_t whole = query_whole(query, column);
    double number = query_number(query, column);
    add_word(out, type == FIELD_NUMBER ? (const void *)&number : (const void *)&whole);
}

static struct query *open_scan(const struct import_match *match, struct workbook *workbook,
                               struct fault *fault) {
    const struct register_description *described = register_describe(match->register_id);
    struct buffer sql = {0};
    buffer_add(&sql, "SELECT id");
    for (int field = 0; field < described->field_count; field++) {
        if (match->has[field]) {
            buffer_addf(&sql, ", \"%s\"", described->fields[field].name);
        }
    }
    buffer_addf(&sql, " FROM \"%s\" NOT INDEXED", described->name);
    struct query *query = query_open(workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    return query;
}

static bool scan(struct import_match *match, struct workbook *workbook,
                 const struct whole_set *taken, struct fault *fault) {
    const struct register_description *described = register_describe(match->register_id);
    struct query *query = open_scan(match, workbook, fault);
    bool is_text_field[REGISTER_FIELDS_MOST];
    int got = query == NULL ? -1 : 1;
    for (int field = 0; field < described->field_count; field++) {
        is_text_field[field] = is_text(match->register_id, field);
    }
    while (got == 1 && (got = query_step(query, fault)) == 1) {
        int column = 1;
        buffer_clear(&match->scratch);
        for (int field = 0; field < described->field_count; field++) {
            if (match->has[field]) {
                add_column(&match->scratch, query, column++, described->fields[field].type,
                           is_text_field[field]);
            }
        }
        add(match, sip_hash(match->key, match->scratch.bytes, match->scratch.len_bytes),
            whole_set_has(taken, query_whole(query, 0)));
    }
    query_close(query);
    return got == 0;
}

bool match_begin(struct import_match *match, struct workbook *workbook,
                 enum register_id register_id, const bool *has, const struct whole_set *taken,
                 struct fault *fault) {
    int64_t count = record_count(workbook, register_id, fault);
    if (count < 0 || count > RECORDS_MOST) {
        return false;
    }
    *match = (struct import_match){.is_open = true, .register_id = register_id};
    memcpy(match->has, has, sizeof match->has);
    if (getrandom(match->key, sizeof match->key, 0) != (ssize_t)sizeof match->key) {
        match->key[0] = (uint64_t)clock_monotonic_ms();
    }
    match->capacity = (size_t)count + (size_t)count / 16 + 16;
    match->entries = memory_zero(match->capacity, MATCH_ENTRY_BYTES);
    if (!scan(match, workbook, taken, fault)) {
        match_end(match);
        return false;
    }
    return true;
}

enum match_result match_take(struct import_match *match, const struct value *values) {
    const int count = register_describe(match->register_id)->field_count;
    buffer_clear(&match->scratch);
    for (int field = 0; field < count; field++) {
        if (match->has[field]) {
            add_value(&match->scratch, &values[field], is_text(match->register_id, field));
        }
    }
    uint64_t hash = sip_hash(match->key, match->scratch.bytes, match->scratch.len_bytes);
    size_t at = first_place(match, hash);
    uint64_t entry;
    while ((entry = read_entry(match, at)) != 0) {
        if ((entry & entry_bits) == entry_of(hash)) {
            write_entry(match, at, entry | entry_taken);
            return entry & entry_taken ? MATCH_TAKEN : MATCH_FREE;
        }
        at = at + 1 == match->capacity ? 0 : at + 1;
    }
    return MATCH_NONE;
}

void match_end(struct import_match *match) {
    free(match->entries);
    buffer_free(&match->scratch);
    *match = (struct import_match){0};
}
