/* Foreign text on its way into a document, character by character. */
#ifndef REPORT_SHOWN_H
#define REPORT_SHOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text being read, and how many marks stand on its last character. */
struct shown {
    const char *at;
    size_t left;
    int marks;
    bool has_base;
};

/* Returns a reading of TEXT, which must outlive it. */
struct shown shown_begin(const char *text);

/* Reads the next character as a document may show it: by the rules of text_show, but whatever the
 * locale, for a document is always UTF-8. A line end of any kind comes as '\n', a tab as a space,
 * foreign characters and invalid bytes as U+FFFD; marks beyond TEXT_MARKS_PER_CELL are passed over.
 * False at the end. */
bool shown_next(struct shown *shown, uint32_t *code);

#endif
