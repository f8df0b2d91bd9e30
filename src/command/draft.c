/* Owns `clause5 draft`; knows nothing of what the drafts say. */
#include "clause5/report/draft.h"

#include "clause5/command/program.h"
#include "command/command.h"
#include "command/reading.h"

static int run_draft(const struct invocation *invocation) {
    struct fault fault = {0};
    struct buffer out = {0};
    struct workbook *workbook = reading_open(invocation->operands[0], &fault);
    bool is_good = workbook != NULL && draft_write(workbook, invocation->operands[1], &out, &fault);
    workbook_close(workbook);
    if (!is_good) {
        buffer_free(&out);
        return command_fail(invocation, &fault);
    }
    return reading_finish(invocation, &out);
}

static const struct option_description draft_options[] = {
    {.name = "output",
     .letter = 'o',
     .value = "OUT.md",
     .help = "Write to this file, replacing it; otherwise to standard output"},
    {.name = NULL},
};

const struct command command_draft = {
    .name = "draft",
    .operands = "FILE TEMPLATE",
    .summary = "Write a document to sign, filled from the workbook, as Markdown",
    .details = "Templates: leadership-statement, information-security-policy, role-profile, "
               "review-agenda, review-minutes, audit-plan, communication-plan. What the workbook "
               "lacks is marked [to fill: ...].",
    .least_operands = 2,
    .most_operands = 2,
    .options = draft_options,
    .run = run_draft,
};
