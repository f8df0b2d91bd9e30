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
        app_say(staging->app, MEANING_FAULT, "%s", fault_text(&staging->fault));
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
        [IMPORT_DATES_ISO] = {'i', "2026-03-31", "as it is written, nothing else"},
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

static void complete(void *context, const char *typed, struct candidates *out) {
    (void)context;
    complete_path(typed, out);
}

unsigned staging_ask_rejects(struct staging *staging) {
    struct app *app = staging->app;
    struct buffer proposed = {0}, path = {0};
    struct fault fault = {0};
    if (staging->is_folder || !staging->is_tried || staging->outcome.total.rejected == 0) {
        app_say(app, MEANING_MESSAGE, "%s",
                staging->is_folder ? "Rejects go to a file where one register is imported alone"
                                   : "No row is rejected");
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    buffer_addf(&proposed, "%s.rejects.csv", staging->path);
    const struct prompt_options options = {.label = "Write the rejected rows to: ",
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
