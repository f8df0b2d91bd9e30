/* What the history is chained with: SHA-256 of a row, and their sum over the whole content. */
#ifndef CLAUSE5_STORE_DIGEST_H
#define CLAUSE5_STORE_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"

enum { DIGEST_SIZE = 32 };

/* A SHA-256, or a sum of them modulo 2^256 as a big-endian number. */
struct digest {
    uint8_t bytes[DIGEST_SIZE];
};

/* What a workbook holds at one moment: the sum of its rows' digests, and how many rows. */
struct content {
    struct digest sum;
    int64_t row_count;
};

/* Returns the digest of one row, as history.c describes it. SCRATCH is a buffer of the caller's
 * that is written over. */
struct digest digest_of_row(enum register_id register_id, int64_t id, const struct value *values,
                            struct buffer *scratch);

/* Returns the digest of some bytes. */
struct digest digest_of_bytes(const void *bytes, size_t len_bytes);

/* Add a row to a content, and take one away. */
void content_add(struct content *content, const struct digest *row);
void content_subtract(struct content *content, const struct digest *row);

bool digest_equals(const struct digest *a, const struct digest *b);
bool content_equals(const struct content *a, const struct content *b);

/* Write a number big-endian, as every digest of the file takes it: at a place, or behind a text. */
void digest_put_u32(char *to, uint32_t number);
void digest_put_i64(char *to, int64_t number);
void digest_add_i64(struct buffer *out, int64_t number);

#endif
