/* Owns the questions about how an import's file is read, and what a new trial says. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "panes/frame/complete_path.h"
#include "panes/staging/staging_pages.h"

void staging_try_again(struct staging *staging) {
    struct buffer text = {0};
    if (staging_try(staging)) {
        staging_print_counts(&staging->outcome.total, &text);
        app_say(staging->app, MEANING_MESSAGE, "%s", buffer_text(&text));
    } else {
        app_say(staging->app, MEANING_FAULT, "Nothing can be imported like this");
    }
    buffer_free(&text);
}

unsigned staging_ask_encoding(struct staging *staging) {
    static const char *const names[] = {NULL,           "UTF-8",       "UTF-16LE",  "UTF-16BE",
                                        "WINDOWS-1252", "ISO-8859-15", "MACINTOSH", "CP850"};
    static const struct menu_item items[] = {
        {'f', "find it out", NULL},
        {'u', "UTF-8", "as most programs write today"},
        {'l', "UTF-16 LE", "\"Unicode text\" of a spreadsheet"},
        {'b', "UTF-16 BE", NULL},
        {'w', "Windows-1252", "western Windows"},
        {'i', "ISO 8859-15", "western, with the euro"},
        {'m', "Macintosh", "older Macs"},
        {'d', "CP850", "DOS"},
    };
    _Static_assert(COUNT(names) == COUNT(items), "one name per line");
    const struct menu menu = {
        .title = "Read the file as", .items = items, .count = COUNT(items), .chosen = 0};
    int chosen = dialog_choose(app_stage(staging->app), &menu);
    if (chosen != DIALOG_NO_ANSWER) {
        free(staging->reading.encoding);
        staging->reading.encoding = memory_copy_text(names[chosen]);
        staging_try_again(staging);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned staging_ask_delimiter(struct staging *staging) {
    static const char delimiters[] = {0, ',', ';', '\t', '|'};
    static const struct menu_item items[] = {{'f', "find it out", NULL},
                                             {',', "comma", ","},
                                             {';', "semicolon", ";"},
                                             {'t', "TAB", NULL},
                                             {'|', "bar", "|"}};
    _Static_assert(COUNT(delimiters) == COUNT(items), "one delimiter per line");
    const struct menu menu = {
        .title = "Between cells stands a", .items = items, .count = COUNT(items), .chosen = 0};
    int chosen = dialog_choose(app_stage(staging->app), &menu);
    if (chosen != DIALOG_NO_ANSWER) {
        staging->reading.delimiter = delimiters[chosen];
        staging_try_again(staging);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned staging_ask_dates(struct staging *staging) {
    static const struct menu_item items[] = {
        [IMPORT_DATES_ISO] = {'f', "find it out", "as each column shows by itself"},
        [IMPORT_DATES_DMY] = {'d', "31.3.2026", "day, month, year"},
        [IMPORT_DATES_MDY] = {'m', "3/31/2026", "month, day, year"},
        [IMPORT_DATES_YMD] = {'y', "2026/3/31", "year, month, day"},
    };
    const struct menu menu = {.title = "Dates are written as",
                              .items = items,
                              .count = COUNT(items),
                              .chosen = (size_t)staging->reading.dates};
    int chosen = dialog_choose(app_stage(staging->app), &menu);
    if (chosen != DIALOG_NO_ANSWER) {
        staging->reading.dates = (enum import_dates)chosen;
        staging_try_again(staging);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static bool is_line(void *context, const char *text, struct fault *fault) {
    (void)context;
    return text[strspn(text, "0123456789")] == '\0' ||
           fault_set(fault, FAULT_REFUSED, "Type the number of a line, 0 for none, or nothing");
}

unsigned staging_ask_header(struct staging *staging) {
    struct buffer answer = {0};
    const struct prompt_options options = {
        .label = "The header is in line (0: there is none; empty: find it out): ",
        .accept = is_line};
    if (staging->is_folder) {
        app_say(staging->app, MEANING_MESSAGE, "The files of a folder begin with their header");
    } else if (dialog_prompt(app_stage(staging->app), &options, &answer)) {
        long long line = strtoll(buffer_text(&answer), NULL, 10);
        staging->reading.header_line = answer.len_bytes == 0 ? IMPORT_HEADER_FOUND
                                       : line == 0           ? IMPORT_NO_HEADER
                                                             : line;
        staging_try_again(staging);
    }
    buffer_free(&answer);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned staging_ask_decimal(struct staging *staging) {
    static const struct menu_item items[] = {
        [IMPORT_DECIMAL_FOUND] = {'f', "find it out", "column by column"},
        [IMPORT_DECIMAL_POINT] = {'p', "1,234.5", "a point before the fraction"},
        [IMPORT_DECIMAL_COMMA] = {'c', "1.234,5", "a comma before the fraction"},
    };
    const struct menu menu = {.title = "Numbers are written as",
                              .items = items,
                              .count = COUNT(items),
                              .chosen = (size_t)staging->reading.decimal};
    int chosen = dialog_choose(app_stage(staging->app), &menu);
    if (chosen != DIALOG_NO_ANSWER) {
        staging->reading.decimal = (enum import_decimal)chosen;
        staging_try_again(staging);
    }
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

static void complete(void *context, const char *typed, struct candidates *out) {
    (void)context;
    complete_path(typed, out);
}

unsigned staging_ask_rejects(struct staging *staging) {
    struct app *app = staging->app;
    struct buffer proposed = {0}, path = {0};
    struct fault fault = {0};
    if (!staging->is_tried || staging->outcome.total.rejected == 0) {
        app_say(app, MEANING_MESSAGE, "No row is rejected");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    size_t len_bytes = strlen(staging->path);
    while (len_bytes > 1 && staging->path[len_bytes - 1] == '/') {
        len_bytes--;
    }
    buffer_append(&proposed, staging->path, len_bytes);
    buffer_add(&proposed, staging->is_folder ? ".rejects" : ".rejects.csv");
    const struct prompt_options options = {.label = staging->is_folder
                                                        ? "Write the rejected rows to the folder: "
                                                        : "Write the rejected rows to: ",
                                           .text = buffer_text(&proposed),
                                           .complete = complete};
    if (dialog_prompt(app_stage(app), &options, &path) && path.len_bytes > 0) {
        if (staging_write_rejects(staging, buffer_text(&path), &fault)) {
            app_say(app, MEANING_GOOD, "%lld rejected row%s written to %s",
                    (long long)staging->outcome.total.rejected,
                    staging->outcome.total.rejected == 1 ? " is" : "s are", buffer_text(&path));
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&proposed);
    buffer_free(&path);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}
