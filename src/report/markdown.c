/* Owns the escaping of Markdown as CommonMark and pandoc read it; knows nothing of templates. */
#include "report/markdown.h"

#include <ctype.h>
#include <string.h>

#include "clause5/base/text.h"
#include "report/shown.h"

/* Characters that mean something anywhere in a line, and those that do only where it begins. */
static const char active[] = "\\`*_[]{}<>|~^$&";
static const char active_first[] = "#+-=:%@";

/* Where the end of a value stands within what Markdown takes for the beginning of a line. */
struct line {
    size_t start; /* offset in the output at which the line's own text begins */
    uint32_t last;
    bool ends_word; /* a blank or nothing follows the character at hand */
};

/* True where "1." or "(a)" so far is all of the line, so that its closing sign would make a list.
 */
static bool is_list_number(const struct buffer *out, const struct line *line) {
    const char *text = buffer_text(out) + line->start;
    size_t length = out->len_bytes - line->start;
    size_t digits = *text == '(' ? 1 : 0;
    for (size_t i = digits; i < length; i++) {
        if (!isalnum((unsigned char)text[i])) {
            return false;
        }
    }
    return length > digits;
}

/* True where what is left of the text begins with a blank, or nothing is left. */
static bool is_at_word_end(const struct shown *shown) {
    return shown->left == 0 || strchr(" \t\r\n", *shown->at) != NULL;
}

static bool needs_escape(const struct buffer *out, const struct line *line, uint32_t code) {
    if (code == 0 || code >= 0x80) {
        return false;
    }
    if (strchr(active, (int)code) != NULL) {
        return true;
    }
    if (out->len_bytes == line->start) {
        return strchr(active_first, (int)code) != NULL;
    }
    switch (code) {
    case '.':
    case ')':
        return line->ends_word && is_list_number(out, line);
    case '-': /* pandoc makes a dash of two */
        return line->last == '-';
    case '@': /* pandoc's citations begin behind anything but a letter or digit */
        return line->last >= 0x80 || !isalnum((int)line->last);
    default:
        return false;
    }
}

static void add_code(struct buffer *out, struct line *line, uint32_t code) {
    if (needs_escape(out, line, code)) {
        buffer_add_byte(out, '\\');
    }
    text_encode(out, code);
    line->last = code;
}

void markdown_add_inline(struct buffer *out, const char *text) {
    struct shown shown = shown_begin(text);
    struct line line = {.start = out->len_bytes};
    uint32_t code = 0;
    bool owes_space = false;
    while (shown_next(&shown, &code)) {
        if (code == ' ' || code == '\n') {
            owes_space = out->len_bytes > line.start;
            continue;
        }
        if (owes_space) {
            add_code(out, &line, ' ');
            owes_space = false;
        }
        line.ends_word = is_at_word_end(&shown);
        add_code(out, &line, code);
    }
}

void markdown_add_block(struct buffer *out, const char *text) {
    struct shown shown = shown_begin(text);
    struct line line = {.start = out->len_bytes};
    uint32_t code = 0;
    size_t begin = out->len_bytes;
    int line_ends = 0;
    bool owes_space = false;
    while (shown_next(&shown, &code)) {
        if (code == '\n' || code == ' ') {
            line_ends += code == '\n';
            owes_space = true;
            continue;
        }
        if (out->len_bytes > begin && line_ends > 0) {
            buffer_add(out, line_ends > 1 ? "\n\n" : "\\\n");
            line = (struct line){.start = out->len_bytes};
        } else if (owes_space && out->len_bytes > line.start) {
            add_code(out, &line, ' ');
        }
        line_ends = 0;
        owes_space = false;
        line.ends_word = is_at_word_end(&shown);
        add_code(out, &line, code);
    }
}
