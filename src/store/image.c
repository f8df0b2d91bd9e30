/* Owns the bytes of fields; knows nothing of files. Each field is its name, a NUL, one tag byte,
 * the length of the value in 4 bytes and the value: texts as their UTF-8, whole numbers in 8 bytes
 * and decimal numbers as the 8 bytes of their IEEE double, all big-endian. Names and not positions,
 * so that an image outlives a change of the tables. */
#include "store/image.h"

#include <string.h>

#include "store/digest.h"

enum image_tag { TAG_EMPTY = '-', TAG_TEXT = 'T', TAG_WHOLE = 'W', TAG_NUMBER = 'N' };

enum { NUMBER_BYTES = 8 };

/* Appends the name, the tag and the length, and returns where the value begins. */
static char *add_head(struct buffer *out, const struct field *field, enum image_tag tag,
                      size_t len_bytes) {
    size_t name_bytes = strlen(field->name) + 1;
    char *at = buffer_extend(out, name_bytes + 1 + 4 + len_bytes);
    memcpy(at, field->name, name_bytes);
    at[name_bytes] = (char)tag;
    digest_put_u32(at + name_bytes + 1, (uint32_t)len_bytes);
    return at + name_bytes + 1 + 4;
}

static int64_t bits_of(double number) {
    int64_t bits;
    number += 0.0; /* the file knows no negative zero */
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

void image_add(struct buffer *out, const struct field *field, const struct value *value) {
    switch (value->kind) {
    case VALUE_EMPTY:
        add_head(out, field, TAG_EMPTY, 0);
        break;
    case VALUE_TEXT:
        memcpy(add_head(out, field, TAG_TEXT, value->len_bytes), value->text, value->len_bytes);
        break;
    case VALUE_WHOLE:
        digest_put_i64(add_head(out, field, TAG_WHOLE, NUMBER_BYTES), value->whole);
        break;
    case VALUE_NUMBER:
        digest_put_i64(add_head(out, field, TAG_NUMBER, NUMBER_BYTES), bits_of(value->number));
        break;
    }
}

void image_add_filled(struct buffer *out, enum register_id register_id,
                      const struct value *values) {
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; i < description->field_count; i++) {
        if (values[i].kind != VALUE_EMPTY) {
            image_add(out, &description->fields[i], &values[i]);
        }
    }
}

void image_add_set(struct buffer *out, enum register_id register_id, const struct value *values,
                   field_set set) {
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; i < description->field_count; i++) {
        if (set & (field_set)1 << i) {
            image_add(out, &description->fields[i], &values[i]);
        }
    }
}

field_set image_compare(enum register_id register_id, const struct value *a,
                        const struct value *b) {
    field_set differing = 0;
    for (int i = 0; i < register_describe(register_id)->field_count; i++) {
        if (!value_equals(&a[i], &b[i])) {
            differing |= (field_set)1 << i;
        }
    }
    return differing;
}

/* What is left of an image that is being read. */
struct image_rest {
    const unsigned char *bytes;
    size_t left;
};

static bool rest_take(struct image_rest *rest, size_t len_bytes, const unsigned char **taken) {
    if (rest->left < len_bytes) {
        return false;
    }
    *taken = rest->bytes;
    rest->bytes += len_bytes;
    rest->left -= len_bytes;
    return true;
}

static uint64_t read_big_endian(const unsigned char *bytes, int count) {
    uint64_t number = 0;
    for (int i = 0; i < count; i++) {
        number = number << 8 | bytes[i];
    }
    return number;
}

static bool value_from(unsigned char tag, const unsigned char *bytes, size_t len_bytes,
                       struct value *value) {
    uint64_t bits = len_bytes == NUMBER_BYTES ? read_big_endian(bytes, NUMBER_BYTES) : 0;
    value_free(value);
    switch (tag) {
    case TAG_EMPTY:
        return len_bytes == 0;
    case TAG_TEXT:
        *value = value_of_bytes((const char *)bytes, len_bytes);
        return len_bytes > 0 && memchr(bytes, 0, len_bytes) == NULL;
    case TAG_WHOLE:
        *value = value_of_whole((int64_t)bits);
        return len_bytes == NUMBER_BYTES;
    case TAG_NUMBER: {
        double number;
        memcpy(&number, &bits, sizeof number);
        *value = value_of_number(number);
        return len_bytes == NUMBER_BYTES;
    }
    default:
        return false;
    }
}

static bool read_field(enum register_id register_id, struct image_rest *rest, struct value *values,
                       field_set *set) {
    const unsigned char *name = rest->bytes;
    const unsigned char *end = memchr(name, 0, rest->left);
    const unsigned char *tag;
    const unsigned char *length;
    const unsigned char *bytes;
    if (end == NULL || !rest_take(rest, (size_t)(end - name) + 1, &name) ||
        !rest_take(rest, 1, &tag) || !rest_take(rest, 4, &length)) {
        return false;
    }
    size_t len_bytes = (size_t)read_big_endian(length, 4);
    int field = register_find_field(register_id, (const char *)name);
    if (field < 0 || !rest_take(rest, len_bytes, &bytes)) {
        return false;
    }
    *set |= (field_set)1 << field;
    return value_from(*tag, bytes, len_bytes, &values[field]);
}

bool image_read(enum register_id register_id, const void *bytes, size_t len_bytes,
                struct value *values, field_set *set, struct fault *fault) {
    struct image_rest rest = {.bytes = bytes, .left = len_bytes};
    *set = 0;
    while (rest.left > 0) {
        if (!read_field(register_id, &rest, values, set)) {
            return fault_set(fault, FAULT_FAILED,
                             "the history holds values of %s that cannot be read: restore a backup",
                             register_describe(register_id)->name);
        }
    }
    return true;
}
