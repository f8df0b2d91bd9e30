/* Owns the subcommand check: what the checks find, as text, CSV or JSON. Knows no check by name. */
#include "clause5/audit/check.h"

#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/command/program.h"
#include "clause5/exchange/rows.h"
#include "command/command.h"
#include "command/prose.h"
#include "command/reading.h"

/* The columns of contract.md, Streams. */
static const char *const names[] = {"check",    "severity", "requirement",
                                    "register", "record",   "message"};

/* Whether the finding is a row of what was asked for. */
static bool is_shown(const struct finding *finding, enum severity least) {
    return finding->check->severity <= least && finding->set_aside_until == NULL;
}

static size_t count_shown(const struct findings *findings, enum severity least) {
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        count += is_shown(&findings->items[i], least);
    }
    return count;
}

static void add_rows(struct buffer *out, const struct findings *findings, enum severity least,
                     bool is_json) {
    struct rows_writer rows = rows_begin(out, is_json, names, COUNT(names));
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        const char *const cells[] = {
            finding->check->id,    severity_word(finding->check->severity),
            finding->requirements, register_describe(finding->check->register_id)->name,
            finding->record,       finding->message,
        };
        _Static_assert(COUNT(cells) == COUNT(names), "one cell per column");
        if (is_shown(finding, least)) {
            rows_add(&rows, cells);
        }
    }
    rows_end(&rows);
}

static const struct prose item = {.indent = 2, .text_column = 4};

/* What was found, with the requirements that fail where they are not all of the check's. */
static void add_message(struct buffer *out, const struct finding *finding) {
    struct buffer text = {0};
    buffer_add(&text, finding->message);
    if (strcmp(finding->requirements, finding->check->requirements) != 0) {
        buffer_addf(&text, " (%s)", finding->requirements);
    }
    prose_add(out, &item, "*", buffer_text(&text));
    buffer_free(&text);
}

/* One check as a heading with its remedy, and what it found below, from FIRST on. Returns the index
 * of the next finding of another check. */
static size_t add_group(struct buffer *out, const struct findings *findings, size_t first,
                        enum severity least) {
    const struct check *check = findings->items[first].check;
    bool has_heading = false;
    size_t at = first;
    for (; at < findings->count && findings->items[at].check == check; at++) {
        const struct finding *finding = &findings->items[at];
        if (!is_shown(finding, least)) {
            continue;
        }
        if (!has_heading) {
            buffer_addf(out, "%s %s (%s)\n", severity_word(check->severity), check->id,
                        check->requirements);
            prose_add(out, &item, "-", check->remedy);
            has_heading = true;
        }
        add_message(out, finding);
    }
    return at;
}

static void add_set_aside(struct buffer *out, const struct findings *findings,
                          enum severity least) {
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->set_aside_until != NULL && finding->check->severity <= least) {
            struct buffer text = {0};
            buffer_addf(&text, "set aside until %s: %s: %s (%s)", finding->set_aside_until,
                        finding->check->id, finding->message, finding->set_aside_reason);
            prose_add(out, &(struct prose){0}, "", buffer_text(&text));
            buffer_free(&text);
        }
    }
}

static void add_text(struct buffer *out, struct check_run *run, enum severity least) {
    const struct findings *findings = check_run_findings(run);
    for (size_t at = 0; at < findings->count;) {
        at = add_group(out, findings, at, least);
    }
    add_set_aside(out, findings, least);
    buffer_addf(out, "errors: %zu, warnings: %zu, info: %zu, set aside: %zu\n",
                check_run_count(run, SEVERITY_ERROR), check_run_count(run, SEVERITY_WARNING),
                check_run_count(run, SEVERITY_INFO), check_run_count_set_aside(run));
}

/* Prints what the run finds and returns the exit status. */
static int print_run(const struct invocation *invocation, struct check_run *run) {
    const char *format = invocation_value(invocation, "format");
    const char *word = invocation_value(invocation, "severity");
    enum severity least = SEVERITY_INFO;
    struct buffer out = {0};
    if (word != NULL) {
        severity_parse(word, &least);
    }
    const struct findings *findings = check_run_findings(run);
    if (format == NULL || strcmp(format, "text") == 0) {
        add_text(&out, run, least);
    } else {
        add_rows(&out, findings, least, strcmp(format, "json") == 0);
    }
    int status = command_finish(&out);
    return status == EXIT_GOOD && count_shown(findings, least) > 0 ? EXIT_FOUND : status;
}

static int run_check(const struct invocation *invocation) {
    struct fault fault = {0};
    struct clock clock;
    struct workbook *workbook = NULL;
    struct check_run *run = NULL;
    int status = EXIT_FAILED;
    struct check_book *book = clock_read(&clock, &fault) ? check_book_load(&fault) : NULL;
    if (book != NULL) {
        workbook = workbook_open(invocation->operands[0], WORKBOOK_READ, &clock, &fault);
    }
    if (workbook != NULL && reading_look_back(invocation, workbook, &fault)) {
        run = check_run_begin(workbook, book, &fault);
    }
    if (run != NULL && check_run_all(run, &fault)) {
        status = print_run(invocation, run);
    } else {
        status = command_fail(invocation, &fault);
    }
    check_run_free(run);
    workbook_close(workbook);
    check_book_free(book);
    return status;
}

static const struct option_description check_options[] = {
    {.name = "format", .value = "FORMAT", .choices = "text|csv|json", .help = "How to print it"},
    {.name = "severity",
     .value = "SEVERITY",
     .choices = "error|warning|info",
     .help = "Print these and what weighs more; info is the default"},
    {.name = "as-of", .value = "DATE", .help = "As the workbook stood at the end of that day"},
    {.name = NULL},
};

const struct command command_check = {
    .name = "check",
    .operands = "FILE",
    .summary = "Read the registers as an auditor would and print what is wrong",
    .details = "Prints what the checks find, the heaviest first, each with what to do about it. A "
               "check that the register exception sets aside for a record counts again after its "
               "day. The exit status is 1 where anything is printed. clause5 describe checks "
               "explains each check.",
    .least_operands = 1,
    .most_operands = 1,
    .options = check_options,
    .run = run_check,
};
