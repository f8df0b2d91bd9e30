/* Owns the subcommand new: the making of a workbook. */
#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/command/program.h"
#include "clause5/exchange/seed.h"
#include "command/command.h"

/* Reads which set is asked for; false where more than one is. */
static bool read_set(const struct invocation *invocation, enum seed_set *set, struct fault *fault) {
    bool is_starter = invocation_has(invocation, "starter");
    bool is_sample = invocation_has(invocation, "sample");
    bool is_empty = invocation_has(invocation, "empty");
    *set = is_sample ? SEED_SAMPLE : is_empty ? SEED_EMPTY : SEED_STARTER;
    if (is_starter + is_sample + is_empty > 1) {
        return fault_set(fault, FAULT_USAGE, "choose one of --starter, --sample and --empty");
    }
    bool has_names = invocation_has(invocation, "leader") || invocation_has(invocation, "security");
    return *set == SEED_STARTER || !has_names ||
           fault_set(fault, FAULT_USAGE,
                     "--leader and --security fill roles of the starter set: they do not go with "
                     "--%s",
                     is_sample ? "sample" : "empty");
}

static int run_new(const struct invocation *invocation) {
    struct fault fault = {0};
    struct clock clock;
    struct seed_plan plan = {.organisation = invocation_value(invocation, "organisation"),
                             .leader = invocation_value(invocation, "leader"),
                             .security = invocation_value(invocation, "security")};
    if (!read_set(invocation, &plan.set, &fault) || !clock_read(&clock, &fault) ||
        !seed_create(invocation->operands[0], &plan, &clock, &fault)) {
        return command_fail(invocation, &fault);
    }
    struct buffer out = {0};
    buffer_addf(&out, "%s is made\n", invocation->operands[0]);
    return command_finish(&out);
}

static const struct option_description new_options[] = {
    {.name = "organisation", .value = "NAME", .help = "Whose workbook it is"},
    {.name = "leader", .value = "NAME", .help = "Who leads the organisation"},
    {.name = "security", .value = "NAME", .help = "Who looks after information security"},
    {.name = "starter", .help = "Begin with the starter set; what happens without a word"},
    {.name = "sample", .help = "Begin with the sample, a firm half way through"},
    {.name = "empty", .help = "Begin with nothing but the checklist"},
    {.name = NULL},
};

const struct command command_new = {
    .name = "new",
    .operands = "FILE",
    .summary = "Make a workbook",
    .details = "FILE must not exist yet. The starter set has the roles, the responsibility matrix, "
               "the policies, the objectives and the first review that a firm of 10 to 200 people "
               "can keep; --leader and --security fill its two first roles, which otherwise stay "
               "vacant. Without --organisation the workbook is named after the file.",
    .least_operands = 1,
    .most_operands = 1,
    .options = new_options,
    .run = run_new,
};
