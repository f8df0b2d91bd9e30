/* Texts with values in them. */
#ifndef CLAUSE5_AUDIT_CHECK_TEMPLATE_H
#define CLAUSE5_AUDIT_CHECK_TEMPLATE_H

#include "clause5/base/buffer.h"
#include "clause5/store/query.h"

/* Gives the text of a value, "" where it is empty, NULL where there is no value of that name. Valid
 * until asked again. */
struct template_values {
    const char *(*find)(void *context, const char *name);
    void *context;
};

/* Appends TEXT with its values: {name}; {name:one:many} is the number with the word that fits it;
 * and what stands in [ ] is left out where a value in it is empty. */
void template_fill(const char *text, const struct template_values *values, struct buffer *out);

/* Finds values among the columns of the current row; the context is the query. */
const char *template_find_column(void *query, const char *name);

#endif
