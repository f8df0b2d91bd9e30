/* A row on its way into the workbook, as rules see it. */
#ifndef RULES_ROW_H
#define RULES_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"
#include "clause5/store/record.h"
#include "rules/ask.h"

/* The values belong to whoever made the row, until a rule completes one of them: then the row holds
 * a copy, released by row_free. */
struct row {
    struct asker *asker;
    enum register_id register_id;
    int64_t id;                 /* 0 where the record is new and its id is yet to be made */
    const struct value *before; /* NULL where the record is new, and once it is stored */
    const struct value *values;
    struct value *own;
    /* Of meaning when the batch is looked at as a whole: */
    bool is_new;                             /* the batch inserted the record */
    const struct whole_list *touched_audits; /* the rounds that the batch inserted or changed */
};

void row_free(struct row *row);

bool row_is_empty(const struct row *row, int field);
const char *row_text(const struct row *row, int field);
int64_t row_whole(const struct row *row, int field);

/* True where the stored text is that word. */
bool row_is(const struct row *row, int field, const char *word);

/* True where the field differs from what is stored; of a new record, where it is set. */
bool row_has_changed(const struct row *row, int field);

/* Puts another value in place of what came. The value is copied. */
void row_complete(struct row *row, int field, const struct value *value);

/* Refuses with "policy POL-001 " before the message. Returns false. */
bool row_refuse(const struct row *row, struct fault *fault, int field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Returns the label of a field as it stands within a sentence; the caller frees with free. */
char *row_field_noun(enum register_id register_id, int field);

#endif
