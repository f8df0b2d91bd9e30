/* Owns SHA-256 and the arithmetic on it; knows nothing of files and batches. The format is
 * described in history.c. */
#include "store/digest.h"

#include <nettle/sha2.h>
#include <string.h>

#include "store/image.h"

_Static_assert(DIGEST_SIZE == SHA256_DIGEST_SIZE, "a digest is a SHA-256");

void digest_put_u32(char *to, uint32_t number) {
    for (int i = 0; i < 4; i++) {
        to[i] = (char)(uint8_t)(number >> (24 - 8 * i));
    }
}

void digest_put_i64(char *to, int64_t number) {
    digest_put_u32(to, (uint32_t)((uint64_t)number >> 32));
    digest_put_u32(to + 4, (uint32_t)number);
}

void digest_add_i64(struct buffer *out, int64_t number) {
    digest_put_i64(buffer_extend(out, 8), number);
}

struct digest digest_of_bytes(const void *bytes, size_t len_bytes) {
    struct digest digest;
    struct sha256_ctx sha;
    sha256_init(&sha);
    sha256_update(&sha, len_bytes, bytes);
    sha256_digest(&sha, sizeof digest.bytes, digest.bytes);
    return digest;
}

struct digest digest_of_row(enum register_id register_id, int64_t id, const struct value *values,
                            struct buffer *scratch) {
    const struct register_description *description = register_describe(register_id);
    buffer_clear(scratch);
    buffer_append(scratch, description->name, strlen(description->name) + 1);
    digest_add_i64(scratch, id);
    image_add_filled(scratch, register_id, values);
    return digest_of_bytes(scratch->bytes, scratch->len_bytes);
}

static uint64_t read_word(const uint8_t *bytes) {
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) {
        word = word << 8 | bytes[i];
    }
    return word;
}

/* Adds TERM, or its complement where CARRY is 1, eight bytes at a time from the lowest. */
static void sum_add(struct digest *sum, const struct digest *term, uint64_t flip, uint64_t carry) {
    for (int i = DIGEST_SIZE - 8; i >= 0; i -= 8) {
        uint64_t first = read_word(sum->bytes + i);
        uint64_t partial = first + (read_word(term->bytes + i) ^ flip);
        uint64_t word = partial + carry;
        carry = (uint64_t)(partial < first) | (uint64_t)(word < partial);
        digest_put_i64((char *)sum->bytes + i, (int64_t)word);
    }
}

void content_add(struct content *content, const struct digest *row) {
    sum_add(&content->sum, row, 0, 0);
    content->row_count++;
}

void content_subtract(struct content *content, const struct digest *row) {
    sum_add(&content->sum, row, UINT64_MAX, 1);
    content->row_count--;
}

bool digest_equals(const struct digest *a, const struct digest *b) {
    return memcmp(a->bytes, b->bytes, DIGEST_SIZE) == 0;
}

bool content_equals(const struct content *a, const struct content *b) {
    return a->row_count == b->row_count && digest_equals(&a->sum, &b->sum);
}
