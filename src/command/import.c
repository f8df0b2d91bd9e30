/* Owns the subcommand import: CSV into a workbook. */
#include "clause5/exchange/import.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/command/program.h"
#include "clause5/exchange/import_found.h"
#include "command/command.h"
#include "command/csv_options.h"
#include "command/writing.h"

enum { PROGRESS_MS = 500 }; /* product.md, Keys: what takes longer shows how far it is */

/* The line on a terminal that says how far the import is. */
struct progress_line {
    bool is_shown;
    bool has_text;
    int64_t next_ms;
    struct buffer found; /* what a dry run says before anything else */
};

static void keep_found(void *context, const struct import_found *found) {
    struct progress_line *line = context;
    buffer_clear(&line->found);
    import_found_print(found, &line->found);
}

static void end_progress(struct progress_line *line) {
    if (line->has_text) {
        fputs("\r\033[K", stderr);
        line->has_text = false;
    }
}

/* Says what a dry run found out, once, before any message. */
static void tell_found(struct progress_line *line) {
    fputs(buffer_text(&line->found), stderr);
    buffer_clear(&line->found);
}

/* Texts of the file may hold anything: they are shown, never sent to the terminal as they are. */
static void say(void *context, enum import_message kind, const char *text) {
    struct buffer line = {0};
    end_progress(context);
    tell_found(context);
    buffer_add(&line, kind == IMPORT_WARNING ? "warning: " : kind == IMPORT_NOTE ? "note: " : "");
    text_show(&line, text, 0);
    fprintf(stderr, "%s\n", buffer_text(&line));
    buffer_free(&line);
}

/* Set by the first Ctrl-C or TERM; the second ends the program at once. */
static volatile sig_atomic_t is_interrupted;

static void note_signal(int number) {
    (void)number;
    is_interrupted = 1;
}

/* A pipe is read to its end before anything else, which a signal may end as ever. */
static void catch_signals(const struct import_plan *plan) {
    struct sigaction action = {.sa_handler = note_signal, .sa_flags = (int)SA_RESETHAND};
    if (strcmp(plan->path, "-") != 0) {
        sigaction(SIGINT, &action, NULL);
        sigaction(SIGTERM, &action, NULL);
    }
}

/* Asked by the workbook itself while it stores. */
static bool is_stopping(void *context) {
    (void)context;
    return is_interrupted != 0;
}

static bool should_stop(void *context, const struct import_progress *progress) {
    struct progress_line *line = context;
    if (line->is_shown && clock_monotonic_ms() >= line->next_ms) {
        fprintf(stderr, "\r%s: %lld rows", progress->sheet, (long long)progress->rows);
        line->next_ms = clock_monotonic_ms() + PROGRESS_MS;
        line->has_text = true;
    }
    return is_interrupted != 0;
}

/* Reads --map COLUMN=FIELD, of which there may be many. The columns are copies. */
static bool read_maps(const struct invocation *invocation, struct import_map **maps, int *count,
                      struct fault *fault) {
    const char *given;
    int at = 0;
    while ((given = invocation_next(invocation, "map", &at)) != NULL) {
        const char *equals = strrchr(given, '=');
        if (equals == NULL || equals == given) {
            return fault_set(fault, FAULT_USAGE, "--map %s: write it as COLUMN=FIELD", given);
        }
        *maps = memory_resize(*maps, (size_t)*count + 1, sizeof **maps);
        (*maps)[(*count)++] = (struct import_map){
            .column = memory_copy_bytes(given, (size_t)(equals - given)), .field = equals + 1};
    }
    return true;
}

static void free_maps(struct import_map *maps, int count) {
    for (int i = 0; i < count; i++) {
        free((char *)maps[i].column);
    }
    free(maps);
}

/* Reads --set FIELD=VALUE, of which there may be many. The fields are copies. */
static bool read_given(const struct invocation *invocation, struct import_given **all, int *count,
                       struct fault *fault) {
    const char *option;
    int at = 0;
    while ((option = invocation_next(invocation, "set", &at)) != NULL) {
        const char *equals = strchr(option, '=');
        if (equals == NULL || equals == option || equals[1] == '\0') {
            return fault_set(fault, FAULT_USAGE, "--set %s: write it as FIELD=VALUE", option);
        }
        char *field = memory_copy_bytes(option, (size_t)(equals - option));
        for (int i = 0; i < *count; i++) {
            if (text_compare_ascii_case((*all)[i].field, field) == 0) {
                free(field);
                return fault_set(fault, FAULT_USAGE, "--set gives %s two values", (*all)[i].field);
            }
        }
        *all = memory_resize(*all, (size_t)*count + 1, sizeof **all);
        (*all)[(*count)++] = (struct import_given){.field = field, .text = equals + 1};
    }
    return true;
}

static void free_given(struct import_given *all, int count) {
    for (int i = 0; i < count; i++) {
        free((char *)all[i].field);
    }
    free(all);
}

static enum import_dates read_dates(const struct invocation *invocation) {
    static const char *const words[] = {
        [IMPORT_DATES_DMY] = "dmy", [IMPORT_DATES_MDY] = "mdy", [IMPORT_DATES_YMD] = "ymd"};
    const char *given = invocation_value(invocation, "dates");
    for (size_t i = IMPORT_DATES_DMY; given != NULL && i < COUNT(words); i++) {
        if (strcmp(given, words[i]) == 0) {
            return (enum import_dates)i;
        }
    }
    return IMPORT_DATES_ISO;
}

static enum import_decimal read_decimal(const struct invocation *invocation) {
    const char *given = invocation_value(invocation, "decimal");
    return given == NULL                 ? IMPORT_DECIMAL_FOUND
           : strcmp(given, "comma") == 0 ? IMPORT_DECIMAL_COMMA
                                         : IMPORT_DECIMAL_POINT;
}

static bool read_header_line(const struct invocation *invocation, int64_t *line,
                             struct fault *fault) {
    const char *given = invocation_value(invocation, "header");
    const char *digits = given;
    int number = 0;
    *line = given != NULL && strcmp(given, "none") == 0 ? IMPORT_NO_HEADER : IMPORT_HEADER_FOUND;
    if (given == NULL || *line == IMPORT_NO_HEADER) {
        return true;
    }
    bool is_line = text_take_number(&digits, 9, &number) && *digits == '\0' && number > 0;
    *line = number;
    return is_line || fault_set(fault, FAULT_USAGE,
                                "--header %s: say none, or the line that holds the names", given);
}

static bool read_plan(const struct invocation *invocation, struct import_plan *plan,
                      struct fault *fault) {
    *plan = (struct import_plan){.sheet = invocation->operands[1],
                                 .path = invocation->operands[2],
                                 .format.encoding = invocation_value(invocation, "encoding"),
                                 .dates = read_dates(invocation),
                                 .decimal = read_decimal(invocation),
                                 .creates_missing = invocation_has(invocation, "create-missing"),
                                 .is_exact = invocation_has(invocation, "exact"),
                                 .is_dry_run = invocation_has(invocation, "dry-run"),
                                 .rejects_path = invocation_value(invocation, "rejects"),
                                 .say = say};
    bool is_all = strcmp(plan->sheet, "all") == 0;
    if (is_all && (invocation_has(invocation, "map") || invocation_has(invocation, "set") ||
                   invocation_has(invocation, "header"))) {
        return fault_set(fault, FAULT_USAGE,
                         "import all takes neither --map, --set nor --header: import the register "
                         "alone");
    }
    if (plan->rejects_path != NULL && strcmp(plan->rejects_path, "-") == 0) {
        return fault_set(fault, FAULT_USAGE,
                         "--rejects needs a file: standard output has the counts");
    }
    return (is_all || csv_options_know_sheet(plan->sheet, fault)) &&
           read_header_line(invocation, &plan->header_line, fault) &&
           csv_options_read_delimiter(invocation, &plan->format.delimiter, fault);
}

static void add_counts(struct buffer *out, const struct import_counts *counts) {
    buffer_addf(out, "%lld new, %lld changed, %lld unchanged, %lld rejected\n",
                (long long)counts->added, (long long)counts->changed, (long long)counts->unchanged,
                (long long)counts->rejected);
}

static int tell_outcome(const struct import_plan *plan, const struct import_outcome *outcome) {
    struct buffer out = {0};
    tell_found(plan->context);
    for (int id = 0; id < REGISTER_COUNT && strcmp(plan->sheet, "all") == 0; id++) {
        if (outcome->has_file[id]) {
            buffer_addf(&out, "%s: ", register_describe((enum register_id)id)->name);
            add_counts(&out, &outcome->of[id]);
        }
    }
    add_counts(&out, &outcome->total);
    bool is_refused = outcome->total.rejected > 0;
    if (is_refused && plan->rejects_path == NULL && !plan->is_dry_run) {
        fprintf(stderr, "nothing was imported: mend the rejected rows%s\n",
                strcmp(plan->sheet, "all") == 0
                    ? ", or name a folder for them with --rejects to import the others"
                    : ", or name a file for them with --rejects to import the others");
    }
    int status = command_finish(&out);
    return status == EXIT_GOOD && is_refused ? EXIT_FOUND : status;
}

static int run_plan(const struct invocation *invocation, const struct import_plan *plan) {
    struct fault fault = {0};
    struct clock clock;
    struct import_outcome outcome;
    struct workbook *workbook = NULL;
    bool is_done = clock_read(&clock, &fault);
    if (is_done) {
        workbook = workbook_open(invocation->operands[0], WORKBOOK_WRITE, &clock, &fault);
        if (workbook != NULL) {
            workbook_watch(workbook, is_stopping, NULL);
            if (!plan->is_dry_run) {
                writing_begin(workbook);
            }
        }
        is_done = workbook != NULL &&
                  (strcmp(plan->sheet, "all") == 0 ? import_folder(workbook, plan, &outcome, &fault)
                                                   : import_file(workbook, plan, &outcome, &fault));
    }
    workbook_close(workbook);
    end_progress(plan->context);
    return is_done ? tell_outcome(plan, &outcome) : command_fail(invocation, &fault);
}

static int run_import(const struct invocation *invocation) {
    struct fault fault = {0};
    struct import_plan plan;
    struct import_map *maps = NULL;
    struct import_given *given = NULL;
    int map_count = 0, given_count = 0;
    struct progress_line progress = {.is_shown = isatty(STDERR_FILENO),
                                     .next_ms = clock_monotonic_ms() + PROGRESS_MS};
    int status;
    if (read_plan(invocation, &plan, &fault) && read_maps(invocation, &maps, &map_count, &fault) &&
        read_given(invocation, &given, &given_count, &fault)) {
        plan.maps = maps;
        plan.map_count = map_count;
        plan.given = given;
        plan.given_count = given_count;
        plan.context = &progress;
        plan.should_stop = should_stop;
        plan.found = plan.is_dry_run ? keep_found : NULL;
        catch_signals(&plan);
        status = run_plan(invocation, &plan);
    } else {
        status = command_fail(invocation, &fault);
    }
    free_maps(maps, map_count);
    free_given(given, given_count);
    buffer_free(&progress.found);
    return status;
}

static const struct option_description import_options[] = {
    {.name = "dry-run", .help = "Say what would happen and store nothing"},
    {.name = "map",
     .value = "COLUMN=FIELD",
     .is_repeatable = true,
     .help = "Which field a column, named or by its number, holds; without a FIELD it is left out"},
    {.name = "set",
     .value = "FIELD=VALUE",
     .is_repeatable = true,
     .help = "What a field is in all rows where the file has nothing for it"},
    {.name = "encoding", .value = "E", .help = "Such as windows-1252; found out without it"},
    {.name = "delimiter", .value = "D", .help = "What stands between cells: , ; TAB or |"},
    {.name = "dates",
     .value = "ORDER",
     .choices = "dmy|mdy|ymd",
     .help = "How dates are written that are not YYYY-MM-DD"},
    {.name = "decimal",
     .value = "SIGN",
     .choices = "point|comma",
     .help = "What stands before a fraction where 1,234 can be two numbers"},
    {.name = "header",
     .value = "LINE",
     .help = "The line of the column names, or none; found out without it"},
    {.name = "create-missing", .help = "Make the people, roles and others that are named"},
    {.name = "rejects", .value = "OUT.csv", .help = "Where rejected rows go; the others go in"},
    {.name = "exact", .help = "Take leading apostrophes as part of the text"},
    {.name = NULL},
};

const struct command command_import = {
    .name = "import",
    .operands = "FILE REGISTER CSV | FILE all DIR",
    .summary = "Take CSV into a workbook",
    .details =
        "REGISTER is a register as clause5 describe prints it, or raci for a matrix of "
        "responsibilities. Rows are matched by key: a row whose key exists changes the "
        "fields that the file has, an empty cell clears, a missing column leaves alone. "
        "Without --rejects one rejected row means that nothing is imported. all takes a "
        "folder that clause5 export FILE all has written, or a part of one; its rejects are "
        "a folder too, and --map, --set and --header are for one register alone. CSV may be - for "
        "standard input.",
    .least_operands = 3,
    .most_operands = 3,
    .options = import_options,
    .run = run_import,
};
