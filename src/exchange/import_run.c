/* Owns one pass over the files of an import: every row is taken, then what waits is resolved, then
 * what must hold between rows is checked and traced back to the rows. Begins and ends no batch. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "exchange/guess.h"
#include "exchange/import_job.h"

enum { ROWS_BETWEEN_QUESTIONS = 512 };

static void note_made(void *context, enum register_id register_id, const char *text) {
    (void)register_id;
    struct import_job *job = context;
    import_note(job, &job->files[job->file_at_hand], job->line_at_hand, "%s is new", text);
}

static void note_entitled(void *context, const char *code, const char *title) {
    struct import_job *job = context;
    import_note(job, &job->files[job->file_at_hand], job->line_at_hand,
                "role \"%s\" is taken for \"%s\", which is now its title", code, title);
}

void import_job_begin(struct import_job *job, struct workbook *workbook,
                      const struct import_plan *plan, struct fault *fault) {
    *job = (struct import_job){
        .workbook = workbook, .plan = plan, .fault = fault, .refusal_column = IMPORT_NO_COLUMN};
    job->lookup = (struct import_lookup){.creates_missing = plan->creates_missing,
                                         .made = note_made,
                                         .entitled = note_entitled,
                                         .context = job};
}

void import_file_free(struct import_file *file) {
    for (int i = 0; i < file->name_count + file->given_count; i++) {
        free(file->names[i]);
    }
    free(file->names);
    free(file->columns);
    free((void *)file->given);
    free(file->role_of);
    import_survey_free(&file->survey);
    free(file->shown);
    csv_close(file->reader);
}

static void forget_lines(struct import_job *job) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        id_map_free(&job->lines[id]);
    }
    import_forget_seen(job);
}

void import_job_free(struct import_job *job) {
    import_forget_waiting(job);
    import_forget_messages(job);
    import_abandon_rejects(job);
    for (int i = 0; i < job->file_count; i++) {
        import_file_free(&job->files[i]);
    }
    for (size_t i = 0; i < job->late_count; i++) {
        free(job->late[i].reason);
    }
    import_lookup_clear(&job->lookup);
    forget_lines(job);
    id_map_free(&job->late_at);
    buffer_free(&job->stand_in_lines);
    buffer_free(&job->changes);
    buffer_free(&job->more);
    free((void *)job->mended.cells);
    free((void *)job->completed.cells);
    fault_clear(&job->refusal);
    free(job->late);
    free(job->claims);
    free(job->waiting);
    free(job->said);
}

static const struct import_sheet *const joined_sheets[] = {
    &import_sheet_policy, &import_sheet_objective, &import_sheet_raci};

const struct import_sheet *import_find_sheet(const char *name) {
    for (size_t i = 0; i < COUNT(joined_sheets); i++) {
        if (strcmp(joined_sheets[i]->name, name) == 0) {
            return joined_sheets[i];
        }
    }
    return NULL;
}

bool import_knows_sheet(const char *sheet) {
    return import_find_sheet(sheet) != NULL || register_find(sheet) != REGISTER_NONE;
}

struct import_file *import_job_add(struct import_job *job, const struct import_input *input) {
    if (input->reader == NULL) {
        fault_prefix(job->fault, "%s", input->shown);
        return NULL;
    }
    struct import_file *file = &job->files[job->file_count];
    file->number = job->file_count++;
    file->shown = memory_copy_text(input->shown);
    file->reader = input->reader;
    file->is_ours = input->is_only_plain;
    file->sheet = input->is_only_plain ? NULL : import_find_sheet(input->sheet);
    if (file->sheet == NULL) {
        file->plain = (struct import_sheet){.name = input->sheet,
                                            .parts = {register_find(input->sheet)},
                                            .part_count = 1,
                                            .take_row = import_take_plain};
        file->sheet = &file->plain;
    }
    return file;
}

/* A spreadsheet's row without a text. The reader has passed over empty lines, so that where there
 * is one column, an empty cell stood in quotation marks: it is a row, and clears its field. */
static bool is_blank_row(const struct import_file *file, const struct csv_row *row) {
    if (file->name_count == 1 && row->cell_count == 1 && row->cells[0][0] == '\0') {
        return false;
    }
    for (int i = 0; i < row->cell_count; i++) {
        if (row->cells[i][strspn(row->cells[i], " \t\r\n")] != '\0') {
            return false;
        }
    }
    return true;
}

/* Cells beyond the header are nothing as long as they are empty; otherwise, and where some are
 * missing, nobody can say which cell belongs to which column. */
bool import_is_even(const struct import_file *file, const struct csv_row *row) {
    for (int i = file->name_count; i < row->cell_count; i++) {
        if (row->cells[i][0] != '\0') {
            return false;
        }
    }
    return row->cell_count >= file->needed_count;
}

/* Columns at the end that have no name are mostly the delimiters that some programs add; what
 * stands in one all the same is not dropped in silence. */
static void warn_of_nameless(struct import_job *job, struct import_file *file,
                             const struct csv_row *row) {
    for (int i = file->needed_count; i < file->name_count && i < row->cell_count; i++) {
        if (row->cells[i][0] != '\0' && !file->has_nameless_text) {
            struct buffer text = {0};
            buffer_addf(&text, "%s:%lld: column %d has no name and is left out", file->shown,
                        (long long)row->line, i + 1);
            file->has_nameless_text = true;
            import_keep_message(job, &(struct import_said){.file = file->number,
                                                           .line = row->line,
                                                           .kind = IMPORT_WARNING,
                                                           .text = buffer_take(&text)});
        }
    }
}

/* Rejects what is no row of the register; IMPORT_SKIPPED where the row is to be taken. */
static enum import_result judge_shape(struct import_job *job, const struct import_file *file,
                                      const struct csv_row *row) {
    int64_t late;
    if (id_map_find(&job->late_at, import_place(file->number, row->line), &late)) {
        return import_reject(job, job->late[late].column, "%s", job->late[late].reason);
    }
    if (row->broken != NULL) {
        return import_reject(job, IMPORT_NO_COLUMN, "the row cannot be read: %s", row->broken);
    }
    if (import_is_legend(file, row)) {
        const char *first = row->cells[0];
        for (int i = 1; i < row->cell_count && *first == '\0'; i++) {
            first = row->cells[i];
        }
        return import_reject(job, IMPORT_NO_COLUMN,
                             "a row that begins with \"%s\" explains the table and is no record "
                             "(delete it)",
                             first);
    }
    if (!import_is_even(file, row)) {
        return import_reject(job, IMPORT_NO_COLUMN,
                             "the row has %d cell%s, the header %d (put text with a delimiter in "
                             "it into quotation marks)",
                             row->cell_count, row->cell_count == 1 ? "" : "s", file->name_count);
    }
    return IMPORT_SKIPPED;
}

/* A row of a joined sheet writes several records, one that names several too, and --create-missing
 * makes some beside it: where the row is rejected, all of it goes. */
static enum import_result take_within_point(struct import_job *job, struct import_file *file,
                                            const struct csv_row *row) {
    bool is_several = import_names_several(file, row);
    if (is_several && batch_is_bulk(job->workbook)) {
        job->needs_care = true;
        return IMPORT_FAILED;
    }
    if (file->sheet == &file->plain && !job->plan->creates_missing && !is_several) {
        return file->sheet->take_row(job, file, row);
    }
    size_t said_before = job->said_count, notes_before = job->note_count;
    size_t renamed_before = job->renamed_count, overwritten_before = job->overwritten_count;
    job->lookup.has_made = false;
    if (!batch_set_point(job->workbook, job->fault)) {
        return IMPORT_FAILED;
    }
    enum import_result result =
        (is_several ? import_take_several : file->sheet->take_row)(job, file, row);
    if (result != IMPORT_REJECTED) {
        bool is_kept = result == IMPORT_FAILED || batch_forget_point(job->workbook, job->fault);
        return is_kept ? result : IMPORT_FAILED;
    }
    if (job->lookup.has_made) {
        import_lookup_clear(&job->lookup);
    }
    job->note_count = notes_before;
    job->renamed_count = renamed_before;
    job->overwritten_count = overwritten_before;
    while (job->said_count > said_before) {
        free(job->said[--job->said_count].text);
    }
    return batch_return_to_point(job->workbook, job->fault) ? result : IMPORT_FAILED;
}

void import_claim(struct import_job *job, enum register_id register_id, int64_t id) {
    job->claims = memory_reserve(job->claims, &job->claim_capacity, job->claim_count + 1,
                                 sizeof *job->claims);
    job->claims[job->claim_count++] = (struct import_claim){.register_id = register_id, .id = id};
}

/* Remembers what the row at hand wrote, or forgets it where it was rejected. */
static void settle_claims(struct import_job *job, bool is_taken) {
    int64_t place = import_place(job->file_at_hand, job->line_at_hand);
    for (size_t i = 0; i < job->claim_count && is_taken; i++) {
        const struct import_claim *claim = &job->claims[i];
        if (job->is_quick) {
            whole_set_add(&job->seen[claim->register_id], claim->id);
        } else {
            id_map_add(&job->lines[claim->register_id], claim->id, place);
        }
    }
    job->claim_count = 0;
}

static bool count_result(struct import_job *job, struct import_file *file,
                         const struct csv_row *row, enum import_result result) {
    switch (result) {
    case IMPORT_ADDED:
        file->counts.added++;
        break;
    case IMPORT_CHANGED:
        file->counts.changed++;
        break;
    case IMPORT_UNCHANGED:
        file->counts.unchanged++;
        break;
    case IMPORT_REJECTED:
        return import_tell_rejected(job, file, row);
    case IMPORT_FAILED:
        return false;
    case IMPORT_SKIPPED:
        break;
    }
    return true;
}

static bool take_row(struct import_job *job, struct import_file *file, const struct csv_row *read) {
    const struct csv_row *row = import_correct(job, file, read);
    job->file_at_hand = file->number;
    job->line_at_hand = row->line;
    buffer_clear(&job->more);
    if (row->broken == NULL && is_blank_row(file, row)) {
        return true;
    }
    const struct csv_row *whole = import_give(job, file, row);
    enum import_result result = judge_shape(job, file, row);
    if (result == IMPORT_SKIPPED) {
        warn_of_nameless(job, file, row);
        result = take_within_point(job, file, whole);
    }
    settle_claims(job, result != IMPORT_REJECTED);
    return import_watch_row(job, file, whole, result) && count_result(job, file, row, result) &&
           (result == IMPORT_REJECTED || import_quicken(job, file));
}

static bool is_stopped(struct import_job *job, const struct import_file *file) {
    if (job->rows++ % ROWS_BETWEEN_QUESTIONS != 0 || job->plan->should_stop == NULL) {
        return false;
    }
    struct import_progress progress = {.rows = job->rows, .sheet = file->sheet->name};
    return job->plan->should_stop(job->plan->context, &progress) &&
           !fault_set(job->fault, FAULT_STOPPED,
                      "the import was stopped; the workbook is as it was");
}

/* Takes the row in the line of the header, or where there is none makes one of numbers. */
static bool take_header(struct import_job *job, struct import_file *file) {
    struct csv_row header;
    int got = csv_next(file->reader, &header, job->fault);
    while (got == 1 && header.line < file->survey.header_line) {
        got = csv_next(file->reader, &header, job->fault);
    }
    if (got < 0) {
        return fault_prefix(job->fault, "%s", file->shown);
    }
    if (got == 0) {
        return fault_set(job->fault, FAULT_REFUSED,
                         "%s is empty: it has not even a header of column names", file->shown);
    }
    if (header.broken != NULL) {
        return fault_set(job->fault, FAULT_REFUSED, "%s:%lld: the header cannot be read: %s",
                         file->shown, (long long)header.line, header.broken);
    }
    return import_take_header(job, file, &header);
}

static bool take_numbers_for_header(struct import_job *job, struct import_file *file) {
    int count = file->survey.width;
    char **names = memory_zero((size_t)count + 1, sizeof *names);
    for (int i = 0; i < count; i++) {
        struct buffer name = {0};
        buffer_addf(&name, "column %d", i + 1);
        names[i] = buffer_take(&name);
    }
    const struct csv_row header = {.cell_count = count, .cells = names};
    file->has_no_header = true;
    bool is_good = import_take_header(job, file, &header);
    for (int i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
    return is_good;
}

/* Reads up to the first row behind the header. */
static bool read_header(struct import_job *job, struct import_file *file) {
    return file->survey.header_line == IMPORT_NO_HEADER ? take_numbers_for_header(job, file)
                                                        : take_header(job, file);
}

/* Goes back to the beginning and passes over what was read before. */
static bool return_to_rows(struct import_job *job, const struct import_file *file) {
    struct csv_row row = {0};
    int got = csv_restart(file->reader, job->fault) ? 1 : -1;
    while (got == 1 && row.line < file->survey.header_line) {
        got = csv_next(file->reader, &row, job->fault);
    }
    return got >= 0 || fault_prefix(job->fault, "%s", file->shown);
}

/* A code page is a guess, which one wrong letter in a name shows too late. Where everything that
 * was found out is told anyway, this is part of it. */
static void tell_code_page(struct import_job *job, const struct import_file *file) {
    const char *encoding = csv_encoding(file->reader);
    if (job->plan->format.encoding != NULL || job->plan->found != NULL ||
        strncasecmp(encoding, "UTF-", 4) == 0) {
        return;
    }
    struct buffer text = {0};
    buffer_addf(&text, "%s is no Unicode and is read as %s (name another with --encoding)",
                file->shown, encoding);
    import_keep_message(job, &(struct import_said){.file = file->number,
                                                   .kind = IMPORT_WARNING,
                                                   .text = buffer_take(&text)});
}

/* Finds out how the file is written; our own says it by its form. */
static bool read_top(struct import_job *job, struct import_file *file) {
    struct import_survey *survey = &file->survey;
    tell_code_page(job, file);
    if (file->is_ours) {
        return take_header(job, file);
    }
    if (survey->header_line == IMPORT_HEADER_FOUND && !import_find_top(job, file)) {
        return false;
    }
    import_tell_passed(job, file);
    if (!read_header(job, file)) {
        return false;
    }
    if (survey->is_done && (survey->is_whole || !survey->wants_whole)) {
        return true;
    }
    bool is_good = import_survey_rows(job, file) && return_to_rows(job, file);
    if (is_good) {
        import_tell_found(job, file);
    }
    return is_good;
}

static bool read_file(struct import_job *job, struct import_file *file) {
    if (!read_top(job, file)) {
        return false;
    }
    import_lookup_clear(&job->lookup);
    struct csv_row row;
    int got;
    while ((got = csv_next(file->reader, &row, job->fault)) == 1) {
        if (!take_row(job, file, &row) || is_stopped(job, file)) {
            return false;
        }
    }
    if (got < 0) {
        return fault_prefix(job->fault, "%s", file->shown);
    }
    return import_end_quick(job);
}

static void take_breach(void *context, enum register_id register_id, int64_t id,
                        const struct fault *breach) {
    struct import_job *job = context;
    int64_t place;
    if (!import_find_place(job, register_id, id, &place)) {
        if (!job->needs_care && job->fault->kind == FAULT_NONE) {
            fault_set(job->fault, FAULT_REFUSED, "%s", fault_text(breach));
        }
        return;
    }
    const struct import_sheet *sheet = job->files[import_place_file(place)].sheet;
    int part = 0;
    for (int i = 0; i < sheet->part_count; i++) {
        part = sheet->parts[i] == register_id ? i : part;
    }
    import_add_late(job, place, part, breach);
}

static bool check_between_rows(struct import_job *job) {
    struct fault fault = {0};
    struct breach_visitor visitor = {.visit = take_breach, .context = job};
    int breaches = edit_check(job->workbook, &visitor, &fault);
    if (breaches < 0) {
        import_judge(job, 0, &fault);
        return job->fault->kind != FAULT_NONE
                   ? false
                   : fault_set(job->fault, FAULT_FAILED, "%s", fault_text(&job->refusal));
    }
    return job->fault->kind == FAULT_NONE && !job->needs_care;
}

static void note_stand_ins(struct import_job *job) {
    if (job->stand_in_count > 0) {
        import_note(job, &job->files[job->stand_in_file], 0,
                    "%lld approved %s no approval date: the effective date stands in (line%s %s)",
                    (long long)job->stand_in_count,
                    job->stand_in_count == 1 ? "version has" : "versions have",
                    job->stand_in_count == 1 ? "" : "s", buffer_text(&job->stand_in_lines));
    }
}

bool import_job_run(struct import_job *job) {
    size_t late_before = job->late_count;
    import_watch_begin(job);
    for (int i = 0; i < job->file_count; i++) {
        if (!read_file(job, &job->files[i])) {
            return false;
        }
    }
    if (!import_resolve_waiting(job)) {
        return false;
    }
    note_stand_ins(job);
    return job->late_count > late_before || check_between_rows(job);
}

bool import_job_restart(struct import_job *job) {
    job->needs_survey = false;
    for (int i = 0; i < job->file_count; i++) {
        job->files[i].counts = (struct import_counts){0};
        job->files[i].has_nameless_text = false;
        if (!csv_restart(job->files[i].reader, job->fault)) {
            return fault_prefix(job->fault, "%s", job->files[i].shown);
        }
    }
    import_forget_waiting(job);
    import_forget_messages(job);
    import_lookup_clear(&job->lookup);
    forget_lines(job);
    buffer_clear(&job->stand_in_lines);
    job->stand_in_count = 0;
    return import_restart_rejects(job);
}
