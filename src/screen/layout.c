/* Owns measuring and breaking of text. Knows nothing of curses or of what is edited. */
#include "clause5/screen/layout.h"

#include <stdint.h>
#include <string.h>

#include "clause5/base/text.h"

/* Returns the bytes of the code at AT, at least 1, and its cells as text_show shows it. */
static size_t measure_code(const char *text, size_t left, int *width) {
    uint32_t code = 0;
    size_t used = text_decode(text, left, &code);
    *width = 1;
    if (used == 0) {
        return 1;
    }
    if (code >= 0x80 && text_locale_is_utf8() && !text_is_foreign(code)) {
        *width = text_code_width(code);
    }
    return used;
}

size_t layout_next(const char *text, size_t at, int *width) {
    int cells = 0;
    if (width != NULL) {
        *width = 0;
    }
    if (text[at] == '\0') {
        return at;
    }
    /* No character or mark is longer than four bytes, so the end need not be looked for. */
    size_t next = at + measure_code(text + at, strnlen(text + at, 4), &cells);
    if (width != NULL) {
        *width = cells;
    }
    while (text[next] != '\0') {
        size_t used = measure_code(text + next, strnlen(text + next, 4), &cells);
        if (cells != 0) {
            break;
        }
        next += used;
    }
    return next;
}

size_t layout_before(const char *text, size_t at) {
    while (at > 0) {
        size_t start = at - 1;
        while (start > 0 && at - start < 4 && ((unsigned char)text[start] & 0xC0) == 0x80) {
            start--;
        }
        int width = 0;
        if (start + measure_code(text + start, at - start, &width) != at) {
            start = at - 1; /* not UTF-8: byte by byte */
            width = 1;
        }
        at = start;
        if (width != 0) {
            break;
        }
    }
    return at;
}

int layout_width(const char *text, size_t len_bytes) {
    int cells = 0;
    for (size_t at = 0; at < len_bytes && text[at] != '\0';) {
        int width = 0;
        at = layout_next(text, at, &width);
        cells += width;
    }
    return cells;
}

bool layout_is_narrower(const char *text, int width) {
    int cells = 0;
    for (size_t at = 0; text[at] != '\0' && cells < width;) {
        int wide = 0;
        at = layout_next(text, at, &wide);
        cells += wide;
    }
    return cells < width;
}

size_t layout_break(const char *text, size_t at, int width, size_t *len_bytes) {
    size_t start = at;
    size_t break_at = start; /* behind the last blank seen */
    size_t break_len = 0;    /* what is shown when broken there */
    int cells = 0;
    while (text[at] != '\0') {
        if (text[at] == '\n') {
            *len_bytes = cells > width ? break_len : at - start;
            return at + 1;
        }
        int wide = 0;
        size_t next = layout_next(text, at, &wide);
        if (text[at] == ' ') {
            if (break_at != at) {
                break_len = at - start; /* the first blank of a run */
            }
            break_at = next;
        } else if (cells + wide > width) {
            if (break_at > start) {
                *len_bytes = break_len;
                return break_at;
            }
            if (at > start) {
                *len_bytes = at - start;
                return at;
            }
        }
        cells += wide;
        at = next;
    }
    /* Only blanks run over the width. */
    *len_bytes = cells > width ? break_len : at - start;
    return at;
}
