/* Owns growing texts; knows nothing of encodings. */
#include "clause5/base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/die.h"
#include "clause5/base/memory.h"

static void buffer_reserve(struct buffer *buffer, size_t more_bytes) {
    size_t needed = buffer->len_bytes + more_bytes + 1;
    if (needed <= buffer->capacity) {
        return;
    }
    buffer->bytes = memory_reserve(buffer->bytes, &buffer->capacity, needed, 1);
}

char *buffer_extend(struct buffer *buffer, size_t len_bytes) {
    buffer_reserve(buffer, len_bytes);
    char *place = buffer->bytes + buffer->len_bytes;
    buffer->len_bytes += len_bytes;
    buffer->bytes[buffer->len_bytes] = '\0';
    return place;
}

void buffer_append(struct buffer *buffer, const char *bytes, size_t len_bytes) {
    buffer_reserve(buffer, len_bytes);
    if (len_bytes > 0) {
        memcpy(buffer->bytes + buffer->len_bytes, bytes, len_bytes);
    }
    buffer->len_bytes += len_bytes;
    buffer->bytes[buffer->len_bytes] = '\0';
}

void buffer_add(struct buffer *buffer, const char *text) {
    if (text != NULL) {
        buffer_append(buffer, text, strlen(text));
    }
}

void buffer_add_byte(struct buffer *buffer, char byte) {
    buffer_append(buffer, &byte, 1);
}

void buffer_add_list(struct buffer *buffer, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int len_bytes = vsnprintf(NULL, 0, format, arguments);
    if (len_bytes < 0) {
        die("a message could not be formatted: %s", format);
    }
    buffer_reserve(buffer, (size_t)len_bytes);
    vsnprintf(buffer->bytes + buffer->len_bytes, (size_t)len_bytes + 1, format, again);
    va_end(again);
    buffer->len_bytes += (size_t)len_bytes;
}

void buffer_addf(struct buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    buffer_add_list(buffer, format, arguments);
    va_end(arguments);
}

const char *buffer_text(const struct buffer *buffer) {
    return buffer->bytes == NULL ? "" : buffer->bytes;
}

void buffer_clear(struct buffer *buffer) {
    buffer->len_bytes = 0;
    if (buffer->bytes != NULL) {
        buffer->bytes[0] = '\0';
    }
}

char *buffer_take(struct buffer *buffer) {
    buffer_reserve(buffer, 0);
    char *text = buffer->bytes;
    text[buffer->len_bytes] = '\0';
    *buffer = (struct buffer){0};
    return text;
}

void buffer_free(struct buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}
