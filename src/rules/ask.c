/* Owns prepared statements for the questions of rules; knows nothing of what they mean. */
#include "rules/ask.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"

void asker_close(struct asker *asker) {
    for (int i = 0; i < ASK_STATEMENTS_MOST; i++) {
        query_close(asker->statements[i].query);
        free(asker->statements[i].sql);
        asker->statements[i].query = NULL;
        asker->statements[i].sql = NULL;
    }
}

/* Returns the statement, prepared and ready to run; the oldest of the others makes room. */
static struct query *asker_prepare(struct asker *asker, const char *sql, struct fault *fault) {
    for (int i = 0; i < ASK_STATEMENTS_MOST; i++) {
        if (asker->statements[i].sql != NULL && strcmp(asker->statements[i].sql, sql) == 0) {
            return asker->statements[i].query;
        }
    }
    struct query *query = query_open(asker->workbook, sql, fault);
    if (query == NULL) {
        return NULL;
    }
    int slot = asker->next;
    asker->next = (slot + 1) % ASK_STATEMENTS_MOST;
    query_close(asker->statements[slot].query);
    free(asker->statements[slot].sql);
    asker->statements[slot].query = query;
    asker->statements[slot].sql = memory_copy_text(sql);
    return query;
}

static struct query *asker_bind(struct asker *asker, const struct question *question,
                                struct fault *fault) {
    struct query *query = asker_prepare(asker, question->sql, fault);
    if (query == NULL) {
        return NULL;
    }
    for (int i = 0; question->arguments[i].name != NULL; i++) {
        if (question->arguments[i].text != NULL) {
            query_bind_text(query, question->arguments[i].name, question->arguments[i].text);
        } else {
            query_bind_whole(query, question->arguments[i].name, question->arguments[i].whole);
        }
    }
    return query;
}

enum lookup ask_first(struct asker *asker, const struct question *question, int64_t *whole,
                      struct fault *fault) {
    struct query *query = asker_bind(asker, question, fault);
    if (query == NULL) {
        return LOOKUP_FAULT;
    }
    int step = query_step(query, fault);
    if (step == 1) {
        *whole = query_whole(query, 0);
    }
    query_reset(query);
    return step < 0 ? LOOKUP_FAULT : step == 1 ? LOOKUP_FOUND : LOOKUP_NONE;
}

enum lookup ask_text(struct asker *asker, const struct question *question, struct buffer *text,
                     struct fault *fault) {
    struct query *query = asker_bind(asker, question, fault);
    if (query == NULL) {
        return LOOKUP_FAULT;
    }
    int step = query_step(query, fault);
    if (step == 1) {
        buffer_add(text, query_text(query, 0));
    }
    query_reset(query);
    return step < 0 ? LOOKUP_FAULT : step == 1 ? LOOKUP_FOUND : LOOKUP_NONE;
}

void whole_list_add(struct whole_list *list, int64_t item) {
    list->items =
        memory_reserve(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = item;
}

bool whole_list_has(const struct whole_list *list, int64_t item) {
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == item) {
            return true;
        }
    }
    return false;
}

void whole_list_free(struct whole_list *list) {
    free(list->items);
    *list = (struct whole_list){0};
}

bool ask_all(struct asker *asker, const struct question *question, struct whole_list *list,
             struct fault *fault) {
    struct query *query = asker_bind(asker, question, fault);
    if (query == NULL) {
        return false;
    }
    int step;
    while ((step = query_step(query, fault)) == 1) {
        whole_list_add(list, query_whole(query, 0));
    }
    query_reset(query);
    return step == 0;
}
