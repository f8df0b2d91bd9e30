/* The project's own files as the tests of the house read them. */
#ifndef CLAUSE5_TESTS_HOUSE_SOURCES_H
#define CLAUSE5_TESTS_HOUSE_SOURCES_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/buffer.h"

struct source {
    char *path; /* below the project's folder, as "src/base/date.c" */
    char *text;
};

struct sources {
    struct source *items;
    size_t len;
};

/* Reads every file below FOLDERS (NULL-ended, below the project's folder; a file stands for itself)
 * whose name ends in one of ENDINGS (NULL-ended; "" for all). A folder that is not there holds
 * none. Release with sources_free. */
struct sources sources_read(const char *const *folders, const char *const *endings);
void sources_free(struct sources *sources);

/* The parts of a C file. */
enum source_part { SOURCE_CODE, SOURCE_COMMENT, SOURCE_LITERAL };

/* Appends the text with all but the one part made blank; line breaks stay, so that lines can be
 * counted. The signs that open and close a comment or a literal belong to it. */
void source_keep(struct buffer *out, const char *text, enum source_part kept);

/* Returns the line, from 1, on which the byte at OFFSET stands. */
int source_line(const char *text, size_t offset);

#endif
