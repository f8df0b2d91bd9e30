/* Owns what of a foreign text reaches a document; knows nothing of the document's language. */
#include "report/shown.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"

enum { CODE_REPLACEMENT = 0xFFFD };

struct shown shown_begin(const char *text) {
    return (struct shown){.at = text, .left = strlen(text)};
}

/* The marks of Unicode's combining blocks are known in every locale, the others where the locale
 * knows them. */
static bool is_mark(uint32_t code) {
    static const struct {
        uint32_t first, last;
    } blocks[] = {
        {0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F}};
    for (size_t i = 0; i < COUNT(blocks); i++) {
        if (code >= blocks[i].first && code <= blocks[i].last) {
            return true;
        }
    }
    return code >= 0x80 && text_code_width(code) == 0;
}

/* Reads one character and moves past it; invalid bytes and foreign characters are replaced. */
static uint32_t read_code(struct shown *shown) {
    uint32_t code = CODE_REPLACEMENT;
    size_t used = text_decode(shown->at, shown->left, &code);
    bool is_line_end = code == '\r' || code == '\n';
    if (code == '\r' && used < shown->left && shown->at[used] == '\n') {
        used++;
    }
    shown->at += used > 0 ? used : 1;
    shown->left -= used > 0 ? used : 1;
    if (is_line_end) {
        return '\n';
    }
    if (code == '\t') {
        return ' ';
    }
    return used == 0 || text_is_foreign(code) ? CODE_REPLACEMENT : code;
}

bool shown_next(struct shown *shown, uint32_t *code) {
    while (shown->left > 0) {
        *code = read_code(shown);
        if (*code < 0x80 || !is_mark(*code)) {
            shown->marks = 0;
            shown->has_base = *code != '\n';
            return true;
        }
        if (shown->has_base && shown->marks < TEXT_MARKS_PER_CELL) {
            shown->marks++;
            return true;
        }
    }
    return false;
}
