/* Owns the export of what is shown: filter and order as on the screen. Whole registers are written
 * by the export command, whose cells these are. */
#include "panes/export_dialog.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/csv_write.h"
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

static bool flush(struct buffer *out, FILE *file, const char *path, struct fault *fault) {
    bool is_written = fwrite(buffer_text(out), 1, out->len_bytes, file) == out->len_bytes;
    buffer_clear(out);
    return is_written ||
           fault_set(fault, FAULT_FAILED, "%s cannot be written: %s", path, strerror(errno));
}

/* What an export goes through. */
struct export_run {
    struct app *app;
    struct window *window;
    FILE *file;
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
        is_good = is_good && flush(&out, run->file, run->path, fault);
        if (is_good && !progress_step(&run->progress, run->rows)) {
            is_good = fault_set(fault, FAULT_STOPPED, "Stopped: nothing was exported");
        }
    } while (is_good && count == ROWS_AT_ONCE);
    free(records);
    buffer_free(&out);
    return is_good;
}

static bool write_header(struct export_run *run, enum register_id register_id,
                         struct fault *fault) {
    const struct register_description *described = register_describe(register_id);
    struct buffer out = {0};
    struct csv_writer writer = {.out = &out};
    for (int field = 0; field < described->field_count; field++) {
        csv_write_cell(&writer, described->fields[field].name);
    }
    csv_end_row(&writer);
    bool is_written = flush(&out, run->file, run->path, fault);
    buffer_free(&out);
    return is_written;
}

/* Writes beside the final name and renames, so that a stopped export leaves what was there. */
static bool export_to(struct export_run *run, enum register_id register_id, struct fault *fault) {
    struct buffer beside = {0};
    buffer_addf(&beside, "%s.part-%ld", run->path, (long)getpid());
    run->file = fopen(buffer_text(&beside), "wxe");
    bool is_good = run->file != NULL || fault_set(fault, FAULT_FAILED, "%s cannot be written: %s",
                                                  run->path, strerror(errno));
    if (is_good) {
        is_good = write_header(run, register_id, fault) && write_rows(run, fault);
        if (fclose(run->file) != 0 && is_good) {
            is_good = fault_set(fault, FAULT_FAILED, "%s cannot be written: %s", run->path,
                                strerror(errno));
        }
        if (is_good && rename(buffer_text(&beside), run->path) != 0) {
            is_good = fault_set(fault, FAULT_FAILED, "%s cannot be replaced: %s", run->path,
                                strerror(errno));
        }
        if (!is_good) {
            unlink(buffer_text(&beside));
        }
    }
    buffer_free(&beside);
    return is_good;
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

unsigned export_dialog_run(struct app *app, struct window *window, enum register_id register_id) {
    struct buffer name = {0};
    struct buffer path = {0};
    buffer_addf(&name, "%s.csv", register_describe(register_id)->name);
    const struct prompt_options options = {.label = "Export the rows shown to: ",
                                           .text = buffer_text(&name)};
    if (dialog_prompt(app_stage(app), &options, &path) && path.len_bytes > 0 &&
        confirm_replacing(app, buffer_text(&path))) {
        struct fault fault = {0};
        struct export_run run = {.app = app, .window = window, .path = buffer_text(&path)};
        run.progress =
            (struct progress){.stage = app_stage(app),
                              .label = "Exporting",
                              .unit = "rows",
                              .total = window_count(window) > 0 ? window_count(window) : 0};
        if (finish_filter(&run, &fault) && export_to(&run, register_id, &fault)) {
            app_say(app, MEANING_GOOD, "%lld rows written to %s", (long long)run.rows, run.path);
        } else {
            app_say_fault(app, &fault);
        }
    }
    buffer_free(&name);
    buffer_free(&path);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}
