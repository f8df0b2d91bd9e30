/* Owns what an import tells: why rows are rejected, with file and line, at most
 * IMPORT_MESSAGES_MOST of them. Writes nothing into the workbook. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/import_job.h"

enum { LINE_BITS = 48 };

int64_t import_place(int file, int64_t line) {
    return ((int64_t)(file + 1) << LINE_BITS) | line;
}

int import_place_file(int64_t place) {
    return (int)(place >> LINE_BITS) - 1;
}

int64_t import_place_line(int64_t place) {
    return place & ((INT64_C(1) << LINE_BITS) - 1);
}

enum import_result import_reject(struct import_job *job, int column, const char *format, ...) {
    struct buffer text = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_add_list(&text, format, arguments);
    va_end(arguments);
    fault_set(&job->refusal, FAULT_REFUSED, "%s", buffer_text(&text));
    buffer_free(&text);
    job->refusal_column = column;
    return IMPORT_REJECTED;
}

/* Moves the fault's message; FAULT is empty afterwards. */
static void move_fault(struct fault *to, struct fault *from) {
    fault_clear(to);
    *to = *from;
    *from = (struct fault){0};
}

/* Where no column holds a field that every record needs, one value may do for all rows. */
static void add_hint(struct import_job *job) {
    const struct import_file *file = &job->files[job->file_at_hand];
    int field = fault_field(&job->refusal);
    if (field < 0 || file->is_ours || file->sheet->take_header != NULL ||
        file->column_of[job->refusal_part][field] != IMPORT_NO_COLUMN) {
        return;
    }
    const struct field *lacking =
        &register_describe(file->sheet->parts[job->refusal_part])->fields[field];
    struct buffer text = {0};
    if ((lacking->flags & FIELD_REQUIRED) != 0) {
        buffer_addf(&text, "%s (--set %s=VALUE gives it to all rows)", fault_text(&job->refusal),
                    lacking->name);
        fault_clear(&job->refusal);
        fault_set(&job->refusal, FAULT_REFUSED, "%s", buffer_text(&text));
        job->refusal.field_plus_one = field + 1;
    }
    buffer_free(&text);
}

enum import_result import_judge(struct import_job *job, int part, struct fault *fault) {
    bool is_refusal = fault->kind == FAULT_REFUSED;
    move_fault(is_refusal ? &job->refusal : job->fault, fault);
    job->refusal_column = IMPORT_NO_COLUMN;
    job->refusal_part = part;
    if (is_refusal) {
        add_hint(job);
    }
    return is_refusal ? IMPORT_REJECTED : IMPORT_FAILED;
}

void import_keep_message(struct import_job *job, const struct import_said *said) {
    size_t before = 0;
    if (said->kind == IMPORT_REFUSAL) {
        before = job->refusal_count++;
    } else if (said->kind == IMPORT_NOTE) {
        before = job->note_count++;
    }
    if (before >= IMPORT_MESSAGES_MOST) {
        free(said->text);
        return;
    }
    job->said =
        memory_reserve(job->said, &job->said_capacity, job->said_count + 1, sizeof *job->said);
    job->said[job->said_count] = *said;
    job->said[job->said_count].order = job->said_count;
    job->said_count++;
}

void import_note(struct import_job *job, const struct import_file *file, int64_t line,
                 const char *format, ...) {
    struct buffer text = {0};
    buffer_add(&text, file->shown);
    if (line > 0) {
        buffer_addf(&text, ":%lld", (long long)line);
    }
    buffer_add(&text, ": ");
    va_list arguments;
    va_start(arguments, format);
    buffer_add_list(&text, format, arguments);
    va_end(arguments);
    import_keep_message(job, &(struct import_said){.file = file->number,
                                                   .line = line,
                                                   .kind = IMPORT_NOTE,
                                                   .text = buffer_take(&text)});
}

int import_refused_column(const struct import_job *job, const struct import_file *file) {
    int field = fault_field(&job->refusal);
    return job->refusal_column != IMPORT_NO_COLUMN || field < 0
               ? job->refusal_column
               : file->column_of[job->refusal_part][field];
}

/* The file's own word for the column, else the field's name. */
const char *import_refused_name(const struct import_job *job, const struct import_file *file) {
    int column = import_refused_column(job, file);
    int field = fault_field(&job->refusal);
    enum register_id register_id = file->sheet->parts[job->refusal_part];
    return column != IMPORT_NO_COLUMN ? file->names[column]
           : field < 0                ? NULL
                                      : register_describe(register_id)->fields[field].name;
}

bool import_tell_rejected(struct import_job *job, struct import_file *file,
                          const struct csv_row *row) {
    struct buffer reason = {0}, text = {0};
    const char *name = import_refused_name(job, file);
    if (name != NULL) {
        buffer_addf(&reason, "%s: ", name);
    }
    buffer_add(&reason, fault_text(&job->refusal));
    buffer_addf(&text, "%s:%lld: %s", file->shown, (long long)row->line, buffer_text(&reason));
    file->counts.rejected++;
    import_keep_message(job, &(struct import_said){.file = file->number,
                                                   .line = row->line,
                                                   .kind = IMPORT_REFUSAL,
                                                   .text = buffer_take(&text)});
    buffer_add(&reason, buffer_text(&job->more));
    bool is_kept = import_keep_reject(job, file, row, buffer_text(&reason));
    buffer_free(&reason);
    fault_clear(&job->refusal);
    job->refusal_column = IMPORT_NO_COLUMN;
    job->is_held = false;
    return is_kept;
}

void import_warn_overwritten(struct import_job *job, const char *what) {
    struct buffer text = {0};
    if (job->overwritten_count++ >= IMPORT_RENAMED_MOST) {
        return;
    }
    buffer_addf(&text, "%s:%lld: %s", job->files[job->file_at_hand].shown,
                (long long)job->line_at_hand, what);
    import_keep_message(job, &(struct import_said){.file = job->file_at_hand,
                                                   .line = job->line_at_hand,
                                                   .kind = IMPORT_WARNING,
                                                   .text = buffer_take(&text)});
}

void import_add_late(struct import_job *job, int64_t place, int part, const struct fault *fault) {
    if (!id_map_add(&job->late_at, place, (int64_t)job->late_count)) {
        return;
    }
    const struct import_file *file = &job->files[import_place_file(place)];
    int field = fault_field(fault);
    int column = field < 0 ? IMPORT_NO_COLUMN : file->column_of[part][field];
    job->late =
        memory_reserve(job->late, &job->late_capacity, job->late_count + 1, sizeof *job->late);
    job->late[job->late_count++] =
        (struct import_late){.column = column, .reason = memory_copy_text(fault_text(fault))};
}

static int compare_said(const void *a, const void *b) {
    const struct import_said *first = a, *second = b;
    if (first->kind != second->kind) {
        return first->kind < second->kind ? -1 : 1;
    }
    if (first->file != second->file) {
        return first->file < second->file ? -1 : 1;
    }
    if (first->line != second->line) {
        return first->line < second->line ? -1 : 1;
    }
    return first->order < second->order ? -1 : 1;
}

static void say(const struct import_job *job, enum import_message kind, const char *text) {
    if (job->plan->say != NULL) {
        job->plan->say(job->plan->context, kind, text);
    }
}

static void say_how_many_more(const struct import_job *job, enum import_message kind, size_t count,
                              const char *what) {
    size_t most = kind == IMPORT_WARNING ? IMPORT_RENAMED_MOST : IMPORT_MESSAGES_MOST;
    if (count > most) {
        struct buffer text = {0};
        buffer_addf(&text, "and %zu %s more", count - most, what);
        say(job, kind, buffer_text(&text));
        buffer_free(&text);
    }
}

void import_say_kept(struct import_job *job, bool with_notes) {
    if (job->said_count > 0) {
        qsort(job->said, job->said_count, sizeof *job->said, compare_said);
    }
    size_t i = 0;
    for (; i < job->said_count && job->said[i].kind == IMPORT_WARNING; i++) {
        say(job, IMPORT_WARNING, job->said[i].text);
    }
    say_how_many_more(job, IMPORT_WARNING, job->renamed_count, "changed titles");
    say_how_many_more(job, IMPORT_WARNING, job->overwritten_count, "finished records changed");
    for (; i < job->said_count && job->said[i].kind == IMPORT_REFUSAL; i++) {
        say(job, job->said[i].kind, job->said[i].text);
    }
    say_how_many_more(job, IMPORT_REFUSAL, job->refusal_count, "rejected rows");
    for (; i < job->said_count && with_notes; i++) {
        say(job, IMPORT_NOTE, job->said[i].text);
    }
    if (with_notes) {
        say_how_many_more(job, IMPORT_NOTE, job->note_count, "notes");
    }
}

void import_forget_messages(struct import_job *job) {
    for (size_t i = 0; i < job->said_count; i++) {
        free(job->said[i].text);
    }
    job->said_count = 0;
    job->refusal_count = 0;
    job->note_count = 0;
    job->renamed_count = 0;
    job->overwritten_count = 0;
}
