/* Owns what a new workbook begins with. The embedded files go through the same import as anybody's,
 * with the names and distances of data/README.md filled in first. */
#include "clause5/exchange/seed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/base/embedded.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/table.h"
#include "clause5/register/type.h"
#include "clause5/rules/edit.h"
#include "clause5/store/batch.h"
#include "clause5/store/history.h"
#include "exchange/catalogue.h"
#include "exchange/import_job.h"
#include "exchange/order.h"

static const char *const folders[] = {
    [SEED_STARTER] = "starter", [SEED_SAMPLE] = "sample", [SEED_EMPTY] = NULL};

static const char *const labels[] = {[SEED_STARTER] = "begin with the starter set",
                                     [SEED_SAMPLE] = "begin with the sample",
                                     [SEED_EMPTY] = "begin empty"};
_Static_assert(COUNT(folders) == COUNT(labels), "one label per set");

/* What the names in braces stand for. */
struct seed_context {
    const struct seed_plan *plan;
    const char *organisation;
    date_days today;
};

/* Appends what a name in braces at TEXT stands for; returns its length, 0 where there is none. */
static size_t fill_name(const struct seed_context *context, const char *text, struct buffer *out) {
    const struct {
        const char *name, *text;
        int years;
    } names[] = {{"{organisation}", context->organisation, 0},
                 {"{leader}", context->plan->leader, 0},
                 {"{security}", context->plan->security, 0},
                 {"{year-1}", NULL, -1},
                 {"{year+1}", NULL, 1},
                 {"{year}", NULL, 0}};
    for (size_t i = 0; i < COUNT(names); i++) {
        size_t len = strlen(names[i].name);
        if (strncmp(text, names[i].name, len) != 0) {
            continue;
        }
        if (strncmp(text, "{year", 5) == 0) {
            buffer_addf(out, "%d", date_to_parts(context->today).year + names[i].years);
        } else {
            buffer_add(out, names[i].text);
        }
        return len;
    }
    return 0;
}

/* Fills a cell: names anywhere, distances from today where the field is a date. */
static void fill_cell(void *opaque, const struct field *field, const char *text,
                      struct buffer *out) {
    const struct seed_context *context = opaque;
    date_days day;
    if (field->type == FIELD_DATE && date_parse_typed(text, context->today, &day)) {
        char printed[DATE_TEXT_SIZE];
        date_print(day, printed);
        buffer_add(out, printed);
        return;
    }
    while (*text != '\0') {
        size_t len = *text == '{' ? fill_name(context, text, out) : 0;
        if (len == 0) {
            buffer_add_byte(out, *text);
            len = 1;
        }
        text += len;
    }
}

static bool insert_own_row(struct workbook *workbook, const struct seed_context *context,
                           struct fault *fault) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    int64_t id = WORKBOOK_ROW_ID;
    values[WORKBOOK_ORGANISATION] = value_of_text(context->organisation);
    bool is_stored = edit_insert(workbook, REGISTER_WORKBOOK, values, &id, fault);
    values_free(values, REGISTER_FIELDS_MOST);
    return is_stored;
}

static void add_set_files(struct import_job *job, const char *folder,
                          struct seed_context *context) {
    enum register_id order[REGISTER_COUNT];
    order_by_references(order);
    for (int i = 0; i < REGISTER_COUNT; i++) {
        const char *name = register_describe(order[i])->name;
        struct buffer path = {0};
        buffer_addf(&path, "%s/%s.csv", folder, name);
        const struct embedded_file *embedded = embedded_find(buffer_text(&path));
        if (embedded != NULL) {
            struct csv_format format = {.encoding = "UTF-8", .delimiter = ','};
            struct import_input input = {
                .shown = buffer_text(&path),
                .sheet = name,
                .is_only_plain = true,
                .reader =
                    csv_open_bytes(embedded->bytes, embedded->len_bytes, &format, job->fault)};
            struct import_file *file = import_job_add(job, &input);
            if (file != NULL) {
                file->fill = fill_cell;
                file->fill_context = context;
            }
        }
        buffer_free(&path);
    }
}

/* The program's own data have no rejected rows; where they do, the first says why. */
static bool refuse_set(struct import_job *job) {
    if (job->late_count > 0) {
        return fault_set(job->fault, FAULT_FAILED, "the program's own data do not fit: %s",
                         job->late[0].reason);
    }
    for (size_t i = 0; i < job->said_count; i++) {
        if (job->said[i].kind != IMPORT_NOTE) {
            return fault_set(job->fault, FAULT_FAILED, "the program's own data do not fit: %s",
                             job->said[i].text);
        }
    }
    return true;
}

static bool insert_set(struct workbook *workbook, struct seed_context *context,
                       struct fault *fault) {
    const char *folder = folders[context->plan->set];
    if (folder == NULL) {
        return true;
    }
    const struct import_plan plan = {.sheet = "all", .path = folder};
    struct import_job *job = memory_zero(1, sizeof *job);
    import_job_begin(job, workbook, &plan, fault);
    add_set_files(job, folder, context);
    bool is_good = fault->kind == FAULT_NONE && import_job_run(job) && refuse_set(job);
    import_job_free(job);
    free(job);
    return is_good;
}

/* The texts come from outside and have been through no parser yet. */
static bool check_encoding(const char *what, const char *text, struct fault *fault) {
    return text == NULL || text_find_invalid(text, strlen(text)) == strlen(text) ||
           fault_set(fault, FAULT_USAGE, "%s is not valid UTF-8 (write it anew)", what);
}

/* A person's name may not equal a role's ref or title (contract.md, Values). */
static bool check_name(const char *name, const struct table *roles, struct fault *fault) {
    static const char *const columns[] = {"ref", "title"};
    bool is_free = true;
    char *trimmed = text_trim(name == NULL ? "" : name);
    for (int column = 0; column < roles->column_count && is_free; column++) {
        const char *is = table_names(roles)[column];
        for (int row = 0; row < roles->row_count && is_free; row++) {
            is_free =
                (strcmp(is, columns[0]) != 0 && strcmp(is, columns[1]) != 0) ||
                text_compare_ascii_case(table_row(roles, row)[column], trimmed) != 0 ||
                fault_set(fault, FAULT_USAGE,
                          "\"%s\" is the %s of a role (name the person who fills it)", trimmed, is);
        }
    }
    free(trimmed);
    return is_free;
}

static bool check_plan(const struct seed_context *context, struct fault *fault) {
    const struct seed_plan *plan = context->plan;
    struct table roles = {0};
    bool is_good = check_encoding("the name of the organisation", context->organisation, fault) &&
                   check_encoding("the name of the leader", plan->leader, fault) &&
                   check_encoding("the name of who runs security", plan->security, fault);
    if (is_good && plan->set == SEED_STARTER) {
        is_good = table_read_embedded(&roles, "starter/role.csv", fault) &&
                  check_name(plan->leader, &roles, fault) &&
                  check_name(plan->security, &roles, fault);
        table_free(&roles);
    }
    return is_good;
}

static char *name_after_file(const struct workbook *workbook) {
    const char *path = workbook_path(workbook);
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    size_t len = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
    return memory_copy_bytes(name, len);
}

bool seed_workbook(struct workbook *workbook, const struct seed_plan *plan, struct fault *fault) {
    char *named = name_after_file(workbook);
    bool has_name = plan->organisation != NULL && plan->organisation[0] != '\0';
    struct seed_context context = {.plan = plan,
                                   .organisation = has_name ? plan->organisation : named,
                                   .today = workbook_today(workbook)};
    bool is_good = check_plan(&context, fault) && edit_begin(workbook, labels[plan->set], fault);
    if (is_good) {
        history_mark_founding(workbook);
        is_good = insert_own_row(workbook, &context, fault) && catalogue_insert(workbook, fault) &&
                  insert_set(workbook, &context, fault);
        if (is_good) {
            is_good = batch_commit(workbook, fault);
        } else {
            edit_abandon(workbook);
        }
    }
    free(named);
    return is_good;
}

bool seed_create(const char *path, const struct seed_plan *plan, const struct clock *clock,
                 struct fault *fault) {
    struct workbook *workbook = workbook_create(path, clock, fault);
    if (workbook == NULL) {
        return false;
    }
    if (!seed_workbook(workbook, plan, fault)) {
        workbook_close(workbook);
        return false;
    }
    return workbook_publish(workbook, fault);
}
