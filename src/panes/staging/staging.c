/* Owns what the user decided about an import and what the trial told of it. Draws and asks nothing;
 * what a row means is known by the exchange room alone. */
#include "panes/staging/staging.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"

struct staging *staging_new(struct app *app, const char *path, const char *sheet) {
    struct staging *staging = memory_zero(1, sizeof *staging);
    struct stat status;
    staging->app = app;
    staging->path = memory_copy_text(path);
    staging->sheet = memory_copy_text(sheet);
    staging->is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    return staging;
}

static void forget_seen(struct staging *staging) {
    for (int i = 0; i < staging->file_count; i++) {
        free(staging->shown[i]);
    }
    for (int i = 0; i < staging->column_count; i++) {
        free(staging->columns[i].name);
        free(staging->columns[i].field);
    }
    free(staging->encoding);
    staging->encoding = NULL;
    staging->file_count = 0;
    staging->column_count = 0;
    buffer_clear(&staging->said);
    buffer_clear(&staging->found.columns);
    staging->said_count = 0;
}

void staging_free(struct staging *staging) {
    if (staging == NULL) {
        return;
    }
    forget_seen(staging);
    for (size_t i = 0; i < staging->map_count; i++) {
        free(staging->maps[i].column);
        free(staging->maps[i].field);
    }
    for (size_t i = 0; i < staging->given_count; i++) {
        free(staging->given[i].field);
        free(staging->given[i].text);
    }
    for (size_t i = 0; i < staging->correction_count; i++) {
        free((char *)staging->corrections[i].text);
    }
    scratch_close(staging->rows);
    fault_clear(&staging->fault);
    buffer_free(&staging->said);
    buffer_free(&staging->found.columns);
    free(staging->reading.encoding);
    free(staging->shown);
    free(staging->columns);
    free(staging->maps);
    free(staging->given);
    free(staging->corrections);
    free(staging->path);
    free(staging->sheet);
    free(staging);
}

static void begin(void *context) {
    struct staging *staging = context;
    forget_seen(staging);
    staging->is_seen_amiss =
        staging->is_seen_amiss || !scratch_clear(staging->rows, &staging->fault);
}

static void see_columns(struct staging *staging, const struct import_file_seen *file) {
    size_t count = (size_t)file->column_count;
    staging->columns = memory_resize(staging->columns, count + 1, sizeof *staging->columns);
    staging->column_count = file->column_count;
    staging->found.header_line = file->header_line;
    for (size_t i = 0; i < count; i++) {
        staging->columns[i] =
            (struct staging_column){.name = memory_copy_text(file->columns[i].name),
                                    .field = memory_copy_text(file->columns[i].field)};
    }
    for (size_t i = 0; i < staging->map_count; i++) {
        const struct staging_map *map = &staging->maps[i];
        for (size_t column = 0; column < count; column++) {
            if (file->columns[column].is_role &&
                text_compare_ascii_case(map->column, staging->columns[column].name) == 0) {
                free(staging->columns[column].field);
                staging->columns[column].field = memory_copy_text(map->field);
            }
        }
    }
}

static void see_file(void *context, const struct import_file_seen *file) {
    struct staging *staging = context;
    size_t count = (size_t)staging->file_count + 1;
    staging->shown = memory_resize(staging->shown, count, sizeof *staging->shown);
    staging->shown[staging->file_count++] = memory_copy_text(file->shown);
    if (staging->encoding == NULL) {
        staging->encoding = memory_copy_text(file->encoding);
        staging->delimiter = file->delimiter;
    }
    if (!staging->is_folder) {
        see_columns(staging, file);
    }
}

static void add_text(struct buffer *out, const char *text) {
    buffer_append(out, text, strlen(text) + 1);
}

static void pack_changes(struct buffer *out, const struct import_row_seen *row) {
    for (size_t i = 0; i < row->change_count; i++) {
        add_text(out, row->changes[i].field);
        add_text(out, row->changes[i].old_text);
        add_text(out, row->changes[i].new_text);
    }
}

static bool see_row(void *context, const struct import_row_seen *row) {
    struct staging *staging = context;
    struct buffer bytes = {0};
    buffer_addf(&bytes, "%d %lld %d", row->file, (long long)row->line, row->column);
    buffer_add_byte(&bytes, '\0');
    add_text(&bytes, row->key);
    add_text(&bytes, row->title);
    staging_print_message(row->reason, &bytes);
    buffer_add_byte(&bytes, '\0');
    add_text(&bytes, row->offer);
    pack_changes(&bytes, row);
    const struct scratch_row kept = {
        .kind = (int)row->verdict, .bytes = bytes.bytes, .len_bytes = bytes.len_bytes};
    staging->is_seen_amiss =
        staging->is_seen_amiss || scratch_add(staging->rows, &kept, &staging->fault) == 0;
    buffer_free(&bytes);
    return !staging->is_seen_amiss;
}

/* Rows lie in the order of files and lines. */
static bool find_line(struct staging *staging, int file, int64_t line, struct staging_row *row) {
    int64_t low = 1, high = scratch_count(staging->rows, SCRATCH_ANY_KIND);
    while (low <= high) {
        int64_t middle = low + (high - low) / 2;
        if (!staging_find(staging, middle, row)) {
            return false;
        }
        if (row->file == file && row->line == line) {
            return true;
        }
        bool is_before = row->file < file || (row->file == file && row->line < line);
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle - 1;
        staging_row_free(row);
    }
    return false;
}

static void see_more(void *context, const struct import_row_seen *more) {
    struct staging *staging = context;
    struct staging_row row;
    struct buffer bytes = {0};
    if (staging->is_seen_amiss || !find_line(staging, more->file, more->line, &row)) {
        return;
    }
    const char *end = row.changes;
    for (size_t i = 0; i < 3 * row.change_count; i++) {
        end += strlen(end) + 1;
    }
    buffer_append(&bytes, row.bytes, (size_t)(end - row.bytes));
    pack_changes(&bytes, more);
    const struct scratch_row kept = {.number = row.number,
                                     .kind = IMPORT_VERDICT_CHANGED,
                                     .bytes = bytes.bytes,
                                     .len_bytes = bytes.len_bytes};
    staging->is_seen_amiss = !scratch_replace(staging->rows, &kept, &staging->fault);
    buffer_free(&bytes);
    staging_row_free(&row);
}

/* Keeps what is no row's and no column's: those say their own reasons. */
static void say(void *context, enum import_message kind, const char *text) {
    struct staging *staging = context;
    if (kind != IMPORT_REFUSAL && strstr(text, " is left out: it fits no field") == NULL) {
        staging_print_message(text, &staging->said);
        buffer_add(&staging->said, "\n");
        staging->said_count++;
    }
}

static bool should_stop(void *context, const struct import_progress *progress) {
    struct staging *staging = context;
    return !progress_step(&staging->progress, progress->rows);
}

/* Asked by the workbook in the midst of a statement, such as the building of an index. */
static bool is_stopped(void *context) {
    struct staging *staging = context;
    return !progress_poll(&staging->progress);
}

/* Runs the import by a plan that lacks only what all of them share. */
static bool run(struct staging *staging, struct import_plan *plan, struct import_outcome *outcome,
                struct fault *fault) {
    staging->progress =
        (struct progress){.stage = app_stage(staging->app), .label = "Reading", .unit = "rows"};
    struct import_map *maps = memory_zero(staging->map_count + 1, sizeof *maps);
    for (size_t i = 0; i < staging->map_count; i++) {
        maps[i] = (struct import_map){staging->maps[i].column, staging->maps[i].field};
    }
    struct import_given *given = memory_zero(staging->given_count + 1, sizeof *given);
    for (size_t i = 0; i < staging->given_count; i++) {
        given[i] = (struct import_given){staging->given[i].field, staging->given[i].text};
    }
    plan->given = given;
    plan->given_count = (int)staging->given_count;
    plan->sheet = staging->sheet;
    plan->path = staging->path;
    plan->format = (struct csv_format){.encoding = staging->reading.encoding,
                                       .delimiter = staging->reading.delimiter};
    plan->header_line = staging->is_folder ? IMPORT_HEADER_FOUND : staging->reading.header_line;
    plan->dates = staging->reading.dates;
    plan->decimal = staging->reading.decimal;
    plan->creates_missing = staging->reading.creates_missing;
    plan->maps = maps;
    plan->map_count = (int)staging->map_count;
    plan->holds_finished = true;
    plan->takes_good_rows = true;
    plan->corrections = staging->corrections;
    plan->correction_count = staging->correction_count;
    plan->should_stop = should_stop;
    plan->context = staging;
    workbook_watch(app_workbook(staging->app), is_stopped, staging);
    bool is_done = staging->is_folder
                       ? import_folder(app_workbook(staging->app), plan, outcome, fault)
                       : import_file(app_workbook(staging->app), plan, outcome, fault);
    workbook_watch(app_workbook(staging->app), NULL, NULL);
    free(maps);
    free(given);
    return is_done;
}

/* Notes which state of the file is tried. */
static void note_file(struct staging *staging) {
    struct stat status;
    if (stat(staging->path, &status) == 0) {
        staging->size_bytes = (int64_t)status.st_size;
        staging->changed_at = status.st_mtim;
    }
}

/* What was decided was decided about the rows that were shown. */
static bool is_as_tried(const struct staging *staging, struct fault *fault) {
    struct stat status;
    bool is_same = stat(staging->path, &status) == 0 &&
                   (int64_t)status.st_size == staging->size_bytes &&
                   status.st_mtim.tv_sec == staging->changed_at.tv_sec &&
                   status.st_mtim.tv_nsec == staging->changed_at.tv_nsec;
    return is_same || fault_set(fault, FAULT_REFUSED,
                                "%s was changed meanwhile: its rows are read anew, look at them "
                                "again",
                                staging->path);
}

bool staging_try(struct staging *staging) {
    const struct import_observer observer = {.context = staging,
                                             .begin = begin,
                                             .see_file = see_file,
                                             .see_row = see_row,
                                             .see_more = see_more};
    struct import_plan plan = {
        .is_dry_run = true, .observer = &observer, .say = say, .found = staging_take_found};
    struct fault fault = {0};
    fault_clear(&staging->fault);
    note_file(staging);
    staging->trials++;
    staging->is_seen_amiss = false;
    if (staging->rows == NULL) {
        staging->rows = scratch_open(&staging->fault);
    }
    staging->is_tried = staging->rows != NULL && run(staging, &plan, &staging->outcome, &fault);
    if (staging->fault.kind != FAULT_NONE) {
        fault_clear(&fault);
        staging->is_tried = false;
    } else if (!staging->is_tried) {
        struct buffer text = {0};
        staging_print_message(fault_text(&fault), &text);
        fault_set(&staging->fault, fault.kind, "%s", buffer_text(&text));
        buffer_free(&text);
        fault_clear(&fault);
    }
    return staging->is_tried;
}

bool staging_store(struct staging *staging, struct import_outcome *outcome, struct fault *fault) {
    struct import_plan plan = {0};
    struct mapping mapping = {0};
    if (!is_as_tried(staging, fault)) {
        return false;
    }
    plan.remembers = staging_print_mapping(staging, &mapping) ? &mapping : NULL;
    bool is_stored = run(staging, &plan, outcome, fault);
    mapping_free(&mapping);
    return is_stored;
}

bool staging_write_rejects(struct staging *staging, const char *path, struct fault *fault) {
    struct import_plan plan = {.is_dry_run = true, .keeps_rejects = true, .rejects_path = path};
    struct import_outcome outcome;
    return run(staging, &plan, &outcome, fault);
}

void staging_print_counts(const struct import_counts *counts, struct buffer *out) {
    buffer_addf(out, "%lld new, %lld changed, %lld unchanged, %lld rejected",
                (long long)counts->added, (long long)counts->changed, (long long)counts->unchanged,
                (long long)counts->rejected);
}
