/* Owns what an import is as a whole: the batch, all or nothing, or the good rows with a file of the
 * others.
 *
 * Some rows turn out wrong only when all were read: they name a record that is nowhere, or break a
 * rule between rows. What other rows made of them cannot be taken out again one by one, so the
 * batch is abandoned and the files are read anew without those rows, until none turns up. Each time
 * at least one row more is known, so this ends; a file without such rows is read once. A large file
 * is read quickly first, and with care only where that shows a doubt (import_quick.c). */
#include "clause5/exchange/import.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "exchange/import_job.h"
#include "exchange/order.h"

static void add_counts(struct import_counts *to, const struct import_counts *counts) {
    to->added += counts->added;
    to->changed += counts->changed;
    to->unchanged += counts->unchanged;
    to->rejected += counts->rejected;
}

/* Where nothing goes in, only the rejected rows are counted. */
static void take_counts(const struct import_job *job, bool is_stored,
                        struct import_outcome *outcome) {
    *outcome = (struct import_outcome){0};
    for (int i = 0; i < job->file_count; i++) {
        struct import_counts counts = job->files[i].counts;
        if (!is_stored) {
            counts = (struct import_counts){.rejected = counts.rejected};
        }
        enum register_id own = job->files[i].sheet->parts[0];
        outcome->has_file[own] = true;
        add_counts(&outcome->of[own], &counts);
        add_counts(&outcome->total, &counts);
    }
}

/* Counts and tells the rows that turned out wrong at the end of the only run. */
static void tell_late(struct import_job *job) {
    for (size_t i = 0; i < job->late_at.capacity; i++) {
        const struct id_map_entry *entry = &job->late_at.entries[i];
        if (entry->key == 0) {
            continue;
        }
        const struct import_late *late = &job->late[entry->value];
        struct import_file *file = &job->files[import_place_file(entry->key)];
        struct buffer text = {0};
        buffer_addf(&text, "%s:%lld: ", file->shown, (long long)import_place_line(entry->key));
        if (late->column != IMPORT_NO_COLUMN) {
            buffer_addf(&text, "%s: ", file->names[late->column]);
        }
        buffer_add(&text, late->reason);
        file->counts.rejected++;
        import_keep_message(job, &(struct import_said){.file = file->number,
                                                       .line = import_place_line(entry->key),
                                                       .kind = IMPORT_REFUSAL,
                                                       .text = buffer_take(&text)});
    }
}

static int64_t count_rejected(const struct import_job *job) {
    int64_t rejected = 0;
    for (int i = 0; i < job->file_count; i++) {
        rejected += job->files[i].counts.rejected;
    }
    return rejected;
}

static bool takes_good_rows(const struct import_plan *plan) {
    return plan->rejects_path != NULL || plan->takes_good_rows;
}

/* Runs within batches until no row is late that was not known to be. True with the batch open. */
static bool run_until_settled(struct import_job *job, const char *label) {
    bool is_partial = takes_good_rows(job->plan) || job->plan->is_dry_run;
    for (;;) {
        size_t late_before = job->late_count;
        if (!edit_begin(job->workbook, label, job->fault)) {
            return false;
        }
        if (!import_job_run(job)) {
            edit_abandon(job->workbook);
            if (!job->needs_care && !job->needs_survey) {
                return false;
            }
            fault_clear(job->fault);
            job->is_careful = job->is_careful || job->needs_care;
            if (!import_job_restart(job)) {
                return false;
            }
            continue;
        }
        if (job->late_count == late_before) {
            return true;
        }
        if (!is_partial) {
            tell_late(job);
            return true;
        }
        edit_abandon(job->workbook);
        if (!import_job_restart(job)) {
            return false;
        }
    }
}

/* Stores the batch; the rejects file stands before it, so that no row is ever nowhere. */
static bool store(struct import_job *job) {
    if (!import_publish_rejects(job)) {
        edit_abandon(job->workbook);
        return false;
    }
    const struct mapping *remembers = job->plan->remembers;
    if (remembers != NULL && !mapping_keep(job->workbook, remembers, job->fault)) {
        edit_abandon(job->workbook);
    } else if (batch_commit(job->workbook, job->fault)) {
        return true;
    }
    import_remove_rejects(job);
    return false;
}

static bool run_job(struct import_job *job, const char *label, struct import_outcome *outcome) {
    if (!run_until_settled(job, label)) {
        import_say_kept(job, false);
        return false;
    }
    bool is_refused = !takes_good_rows(job->plan) && count_rejected(job) > 0;
    import_say_kept(job, job->plan->is_dry_run || !is_refused);
    take_counts(job, job->plan->is_dry_run || !is_refused, outcome);
    if (job->plan->is_dry_run || is_refused) {
        edit_abandon(job->workbook);
        return import_publish_rejects(job);
    }
    return store(job);
}

static char *folder_of(const char *path) {
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return memory_copy_text(".");
    }
    return memory_copy_bytes(path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL || slash[1] == '\0' ? path : slash + 1;
}

bool import_file(struct workbook *workbook, const struct import_plan *plan,
                 struct import_outcome *outcome, struct fault *fault) {
    *outcome = (struct import_outcome){0};
    struct import_job *job = memory_zero(1, sizeof *job);
    import_job_begin(job, workbook, plan, fault);
    if (!import_may_reject(job)) {
        import_job_free(job);
        free(job);
        return false;
    }
    bool is_input = strcmp(plan->path, "-") == 0;
    char *folder = folder_of(workbook_path(workbook));
    struct csv_source source = {.path = plan->path, .folder = folder};
    struct import_input input = {.shown = is_input ? "standard input" : plan->path,
                                 .sheet = plan->sheet,
                                 .reader = csv_open(&source, &plan->format, fault)};
    struct buffer label = {0};
    buffer_addf(&label, "import %s into %s", is_input ? input.shown : last_part(plan->path),
                plan->sheet);
    bool is_done =
        import_job_add(job, &input) != NULL && run_job(job, buffer_text(&label), outcome);
    import_job_free(job);
    free(job);
    free(folder);
    buffer_free(&label);
    return is_done;
}

/* Adds the register's file where the folder has one. */
static bool add_from_folder(struct import_job *job, enum register_id register_id) {
    const char *name = register_describe(register_id)->name;
    struct buffer path = {0};
    struct stat status;
    buffer_addf(&path, "%s/%s.csv", job->plan->path, name);
    bool is_good = true;
    if (stat(buffer_text(&path), &status) == 0) {
        struct csv_source source = {.path = buffer_text(&path), .folder = job->plan->path};
        struct import_input input = {.shown = buffer_text(&path),
                                     .sheet = name,
                                     .is_only_plain = true,
                                     .reader = csv_open(&source, &job->plan->format, job->fault)};
        is_good = import_job_add(job, &input) != NULL;
    }
    buffer_free(&path);
    return is_good;
}

/* Names the CSV files of the folder that belong to no register. */
static bool name_strangers(struct import_job *job) {
    DIR *folder = opendir(job->plan->path);
    if (folder == NULL) {
        return fault_set(job->fault, FAULT_FAILED, "%s cannot be opened as a folder: %s",
                         job->plan->path, strerror(errno));
    }
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        size_t len = strlen(entry->d_name);
        if (len <= 4 || strcmp(entry->d_name + len - 4, ".csv") != 0) {
            continue;
        }
        char *name = memory_copy_bytes(entry->d_name, len - 4);
        if (register_find(name) == REGISTER_NONE && job->plan->say != NULL) {
            struct buffer text = {0};
            buffer_addf(&text, "%s/%s is left out: no register is called so", job->plan->path,
                        entry->d_name);
            job->plan->say(job->plan->context, IMPORT_WARNING, buffer_text(&text));
            buffer_free(&text);
        }
        free(name);
    }
    closedir(folder);
    return true;
}

bool import_folder(struct workbook *workbook, const struct import_plan *plan,
                   struct import_outcome *outcome, struct fault *fault) {
    *outcome = (struct import_outcome){0};
    struct import_plan whole = *plan;
    whole.maps = NULL;
    whole.map_count = 0;
    whole.given = NULL;
    whole.given_count = 0;
    struct import_job *job = memory_zero(1, sizeof *job);
    import_job_begin(job, workbook, &whole, fault);
    job->is_folder = true;
    enum register_id order[REGISTER_COUNT];
    order_by_references(order);
    bool is_good = import_may_reject(job) && name_strangers(job);
    for (int i = 0; i < REGISTER_COUNT && is_good; i++) {
        is_good = add_from_folder(job, order[i]);
    }
    if (is_good && job->file_count == 0) {
        is_good = fault_set(fault, FAULT_REFUSED,
                            "%s has no file that is named after a register, such as policy.csv",
                            plan->path);
    }
    struct buffer label = {0};
    buffer_addf(&label, "import all of %s", last_part(plan->path));
    is_good = is_good && run_job(job, buffer_text(&label), outcome);
    import_job_free(job);
    free(job);
    buffer_free(&label);
    return is_good;
}
