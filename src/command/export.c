/* Owns the subcommand export: registers as CSV. */
#include "clause5/exchange/export.h"

#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/command/program.h"
#include "clause5/exchange/import.h"
#include "command/command.h"
#include "command/csv_options.h"
#include "command/reading.h"

static bool read_plan(const struct invocation *invocation, struct export_plan *plan,
                      struct fault *fault) {
    *plan = (struct export_plan){.sheet = invocation->operands[1],
                                 .path = invocation_value(invocation, "output"),
                                 .has_byte_order_mark = invocation_has(invocation, "bom"),
                                 .is_exact = invocation_has(invocation, "exact")};
    bool is_all = strcmp(plan->sheet, "all") == 0;
    if (!is_all && !csv_options_know_sheet(plan->sheet, fault)) {
        return false;
    }
    if (is_all && (plan->path == NULL || strcmp(plan->path, "-") == 0)) {
        return fault_set(fault, FAULT_USAGE, "export all writes a folder: name it with -o DIR");
    }
    return csv_options_read_delimiter(invocation, &plan->delimiter, fault);
}

static int run_export(const struct invocation *invocation) {
    struct fault fault = {0};
    struct clock clock;
    struct export_plan plan;
    if (!read_plan(invocation, &plan, &fault) || !clock_read(&clock, &fault)) {
        return command_fail(invocation, &fault);
    }
    struct workbook *workbook =
        workbook_open(invocation->operands[0], WORKBOOK_READ, &clock, &fault);
    bool is_good = workbook != NULL && reading_look_back(invocation, workbook, &fault) &&
                   (strcmp(plan.sheet, "all") == 0 ? export_folder(workbook, &plan, &fault)
                                                   : export_sheet(workbook, &plan, &fault));
    workbook_close(workbook);
    return is_good ? EXIT_GOOD : command_fail(invocation, &fault);
}

static const struct option_description export_options[] = {
    {.name = "output", .letter = 'o', .value = "OUT", .help = "The file, or for all the folder"},
    {.name = "delimiter", .value = "D", .help = "What stands between cells: , ; TAB or |"},
    {.name = "bom", .help = "Begin with a byte order mark, as some spreadsheets want it"},
    {.name = "exact", .help = "Leave cells bare that a spreadsheet would run as formulas"},
    {.name = "as-of", .value = "DATE", .help = "As the workbook stood at the end of that day"},
    {.name = NULL},
};

const struct command command_export = {
    .name = "export",
    .operands = "FILE REGISTER|all",
    .summary = "Write registers as CSV",
    .details = "REGISTER is a register as clause5 describe prints it, or raci for the matrix of "
               "responsibilities. policy and objective have the current version, and the KPI with "
               "its newest value, beside them. Without -o the register goes to standard output. "
               "all writes a folder with one file for each register, which clause5 import FILE all "
               "DIR takes back.",
    .least_operands = 2,
    .most_operands = 2,
    .options = export_options,
    .run = run_export,
};
