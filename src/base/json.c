/* Owns the escaping of JSON strings; knows nothing of what they hold. */
#include "clause5/base/json.h"

#include <stdint.h>
#include <string.h>

#include "clause5/base/text.h"

enum { REPLACEMENT = 0xFFFD, FIRST_PRINTABLE = 0x20 };

static void add_code(struct buffer *out, uint32_t code) {
    static const char short_escapes[] = {
        ['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f',
        ['\n'] = 'n', ['\r'] = 'r',  ['\t'] = 't',
    };
    if (code < sizeof short_escapes && short_escapes[code] != '\0') {
        buffer_add_byte(out, '\\');
        buffer_add_byte(out, short_escapes[code]);
    } else if (code < FIRST_PRINTABLE) {
        buffer_addf(out, "\\u%04x", (unsigned)code);
    } else {
        text_encode(out, code);
    }
}

void json_add_string(struct buffer *out, const char *text) {
    size_t left = strlen(text);
    buffer_add_byte(out, '"');
    while (left > 0) {
        uint32_t code = REPLACEMENT;
        size_t length = text_decode(text, left, &code);
        add_code(out, length == 0 ? REPLACEMENT : code);
        length = length == 0 ? 1 : length;
        text += length;
        left -= length;
    }
    buffer_add_byte(out, '"');
}
