/* Owns the writing of sheets as CSV files; knows nothing of how a cell is quoted. */
#include "clause5/exchange/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/csv_write.h"
#include "clause5/exchange/out_file.h"
#include "clause5/register/register.h"
#include "clause5/register/type.h"
#include "clause5/store/query.h"
#include "exchange/export_sql.h"

enum { FLUSH_BYTES = 64 * 1024 };

/* A file on its way out. */
struct sheet_out {
    struct workbook *workbook;
    struct out_file *file;
    struct buffer text;
    struct csv_writer writer;
    const struct register_description *described;
    const char *const *joined; /* the names of the columns behind the register's own */
};

static void end_row(struct sheet_out *out) {
    csv_end_row(&out->writer);
    if (out->text.len_bytes >= FLUSH_BYTES) {
        out_file_write(out->file, out->text.bytes, out->text.len_bytes);
        buffer_clear(&out->text);
    }
}

/* Numbers come out as the shortest decimal, everything else as SQLite holds it. */
static void write_column(struct sheet_out *out, struct query *query, int column, bool is_number) {
    if (!is_number || query_is_empty(query, column)) {
        csv_write_cell(&out->writer, query_text(query, column));
        return;
    }
    struct buffer number = {0};
    number_print(query_number(query, column), &number);
    csv_write_cell(&out->writer, buffer_text(&number));
    buffer_free(&number);
}

/* Among the joined columns these are numbers. */
static bool is_joined_number(const char *name) {
    return strcmp(name, "baseline") == 0 || strcmp(name, "target") == 0 ||
           strcmp(name, "value") == 0;
}

static void write_head(struct sheet_out *out) {
    for (int field = 0; field < out->described->field_count; field++) {
        csv_write_cell(&out->writer, out->described->fields[field].name);
    }
    for (int i = 0; out->joined[i] != NULL; i++) {
        csv_write_cell(&out->writer, out->joined[i]);
    }
    end_row(out);
}

/* Writes what the query gives: the columns of the register, then the joined ones. */
static bool write_rows(struct sheet_out *out, struct query *query, struct fault *fault) {
    const struct register_description *described = out->described;
    int got;
    while ((got = query_step(query, fault)) == 1) {
        for (int field = 0; field < described->field_count; field++) {
            write_column(out, query, field, described->fields[field].type == FIELD_NUMBER);
        }
        for (int i = 0; out->joined[i] != NULL; i++) {
            write_column(out, query, described->field_count + i, is_joined_number(out->joined[i]));
        }
        end_row(out);
    }
    return got == 0;
}

/* Writes the rows that lead nowhere, then those of one record of the lead after the other: a
 * million rows are sorted in parts that fit into memory. */
static bool write_led_rows(struct sheet_out *out, struct query *query, const struct field *lead,
                           struct fault *fault) {
    struct buffer sql = {0};
    export_sql_leads(&sql, lead);
    struct query *leads = query_open(out->workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    bool is_good = leads != NULL && write_rows(out, query, fault);
    int got = -1;
    while (is_good && (got = query_step(leads, fault)) == 1) {
        query_reset(query);
        query_bind_whole(query, ":lead", query_whole(leads, 0));
        is_good = write_rows(out, query, fault);
    }
    query_close(leads);
    return is_good && got == 0;
}

static bool write_register(struct sheet_out *out, enum register_id register_id, bool with_joined,
                           struct fault *fault) {
    static const char *const no_names[] = {NULL};
    const struct field *lead = export_lead(register_id);
    struct buffer sql = {0};
    export_sql(&sql, register_id, with_joined);
    struct query *query = query_open(out->workbook, buffer_text(&sql), fault);
    buffer_free(&sql);
    if (query == NULL) {
        return false;
    }
    out->described = register_describe(register_id);
    out->joined = with_joined ? export_joined_names(register_id) : no_names;
    write_head(out);
    bool is_written =
        lead != NULL ? write_led_rows(out, query, lead, fault) : write_rows(out, query, fault);
    query_close(query);
    return is_written;
}

/* The head of the matrix: the activity's ref and title, then every role's ref. Returns the roles'
 * ids, to be freed with free; NULL with the fault. */
static int64_t *write_raci_head(struct sheet_out *out, int *role_count, struct fault *fault) {
    struct query *query =
        query_open(out->workbook, "SELECT id, ref FROM role ORDER BY ref COLLATE BINARY", fault);
    if (query == NULL) {
        return NULL;
    }
    int64_t *roles = memory_zero(1, sizeof *roles);
    *role_count = 0;
    csv_write_cell(&out->writer, "activity");
    csv_write_cell(&out->writer, "title");
    int got;
    while ((got = query_step(query, fault)) == 1) {
        roles = memory_resize(roles, (size_t)*role_count + 1, sizeof *roles);
        roles[(*role_count)++] = query_whole(query, 0);
        csv_write_cell(&out->writer, query_text(query, 1));
    }
    query_close(query);
    end_row(out);
    if (got < 0) {
        free(roles);
        return NULL;
    }
    return roles;
}

/* One activity's cells, role by role as in the head. */
static bool write_raci_cells(struct sheet_out *out, struct query *cells, const int64_t *roles,
                             int role_count, struct fault *fault) {
    int role = 0;
    int got;
    while ((got = query_step(cells, fault)) == 1) {
        for (; role < role_count && roles[role] != query_whole(cells, 0); role++) {
            csv_write_cell(&out->writer, "");
        }
        csv_write_cell(&out->writer, query_text(cells, 1));
        role++;
    }
    for (; role < role_count; role++) {
        csv_write_cell(&out->writer, "");
    }
    end_row(out);
    return got == 0;
}

static bool write_raci_rows(struct sheet_out *out, const int64_t *roles, int role_count,
                            struct fault *fault) {
    struct query *activities = query_open(
        out->workbook, "SELECT id, ref, title FROM activity ORDER BY ref COLLATE BINARY", fault);
    struct query *cells =
        activities == NULL
            ? NULL
            : query_open(out->workbook,
                         "SELECT s.role, s.code FROM responsibility s JOIN role r ON r.id = s.role"
                         " WHERE s.activity = :activity ORDER BY r.ref COLLATE BINARY",
                         fault);
    int got = -1;
    while (cells != NULL && (got = query_step(activities, fault)) == 1) {
        csv_write_cell(&out->writer, query_text(activities, 1));
        csv_write_cell(&out->writer, query_text(activities, 2));
        query_reset(cells);
        query_bind_whole(cells, ":activity", query_whole(activities, 0));
        if (!write_raci_cells(out, cells, roles, role_count, fault)) {
            got = -1;
            break;
        }
    }
    query_close(cells);
    query_close(activities);
    return got == 0;
}

static bool write_raci(struct sheet_out *out, struct fault *fault) {
    int role_count;
    int64_t *roles = write_raci_head(out, &role_count, fault);
    bool is_written = roles != NULL && write_raci_rows(out, roles, role_count, fault);
    free(roles);
    return is_written;
}

/* Writes one sheet to PATH; a plain register without its joined columns where IS_PLAIN. */
static bool write_sheet(struct workbook *workbook, const struct export_plan *plan, bool is_plain,
                        struct fault *fault) {
    const struct out_target target = {.path = plan->path, .workbook = workbook, .replaces = true};
    struct sheet_out out = {.workbook = workbook, .file = out_file_open(&target, fault)};
    if (out.file == NULL) {
        return false;
    }
    out.writer = (struct csv_writer){
        .out = &out.text, .delimiter = plan->delimiter, .is_exact = plan->is_exact};
    buffer_add(&out.text, plan->has_byte_order_mark ? "\xEF\xBB\xBF" : "");
    bool is_written = strcmp(plan->sheet, "raci") == 0
                          ? write_raci(&out, fault)
                          : write_register(&out, register_find(plan->sheet), !is_plain, fault);
    if (out.text.len_bytes > 0) {
        out_file_write(out.file, out.text.bytes, out.text.len_bytes);
    }
    buffer_free(&out.text);
    if (!is_written) {
        out_file_abandon(out.file);
        return false;
    }
    return out_file_publish(out.file, fault);
}

bool export_sheet(struct workbook *workbook, const struct export_plan *plan, struct fault *fault) {
    return write_sheet(workbook, plan, false, fault);
}

bool export_folder(struct workbook *workbook, const struct export_plan *plan, struct fault *fault) {
    if (mkdir(plan->path, 0777) != 0 && errno != EEXIST) {
        return fault_set(fault, FAULT_FAILED, "the folder %s cannot be made: %s", plan->path,
                         strerror(errno));
    }
    for (int id = 0; id < REGISTER_COUNT; id++) {
        struct buffer path = {0};
        struct export_plan one = *plan;
        one.sheet = register_describe((enum register_id)id)->name;
        buffer_addf(&path, "%s/%s.csv", plan->path, one.sheet);
        one.path = buffer_text(&path);
        bool is_written = write_sheet(workbook, &one, true, fault);
        buffer_free(&path);
        if (!is_written) {
            return false;
        }
    }
    return true;
}
