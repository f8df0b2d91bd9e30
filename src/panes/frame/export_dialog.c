/* Owns the export of what is shown: filter and order as on the screen. Whole registers are written
 * by the export command, whose cells these are. */
#include "panes/frame/export_dialog.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/csv_write.h"
#include "clause5/exchange/export.h"
#include "clause5/exchange/out_file.h"
#include "clause5/screen/progress.h"
#include "clause5/store/record.h"

enum { ROWS_AT_ONCE = 200, FILTER_SLICE_MS = 50 };

static bool write_row(struct workbook *workbook, struct csv_writer *writer,
                      const struct record *record, struct fault *fault) {
    const struct register_description *described = register_describe(record->register_id);
    bool is_read = true;
    for (int field = 0; field < described->field_count && is_read; field++) {
        struct buffer cell = {0};
        is_read = record_print_value(workbook, &described->fields[field], &record->values[field],
                                     &cell, fault);
        csv_write_cell(writer, buffer_text(&cell));
        buffer_free(&cell);
    }
    csv_end_row(writer);
    return is_read;
}

static void flush(struct buffer *out, struct out_file *file) {
    if (out->len_bytes > 0) {
        out_file_write(file, buffer_text(out), out->len_bytes);
    }
    buffer_clear(out);
}

/* What an export goes through. */
struct export_run {
    struct app *app;
    struct window *window;
    struct out_file *file;
    const char *path;
    struct progress progress;
    int64_t rows;
};

static bool write_rows(struct export_run *run, struct fault *fault) {
    struct buffer out = {0};
    struct csv_writer writer = {.out = &out};
    struct record *records = memory_zero(ROWS_AT_ONCE, sizeof *records);
    struct window_read read = {.from = WINDOW_FIRST, .count = ROWS_AT_ONCE};
    bool is_good = true;
    int count = 0;
    do {
        count = window_read(run->window, &read, records, fault);
        is_good = count >= 0;
        for (int i = 0; i < count; i++) {
            is_good = is_good && write_row(app_workbook(run->app), &writer, &records[i], fault);
            read = (struct window_read){
                .from = WINDOW_AFTER, .id = records[i].id, .count = ROWS_AT_ONCE};
            record_free(&records[i]);
        }
        run->rows += count > 0 ? count : 0;
        flush(&out, run->file);
        if (is_good && !progress_step(&run->progress, run->rows)) {
            is_good = fault_set(fault, FAULT_STOPPED, "Stopped: nothing was exported");
        }
    } while (is_good && count == ROWS_AT_ONCE);
    free(records);
    buffer_free(&out);
    return is_good;
}

static void write_header(struct export_run *run, enum register_id register_id) {
    const struct register_description *described = register_describe(register_id);
    struct buffer out = {0};
    struct csv_writer writer = {.out = &out};
    for (int field = 0; field < described->field_count; field++) {
        csv_write_cell(&writer, described->fields[field].name);
    }
    csv_end_row(&writer);
    flush(&out, run->file);
    buffer_free(&out);
}

/* A stopped export leaves what was there. */
static bool export_to(struct export_run *run, enum register_id register_id, struct fault *fault) {
    const struct out_target target = {
        .path = run->path, .workbook = app_workbook(run->app), .replaces = true};
    run->file = out_file_open(&target, fault);
    if (run->file == NULL) {
        return false;
    }
    write_header(run, register_id);
    if (!write_rows(run, fault)) {
        out_file_abandon(run->file);
        return false;
    }
    return out_file_publish(run->file, fault);
}

/* The screen is no place for a file, and a pipe may wait for its reader for ever. */
static bool is_file_name(struct app *app, const char *path) {
    struct stat status;
    bool is_file = strcmp(path, "-") != 0 &&
                   (stat(path, &status) != 0 || S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
    if (!is_file) {
        app_say(app, MEANING_BAD, "%s is no plain file (name a file)", path);
    }
    return is_file;
}

static bool confirm_replacing(struct app *app, const char *path) {
    static const struct answer answers[] = {{'r', "replace"}, {KEYCODE_ESC, "keep"}};
    if (access(path, F_OK) != 0) {
        return true;
    }
    struct buffer question = {0};
    buffer_addf(&question, "%s exists already.", path);
    bool is_meant =
        dialog_ask(app_stage(app), buffer_text(&question), answers, COUNT(answers)) == 0;
    buffer_free(&question);
    return is_meant;
}

/* A filter must have looked at every row before all that fits can be written. */
static bool finish_filter(struct export_run *run, struct fault *fault) {
    while (window_work(run->window, FILTER_SLICE_MS, fault)) {
        if (!progress_step(&run->progress, 0)) {
            return fault_set(fault, FAULT_STOPPED, "Stopped: nothing was exported");
        }
    }
    return fault->kind == FAULT_NONE;
}

/* Asks where NAME.csv shall go; false where it was left, or no file may be written there. */
static bool ask_path(struct app *app, const char *name, struct buffer *path) {
    struct buffer proposed = {0};
    buffer_addf(&proposed, "%s.csv", name);
    const struct prompt_options options = {.label = "Export what is shown to: ",
                                           .text = buffer_text(&proposed)};
    bool is_given = dialog_prompt(app_stage(app), &options, path) && path->len_bytes > 0 &&
                    is_file_name(app, buffer_text(path)) &&
                    confirm_replacing(app, buffer_text(path));
    buffer_free(&proposed);
    return is_given;
}

unsigned export_dialog_run(struct app *app, struct window *window, enum register_id register_id) {
    struct buffer path = {0};
    if (ask_path(app, register_describe(register_id)->name, &path)) {
        struct fault fault = {0};
        struct export_run run = {.app = app, .window = window, .path = buffer_text(&path)};
        run.progress =
            (struct progress){.stage = app_stage(app),
                              .label = "Exporting",
                              .unit = "rows",
                              .total = window_count(window) > 0 ? window_count(window) : 0};
        if (finish_filter(&run, &fault) && export_to(&run, register_id, &fault)) {
            app_say(app, MEANING_GOOD, "%lld %s written to %s", (long long)run.rows,
                    run.rows == 1 ? "row" : "rows", run.path);
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&path);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}

unsigned export_dialog_run_matrix(struct app *app) {
    struct buffer path = {0};
    if (ask_path(app, "raci", &path)) {
        struct fault fault = {0};
        const struct export_plan plan = {.sheet = "raci", .path = buffer_text(&path)};
        if (export_sheet(app_workbook(app), &plan, &fault)) {
            app_say(app, MEANING_GOOD, "The matrix is written to %s", buffer_text(&path));
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&path);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}
