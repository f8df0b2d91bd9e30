/* Short questions to the workbook, asked while rules are checked. */
#ifndef RULES_ASK_H
#define RULES_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

enum { ASK_STATEMENTS_MOST = 8, ASK_ARGUMENTS_MOST = 4 };

/* Asks of one workbook and keeps the last statements prepared, so that a million rows do not
 * prepare a million statements. Zeroed but for the workbook it is ready; asker_close ends it. */
struct asker {
    struct workbook *workbook;
    struct {
        char *sql;
        struct query *query;
    } statements[ASK_STATEMENTS_MOST];
    int next;
};

void asker_close(struct asker *asker);

/* A statement with its parameters, closed by a row without a name. An argument with a text binds
 * that, else its whole number. */
struct question {
    const char *sql;
    struct {
        const char *name;
        const char *text;
        int64_t whole;
    } arguments[ASK_ARGUMENTS_MOST + 1];
};

/* Puts the first column of the first row into *WHOLE; LOOKUP_NONE where there is no row. */
enum lookup ask_first(struct asker *asker, const struct question *question, int64_t *whole,
                      struct fault *fault);

/* Appends the first column of the first row as text. */
enum lookup ask_text(struct asker *asker, const struct question *question, struct buffer *text,
                     struct fault *fault);

/* The first columns of all rows as whole numbers, to be freed with whole_list_free. Reading all
 * before anything is written keeps statements and writes apart. */
struct whole_list {
    int64_t *items;
    size_t count;
    size_t capacity;
};

void whole_list_add(struct whole_list *list, int64_t item);
bool whole_list_has(const struct whole_list *list, int64_t item);
void whole_list_free(struct whole_list *list);

bool ask_all(struct asker *asker, const struct question *question, struct whole_list *list,
             struct fault *fault);

#endif
