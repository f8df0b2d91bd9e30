/* Owns the escaping of HTML and the shapes of the report; knows nothing of what it says. */
#include "report/html.h"

#include <ctype.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "report/shown.h"

static void add_code(struct buffer *out, uint32_t code) {
    switch (code) {
    case '&':
        buffer_add(out, "&amp;");
        return;
    case '<':
        buffer_add(out, "&lt;");
        return;
    case '>':
        buffer_add(out, "&gt;");
        return;
    case '"':
        buffer_add(out, "&quot;");
        return;
    case '\'':
        buffer_add(out, "&#39;");
        return;
    default:
        text_encode(out, code);
    }
}

void html_add_text(struct buffer *out, const char *text) {
    struct shown shown = shown_begin(text);
    uint32_t code = 0;
    while (shown_next(&shown, &code)) {
        add_code(out, code == '\n' ? ' ' : code);
    }
}

void html_add_paragraphs(struct buffer *out, const char *text) {
    struct shown shown = shown_begin(text);
    uint32_t code = 0;
    int line_ends = 0;
    bool is_open = false;
    while (shown_next(&shown, &code)) {
        if (code == '\n') {
            line_ends++;
            continue;
        }
        if (!is_open || line_ends > 1) {
            buffer_add(out, is_open ? "</p><p>" : "<p>");
        } else if (line_ends == 1) {
            buffer_add(out, "<br>");
        }
        is_open = true;
        line_ends = 0;
        add_code(out, code);
    }
    buffer_add(out, is_open ? "</p>" : "");
}

void html_add_id(struct buffer *out, const char *kind, const char *ref) {
    buffer_addf(out, "%s-", kind);
    for (; *ref != '\0'; ref++) {
        unsigned char byte = (unsigned char)*ref;
        if (byte < 0x80 && (isalnum(byte) || byte == '.' || byte == '-')) {
            buffer_add_byte(out, *ref);
        } else {
            buffer_addf(out, "_%02x", byte);
        }
    }
}

void html_add_date(struct buffer *out, const char *text) {
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    date_days day = 0;
    if (!date_parse(text, &day)) {
        html_add_text(out, text);
        return;
    }
    struct date_parts parts = date_to_parts(day);
    buffer_addf(out, "%d&nbsp;%s&nbsp;%d", parts.day, months[parts.month - 1], parts.year);
}

static const struct {
    const char *class;
    const char *sign;
} marks[] = {
    [HTML_PLAIN] = {"", ""},   [HTML_GOOD] = {"good", "✔"}, [HTML_WARNING] = {"warning", "!"},
    [HTML_BAD] = {"bad", "✘"}, [HTML_OPEN] = {"open", "○"},
};
_Static_assert(COUNT(marks) == HTML_MARKS, "one row per mark");

const char *html_mark_class(enum html_mark mark) {
    return marks[mark].class;
}

/* How the words of the registers are meant. */
static const struct {
    const char *word;
    enum html_mark mark;
} meanings[] = {
    {"conforms", HTML_GOOD},
    {"good practice", HTML_GOOD},
    {"approved", HTML_GOOD},
    {"achieved", HTML_GOOD},
    {"on track", HTML_GOOD},
    {"done", HTML_GOOD},
    {"verified", HTML_GOOD},
    {"closed", HTML_GOOD},
    {"yes", HTML_GOOD},
    {"green", HTML_GOOD},
    {"unchanged", HTML_GOOD},
    {"partial", HTML_WARNING},
    {"partly", HTML_WARNING},
    {"observation", HTML_WARNING},
    {"area of concern", HTML_WARNING},
    {"minor nonconformity", HTML_WARNING},
    {"at risk", HTML_WARNING},
    {"amber", HTML_WARNING},
    {"warning", HTML_WARNING},
    {"in review", HTML_WARNING},
    {"nonconforming", HTML_BAD},
    {"major nonconformity", HTML_BAD},
    {"off track", HTML_BAD},
    {"not achieved", HTML_BAD},
    {"no", HTML_BAD},
    {"red", HTML_BAD},
    {"error", HTML_BAD},
    {"vacant", HTML_BAD},
    {"expired", HTML_BAD},
    {"changed", HTML_BAD},
    {"missing", HTML_BAD},
    {"opportunity", HTML_OPEN},
    {"draft", HTML_OPEN},
    {"no version", HTML_OPEN},
    {"not assessed yet", HTML_OPEN},
    {"not in this round", HTML_OPEN},
    {"not sampled", HTML_OPEN},
    {"open", HTML_OPEN},
    {"in progress", HTML_OPEN},
    {"not started", HTML_OPEN},
    {"not sealed", HTML_OPEN},
    {"sealed, not verified", HTML_OPEN},
    {"info", HTML_OPEN},
    {"no value", HTML_OPEN},
};

enum html_mark html_mark_of(const char *word) {
    size_t length = strlen(word);
    static const char late[] = ", late";
    if (length > strlen(late) && strcmp(word + length - strlen(late), late) == 0) {
        return HTML_BAD;
    }
    for (size_t i = 0; i < COUNT(meanings); i++) {
        if (strcmp(meanings[i].word, word) == 0) {
            return meanings[i].mark;
        }
    }
    return HTML_PLAIN;
}

void html_add_state(struct buffer *out, enum html_mark mark, const char *word) {
    if (mark == HTML_PLAIN) {
        html_add_text(out, word);
        return;
    }
    buffer_addf(out, "<span class=\"state-word %s\"><span aria-hidden=\"true\">%s</span>&nbsp;",
                marks[mark].class, marks[mark].sign);
    html_add_text(out, word);
    buffer_add(out, "</span>");
}

void html_add_fact(struct buffer *out, const char *name, const char *text) {
    if (*text == '\0') {
        return;
    }
    buffer_addf(out, "<dt>%s</dt><dd>", name);
    html_add_paragraphs(out, text);
    buffer_add(out, "</dd>\n");
}

void html_begin_section(struct buffer *out, const char *id, const char *title) {
    buffer_addf(out,
                "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">%s</h2>\n",
                id, id, id, title);
}

void html_end_section(struct buffer *out) {
    buffer_add(out, "</section>\n");
}
