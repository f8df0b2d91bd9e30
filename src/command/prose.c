/* Owns the wrapping of text for people; knows nothing of what it says. */
#include "command/prose.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"

static void add_blanks(struct buffer *out, int count) {
    buffer_addf(out, "%*s", count, "");
}

/* Appends one paragraph; COLUMN is where the line stands. */
static void add_paragraph(struct buffer *out, const char *paragraph, int text_column, int column) {
    char *words = memory_copy_text(paragraph);
    char *rest = words;
    bool is_first = true;
    for (char *word = strtok_r(words, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        int cells = text_width_cells(word);
        if (!is_first && column + 1 + cells > PROSE_COLUMNS) {
            buffer_add_byte(out, '\n');
            column = 0;
            is_first = true;
        }
        if (is_first && column < text_column) {
            add_blanks(out, text_column - column);
            column = text_column;
        }
        column += is_first ? cells : cells + 1;
        buffer_add(out, is_first ? "" : " ");
        text_show(out, word, 0);
        is_first = false;
    }
    free(words);
}

void prose_add(struct buffer *out, const struct prose *where, const char *term, const char *text) {
    int column = 0;
    if (*term != '\0') {
        add_blanks(out, where->indent);
        column = where->indent + text_show(out, term, 0);
        if (*text != '\0' && column >= where->text_column) {
            buffer_add_byte(out, '\n');
            column = 0;
        }
    }
    char *paragraphs = memory_copy_text(text);
    char *rest = paragraphs;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        add_paragraph(out, line, where->text_column, column);
        buffer_add_byte(out, '\n');
        column = 0;
    }
    free(paragraphs);
}
