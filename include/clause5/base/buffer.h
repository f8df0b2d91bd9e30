/* A text that grows. A zeroed struct buffer is empty and ready. */
#ifndef CLAUSE5_BASE_BUFFER_H
#define CLAUSE5_BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

/* The bytes are NUL-terminated whenever they are not NULL; len_bytes does not count the NUL. */
struct buffer {
    char *bytes;
    size_t len_bytes;
    size_t capacity;
};

/* Appends LEN_BYTES bytes, which may hold NUL. */
void buffer_append(struct buffer *buffer, const char *bytes, size_t len_bytes);

/* Makes the text LEN_BYTES longer and returns where they begin; the caller fills them at once. */
char *buffer_extend(struct buffer *buffer, size_t len_bytes);

/* Appends a C string; NULL appends nothing. */
void buffer_add(struct buffer *buffer, const char *text);

/* Appends one byte. */
void buffer_add_byte(struct buffer *buffer, char byte);

/* Appends what printf would print. */
void buffer_addf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* As buffer_addf, with the arguments of a function that itself takes a format. */
void buffer_add_list(struct buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Returns the text so far, "" where nothing was ever appended; valid until the next change. */
const char *buffer_text(const struct buffer *buffer);

/* Makes the buffer empty and keeps its memory. */
void buffer_clear(struct buffer *buffer);

/* Returns the text and leaves the buffer empty; the caller frees with free. Never NULL. */
char *buffer_take(struct buffer *buffer);

/* Releases the memory and leaves the buffer empty and ready. */
void buffer_free(struct buffer *buffer);

#endif
