/* Owns the files of rejected rows: one for a file that is imported alone, a folder with one for
 * each register for a folder. They are new, and stand before the batch is stored. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/csv_write.h"
#include "exchange/import_job.h"

bool import_may_reject(const struct import_job *job) {
    const struct import_plan *plan = job->plan;
    struct stat status;
    return plan->rejects_path == NULL || (plan->is_dry_run && !plan->keeps_rejects) ||
           lstat(plan->rejects_path, &status) != 0 ||
           fault_set(job->fault, FAULT_FAILED,
                     "%s exists already (name another %s for the rejects)", plan->rejects_path,
                     job->is_folder ? "folder" : "file");
}

/* Returns where the file's rejects go; the caller frees. */
static char *path_of(const struct import_job *job, const struct import_file *file) {
    struct buffer path = {0};
    buffer_add(&path, job->plan->rejects_path);
    if (job->is_folder) {
        buffer_addf(&path, "/%s.csv", file->sheet->name);
    }
    return buffer_take(&path);
}

static bool open_rejects(struct import_job *job, struct import_file *file) {
    if (job->is_folder && !job->has_made_folder) {
        if (mkdir(job->plan->rejects_path, 0700) != 0) {
            return fault_set(job->fault, FAULT_FAILED, "%s cannot be made: %s",
                             job->plan->rejects_path, strerror(errno));
        }
        job->has_made_folder = true;
    }
    char *path = path_of(job, file);
    const struct out_target target = {.path = path};
    file->rejects = out_file_open(&target, job->fault);
    free(path);
    return file->rejects != NULL;
}

static void write_row(const struct import_file *file, const struct csv_row *row,
                      const char *const added[2]) {
    struct buffer text = {0};
    struct csv_writer writer = {
        .out = &text, .delimiter = csv_delimiter(file->reader), .is_exact = true};
    for (int i = 0; i < row->cell_count; i++) {
        csv_write_cell(&writer, row->cells[i]);
    }
    csv_write_cell(&writer, added[0]);
    csv_write_cell(&writer, added[1]);
    csv_end_row(&writer);
    out_file_write(file->rejects, text.bytes, text.len_bytes);
    buffer_free(&text);
}

bool import_keep_reject(struct import_job *job, struct import_file *file, const struct csv_row *row,
                        const char *reason) {
    const struct import_plan *plan = job->plan;
    if (plan->rejects_path == NULL || (plan->is_dry_run && !plan->keeps_rejects)) {
        return true;
    }
    if (file->rejects == NULL && !open_rejects(job, file)) {
        return false;
    }
    if (file->counts.rejected == 1 && !file->has_no_header) {
        const struct csv_row header = {.cell_count = file->name_count, .cells = file->names};
        write_row(file, &header, (const char *const[2]){"line", "reason"});
    }
    struct buffer line = {0};
    buffer_addf(&line, "%lld", (long long)row->line);
    write_row(file, row, (const char *const[2]){buffer_text(&line), reason});
    buffer_free(&line);
    return true;
}

bool import_restart_rejects(struct import_job *job) {
    for (int i = 0; i < job->file_count; i++) {
        struct out_file *rejects = job->files[i].rejects;
        if (rejects != NULL && !out_file_restart(rejects, job->fault)) {
            return false;
        }
    }
    return true;
}

void import_abandon_rejects(struct import_job *job) {
    bool is_any = false;
    for (int i = 0; i < job->file_count; i++) {
        out_file_abandon(job->files[i].rejects);
        job->files[i].rejects = NULL;
        is_any = is_any || job->files[i].has_rejects;
    }
    if (job->has_made_folder && !is_any) {
        rmdir(job->plan->rejects_path); /* only where it is empty */
    }
}

void import_remove_rejects(struct import_job *job) {
    for (int i = 0; i < job->file_count; i++) {
        struct import_file *file = &job->files[i];
        if (file->has_rejects) { /* it was new: nothing else can have had the name */
            char *path = path_of(job, file);
            unlink(path);
            free(path);
            file->has_rejects = false;
        }
    }
    import_abandon_rejects(job);
}

bool import_publish_rejects(struct import_job *job) {
    for (int i = 0; i < job->file_count; i++) {
        struct import_file *file = &job->files[i];
        struct out_file *rejects = file->rejects;
        file->rejects = NULL;
        if (rejects != NULL && !out_file_publish(rejects, job->fault)) {
            import_remove_rejects(job);
            return false;
        }
        file->has_rejects = rejects != NULL;
    }
    return true;
}
