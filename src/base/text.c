/* Owns characters and their cells. Knows nothing of curses: the width is the one that libc, and
 * with it ncurses, gives to a character in the current locale. */
#include "clause5/base/text.h"

#include <langinfo.h>
#include <string.h>
#include <wchar.h>

#include "clause5/base/memory.h"

enum { CODE_REPLACEMENT = 0xFFFD };

size_t text_decode(const char *bytes, size_t left, uint32_t *code) {
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0x80, 0x00, 0}, {0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}};
    if (left == 0) {
        return 0;
    }
    unsigned char first = (unsigned char)bytes[0];
    for (size_t extra = 0; extra < COUNT(forms); extra++) {
        if ((first & forms[extra].mask) != forms[extra].lead) {
            continue;
        }
        if (extra >= left) {
            return 0;
        }
        uint32_t value = first & (unsigned char)~forms[extra].mask;
        for (size_t i = 1; i <= extra; i++) {
            unsigned char byte = (unsigned char)bytes[i];
            if ((byte & 0xC0) != 0x80) {
                return 0;
            }
            value = value << 6 | (byte & 0x3F);
        }
        if (value < forms[extra].least || value > 0x10FFFF ||
            (value >= 0xD800 && value <= 0xDFFF)) {
            return 0;
        }
        *code = value;
        return extra + 1;
    }
    return 0;
}

void text_encode(struct buffer *buffer, uint32_t code) {
    if (code < 0x80) {
        buffer_add_byte(buffer, (char)code);
        return;
    }
    char bytes[4];
    size_t len = 0;
    if (code < 0x800) {
        bytes[len++] = (char)(0xC0 | code >> 6);
        bytes[len++] = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        bytes[len++] = (char)(0xE0 | code >> 12);
        bytes[len++] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[len++] = (char)(0x80 | (code & 0x3F));
    } else {
        bytes[len++] = (char)(0xF0 | code >> 18);
        bytes[len++] = (char)(0x80 | (code >> 12 & 0x3F));
        bytes[len++] = (char)(0x80 | (code >> 6 & 0x3F));
        bytes[len++] = (char)(0x80 | (code & 0x3F));
    }
    buffer_append(buffer, bytes, len);
}

size_t text_find_invalid(const char *bytes, size_t len_bytes) {
    size_t at = 0;
    while (at < len_bytes) {
        uint32_t code = 0;
        if (bytes[at] > 0) { /* plain ASCII, as most is */
            at++;
            continue;
        }
        size_t used = text_decode(bytes + at, len_bytes - at, &code);
        if (used == 0 || code == 0) {
            break;
        }
        at += used;
    }
    return at;
}

bool text_is_foreign(uint32_t code) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},       {0xAD, 0xAD},        {0x061C, 0x061C},
        {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},    {0x200B, 0x200F},
        {0x2028, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},    {0xE000, 0xF8FF},
        {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},    {0xFFF0, 0xFFFB},
        {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF},
    };
    for (size_t i = 0; i < COUNT(ranges); i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) {
            return true;
        }
    }
    return code >= 0x80 && text_locale_is_utf8() && wcwidth((wchar_t)code) < 0;
}

bool text_locale_is_utf8(void) {
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int text_code_width(uint32_t code) {
    if (code < 0x7F) {
        return 1;
    }
    int width = wcwidth((wchar_t)code);
    return width < 0 ? 1 : width;
}

/* Reads the next character as it may be shown and moves past it. */
static uint32_t next_shown(const char **text, size_t *left) {
    uint32_t code = CODE_REPLACEMENT;
    if (**text >= ' ' && **text < 0x7F) { /* as most are; nothing has to be looked up */
        (*left)--;
        return (uint32_t) * (*text)++;
    }
    size_t used = text_decode(*text, *left, &code);
    if (used == 0) {
        used = 1;
        code = CODE_REPLACEMENT;
    }
    *text += used;
    *left -= used;
    if (code == '\n' || code == '\t' || code == '\r') {
        return ' ';
    }
    if (code < 0x80 && !text_is_foreign(code)) {
        return code;
    }
    if (!text_locale_is_utf8()) {
        return '?';
    }
    return text_is_foreign(code) ? CODE_REPLACEMENT : code;
}

/* Where the text must be cut so that … still fits, as bytes of the output and cells. */
struct cut {
    size_t len_bytes;
    int cells;
};

int text_show(struct buffer *out, const char *text, int width_cells) {
    size_t left = strlen(text);
    struct cut cut = {.len_bytes = out->len_bytes, .cells = 0};
    int cells = 0;
    int marks = 0;
    while (left > 0) {
        uint32_t code = next_shown(&text, &left);
        int width = text_code_width(code);
        if (width == 0) {
            if (cells > 0 && marks < TEXT_MARKS_PER_CELL) {
                marks++;
                text_encode(out, code);
                if (cut.cells == cells) {
                    cut.len_bytes = out->len_bytes;
                }
            }
            continue;
        }
        if (width_cells > 0 && cells + width > width_cells) {
            out->len_bytes = cut.len_bytes;
            buffer_add(out, text_locale_is_utf8() ? "…" : "~");
            return cut.cells + 1;
        }
        marks = 0;
        cells += width;
        text_encode(out, code);
        if (width_cells <= 0 || cells < width_cells) {
            cut = (struct cut){.len_bytes = out->len_bytes, .cells = cells};
        }
    }
    return cells;
}

void text_show_padded(struct buffer *out, const char *text, int width_cells) {
    for (int cells = width_cells > 0 ? text_show(out, text, width_cells) : 0; cells < width_cells;
         cells++) {
        buffer_add_byte(out, ' ');
    }
}

int text_width_cells(const char *text) {
    struct buffer shown = {0};
    int cells = text_show(&shown, text, 0);
    buffer_free(&shown);
    return cells;
}

int text_compare_ascii_case(const char *a, const char *b) {
    for (;; a++, b++) {
        int x = *a >= 'A' && *a <= 'Z' ? *a + 32 : (unsigned char)*a;
        int y = *b >= 'A' && *b <= 'Z' ? *b + 32 : (unsigned char)*b;
        if (x != y || x == 0) {
            return x - y;
        }
    }
}

bool text_take_number(const char **text, int most, int *number) {
    int taken = 0;
    int read = 0;
    for (; taken < most && (*text)[taken] >= '0' && (*text)[taken] <= '9'; taken++) {
        read = read * 10 + ((*text)[taken] - '0');
    }
    if (taken == 0) {
        return false;
    }
    *text += taken;
    *number = read;
    return true;
}

char *text_trim(const char *text) {
    text += strspn(text, " \t\r\n\v\f");
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r\n\v\f", text[len - 1]) != NULL) {
        len--;
    }
    return memory_copy_bytes(text, len);
}
