/* Owns `clause5 report`; knows nothing of what the report says. */
#include "clause5/report/report.h"

#include "clause5/command/program.h"
#include "command/command.h"
#include "command/reading.h"

static int run_report(const struct invocation *invocation) {
    struct fault fault = {0};
    struct buffer out = {0};
    struct workbook *workbook = reading_open(invocation->operands[0], &fault);
    bool is_good = workbook != NULL && reading_look_back(invocation, workbook, &fault) &&
                   report_write(workbook, invocation_value(invocation, "audit"), &out, &fault);
    workbook_close(workbook);
    if (!is_good) {
        buffer_free(&out);
        return command_fail(invocation, &fault);
    }
    return reading_finish(invocation, &out);
}

static const struct option_description report_options[] = {
    {.name = "output",
     .letter = 'o',
     .value = "OUT.html",
     .help = "Write to this file, replacing it; otherwise to standard output"},
    {.name = "audit", .value = "REF", .help = "The round that is reported; the newest otherwise"},
    {.name = "as-of", .value = "DATE", .help = "As the workbook stood at the end of that day"},
    {.name = NULL},
};

const struct command command_report = {
    .name = "report",
    .operands = "FILE",
    .summary = "Write the report as one HTML page",
    .details = "The page needs no other file and holds no script; a browser prints it on A4. It "
               "shows readiness, findings, gaps, the registers and what is not proven.",
    .least_operands = 1,
    .most_operands = 1,
    .options = report_options,
    .run = run_report,
};
