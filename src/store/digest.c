/* Owns SHA-256 and the arithmetic on it; knows nothing of files and batches. The format is
 * described in history.c. */
#include "store/digest.h"

#include <nettle/sha2.h>
#include <string.h>

#include "store/image.h"

_Static_assert(DIGEST_SIZE == SHA256_DIGEST_SIZE, "a digest is a SHA-256");

void digest_add_u32(struct buffer *out, uint32_t number) {
    char bytes[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = (char)(uint8_t)(number >> (24 - 8 * i));
    }
    buffer_append(out, bytes, sizeof bytes);
}

void digest_add_i64(struct buffer *out, int64_t number) {
    digest_add_u32(out, (uint32_t)((uint64_t)number >> 32));
    digest_add_u32(out, (uint32_t)number);
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

/* Adds TERM, or its complement where CARRY is 1, byte by byte from the lowest. */
static void sum_add(struct digest *sum, const struct digest *term, unsigned flip, unsigned carry) {
    for (int i = DIGEST_SIZE - 1; i >= 0; i--) {
        unsigned byte = sum->bytes[i] + ((term->bytes[i] ^ flip) & 0xffU) + carry;
        sum->bytes[i] = (uint8_t)byte;
        carry = byte >> 8;
    }
}

void content_add(struct content *content, const struct digest *row) {
    sum_add(&content->sum, row, 0, 0);
    content->row_count++;
}

void content_subtract(struct content *content, const struct digest *row) {
    sum_add(&content->sum, row, 0xff, 1);
    content->row_count--;
}

bool digest_equals(const struct digest *a, const struct digest *b) {
    return memcmp(a->bytes, b->bytes, DIGEST_SIZE) == 0;
}

bool content_equals(const struct content *a, const struct content *b) {
    return a->row_count == b->row_count && digest_equals(&a->sum, &b->sum);
}
