/* Owns turning what the workbook knows into the texts of a review's inputs; writes nothing. */
#include "audit/review_texts.h"

#include <string.h>

#include "clause5/audit/words.h"
#include "clause5/base/memory.h"
#include "clause5/register/register.h"

/* What is said where the workbook has nothing. */
static const char *const nothing[] = {
    "No earlier review decided anything.",
    "No change of duties, roles, people or policies is on record, and no incident.",
    "No duty was checked for changes since the last review.",
    "No nonconformity is open.",
    "No KPI has a value.",
    "No round of the checklist since the last review.",
    "No objective is open.",
    "No feedback is recorded since the last review.",
    "No risk was accepted and no action on a risk is open.",
    "No observation or opportunity was recorded since the last review.",
};
_Static_assert(COUNT(nothing) == REVIEW_INPUTS, "one text per input");

const char *review_input_name(int input) {
    return register_describe(REGISTER_REVIEW_INPUT)
        ->fields[REVIEW_INPUT_INPUT]
        .choices[input]
        .value;
}

static int find_input(const char *name) {
    for (int input = 0; input < REVIEW_INPUTS; input++) {
        if (strcmp(review_input_name(input), name) == 0) {
            return input;
        }
    }
    return -1;
}

static void add_line(struct review_texts *texts, const char *input, const char *line) {
    int place = find_input(input);
    if (place >= 0) {
        struct buffer *text = &texts->inputs[place];
        buffer_addf(text, "%s%s", text->len_bytes == 0 ? "" : "\n", line);
    }
}

bool review_texts_load(struct workbook *workbook, struct review_texts *texts, struct fault *fault) {
    struct query *query = words_query_open_file(workbook, "figures/review_inputs.sql", fault);
    int step = query == NULL ? -1 : query_step(query, fault);
    for (; step == 1; step = query_step(query, fault)) {
        add_line(texts, query_text(query, 0), query_text(query, 1));
    }
    query_close(query);
    for (int input = 0; input < REVIEW_INPUTS; input++) {
        if (texts->inputs[input].len_bytes == 0) {
            buffer_add(&texts->inputs[input], nothing[input]);
        }
    }
    return step == 0;
}

void review_texts_free(struct review_texts *texts) {
    for (int input = 0; input < REVIEW_INPUTS; input++) {
        buffer_free(&texts->inputs[input]);
    }
}
