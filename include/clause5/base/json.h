/* JSON strings (RFC 8259). */
#ifndef CLAUSE5_BASE_JSON_H
#define CLAUSE5_BASE_JSON_H

#include "clause5/base/buffer.h"

/* Appends TEXT as a JSON string with its quotes. Bytes that are no UTF-8 become U+FFFD, so that the
 * output is always valid. */
void json_add_string(struct buffer *out, const char *text);

#endif
