/* Fields of a row as bytes: what digests are taken over and what the history keeps of values
 * before. */
#ifndef CLAUSE5_STORE_IMAGE_H
#define CLAUSE5_STORE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"

/* A set of fields: bit N is the field at index N. */
typedef uint32_t field_set;
_Static_assert(REGISTER_FIELDS_MOST <= 32, "a field_set has a bit for every field");

/* Appends one field, empty ones too. */
void image_add(struct buffer *out, const struct field *field, const struct value *value);

/* Appends every field that is not empty: the image of a whole row. */
void image_add_filled(struct buffer *out, enum register_id register_id, const struct value *values);

/* Appends the fields of SET. */
void image_add_set(struct buffer *out, enum register_id register_id, const struct value *values,
                   field_set set);

/* Reads an image over VALUES (initialised; one per field) and sets *SET to the fields that it held.
 * False with a FAULT_FAILED where the bytes are no image of the register. */
bool image_read(enum register_id register_id, const void *bytes, size_t len_bytes,
                struct value *values, field_set *set, struct fault *fault);

/* Returns the fields in which two rows of the register differ. */
field_set image_compare(enum register_id register_id, const struct value *a, const struct value *b);

#endif
