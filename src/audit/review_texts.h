/* What the inputs of a review are filled with. */
#ifndef CLAUSE5_AUDIT_REVIEW_TEXTS_H
#define CLAUSE5_AUDIT_REVIEW_TEXTS_H

#include "clause5/audit/review.h"
#include "clause5/base/buffer.h"

/* The texts of the ten inputs in the order of the register's choices; zeroed at first. */
struct review_texts {
    struct buffer inputs[REVIEW_INPUTS];
};

/* Reads the texts as of today; release with review_texts_free either way. */
bool review_texts_load(struct workbook *workbook, struct review_texts *texts, struct fault *fault);
void review_texts_free(struct review_texts *texts);

/* Returns the stored name of an input, such as "a previous actions". */
const char *review_input_name(int input);

#endif
