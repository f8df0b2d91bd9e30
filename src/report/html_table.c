/* Owns tables made of queries; knows nothing of what is in them. */
#include "report/html_table.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "report/html.h"
#include "report/words.h"

/* The forms of html_table.h. */
enum form {
    FORM_LINE,
    FORM_DATE,
    FORM_DUE,
    FORM_AMOUNT,
    FORM_NUMBER,
    FORM_STATE,
    FORM_TEXT,
    FORM_CODE,
    FORM_PATH,
    FORM_TITLE,
    FORM_REF,
    FORM_AT,
    FORM_TO,
    FORMS
};

struct column {
    char *heading;
    enum form form;
    const char *kind; /* of FORM_AT and FORM_TO, within the query's own text */
};

static const struct {
    const char *name;
    const char *class;
} forms[] = {
    [FORM_LINE] = {"", ""},
    [FORM_DATE] = {"date", "date"},
    [FORM_DUE] = {"due", "due"},
    [FORM_AMOUNT] = {"amount", "number"},
    [FORM_NUMBER] = {"number", "number"},
    [FORM_STATE] = {"state", "state"},
    [FORM_TEXT] = {"text", "text"},
    [FORM_CODE] = {"code", "code"},
    [FORM_PATH] = {"path", "path"},
    [FORM_TITLE] = {"title", "title"},
    [FORM_REF] = {"ref", "ref"},
    [FORM_AT] = {"at", "ref"},
    [FORM_TO] = {"to", "ref"},
};
_Static_assert(COUNT(forms) == FORMS, "one row per form");

static struct column read_column(const char *name) {
    const char *bar = strchr(name, '|');
    struct column column = {.heading = bar != NULL ? memory_copy_bytes(name, (size_t)(bar - name))
                                                   : memory_copy_text(name)};
    const char *form = bar != NULL ? bar + 1 : "";
    size_t length = strcspn(form, ":");
    for (int i = 0; i < FORMS; i++) {
        if (strlen(forms[i].name) == length && memcmp(forms[i].name, form, length) == 0) {
            column.form = (enum form)i;
        }
    }
    column.kind = form[length] == ':' ? form + length + 1 : "";
    return column;
}

/* Appends refs, a line each, as links to where they stand. */
static void add_links(struct buffer *out, const char *kind, const char *text) {
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *ref = memory_copy_bytes(text, length);
        buffer_add(out, "<a href=\"#");
        html_add_id(out, kind, ref);
        buffer_add(out, "\">");
        html_add_text(out, ref);
        buffer_add(out, "</a>");
        free(ref);
        text += length;
        if (*text == '\n') {
            buffer_add(out, "<br>");
            text++;
        }
    }
}

static void add_content(struct frame *frame, const struct column *column, const char *text) {
    struct buffer *out = frame->out;
    switch (column->form) {
    case FORM_DATE:
        html_add_date(out, text);
        break;
    case FORM_DUE:
        if (*text != '\0' && strcmp(text, frame->today) < 0) {
            buffer_add(out,
                       "<span class=\"state-word bad\"><span aria-hidden=\"true\">✘</span> past: ");
            html_add_date(out, text);
            buffer_add(out, "</span>");
        } else {
            html_add_date(out, text);
        }
        break;
    case FORM_AMOUNT:
        words_add_amount(out, text);
        break;
    case FORM_STATE:
        html_add_state(out, html_mark_of(text), text);
        break;
    case FORM_TEXT:
        html_add_paragraphs(out, text);
        break;
    case FORM_TO:
        add_links(out, column->kind, text);
        break;
    case FORM_LINE:
    case FORM_NUMBER:
    case FORM_CODE:
    case FORM_PATH:
    case FORM_TITLE:
    case FORM_REF:
    case FORM_AT:
    case FORMS:
        html_add_text(out, text);
    }
}

static void add_cell(struct frame *frame, const struct column *column, bool heads_row,
                     const char *text) {
    struct buffer *out = frame->out;
    buffer_add(out, heads_row ? "<th scope=\"row\"" : "<td");
    if (forms[column->form].class[0] != '\0') {
        buffer_addf(out, " class=\"%s\"", forms[column->form].class);
    }
    if (column->form == FORM_AT) {
        buffer_add(out, " id=\"");
        html_add_id(out, column->kind, text);
        buffer_add(out, "\"");
    }
    buffer_add(out, ">");
    add_content(frame, column, text);
    buffer_add(out, heads_row ? "</th>" : "</td>");
}

static void add_head(struct frame *frame, const char *caption, const struct column *columns,
                     int count) {
    buffer_addf(frame->out,
                "<div class=\"wide\" role=\"region\" aria-label=\"%s\" tabindex=\"0\">\n"
                "<table><caption>%s</caption>\n<thead><tr>",
                caption, caption);
    for (int i = 0; i < count; i++) {
        bool is_number = columns[i].form == FORM_AMOUNT || columns[i].form == FORM_NUMBER;
        buffer_addf(frame->out, "<th scope=\"col\"%s>%s</th>", is_number ? " class=\"number\"" : "",
                    columns[i].heading);
    }
    buffer_add(frame->out, "</tr></thead>\n<tbody>\n");
}

bool html_table_add_query(struct frame *frame, const struct html_table *table,
                          struct query *query) {
    int count = query_columns(query);
    struct column *columns = memory_zero((size_t)count, sizeof *columns);
    int step = query_step(query, frame->fault);
    bool has_rows = step == 1;
    for (int i = 0; i < count; i++) {
        columns[i] = read_column(query_column_name(query, i));
    }
    if (has_rows) {
        add_head(frame, table->caption, columns, count);
    } else if (step == 0) {
        buffer_addf(frame->out, "<p>%s</p>\n", table->empty);
    }
    for (; step == 1; step = query_step(query, frame->fault)) {
        buffer_add(frame->out, "<tr>");
        for (int i = 0; i < count; i++) {
            add_cell(frame, &columns[i], i == 0, query_text(query, i));
        }
        buffer_add(frame->out, "</tr>\n");
    }
    buffer_add(frame->out, has_rows ? "</tbody></table></div>\n" : "");
    for (int i = 0; i < count; i++) {
        free(columns[i].heading);
    }
    free(columns);
    return step == 0;
}

bool html_table_add(struct frame *frame, const struct html_table *table) {
    struct query *query = frame_open_query(frame, table->query);
    bool is_good = query != NULL && html_table_add_query(frame, table, query);
    query_close(query);
    return is_good;
}
