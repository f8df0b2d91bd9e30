/* Owns the responsibility matrix: an activity a row, a role a column. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "report/html.h"
#include "report/sections.h"

/* The roles across the top, in the order shown. */
struct roles {
    int64_t *ids;
    size_t count, capacity;
};

/* The row at hand. */
struct row {
    int64_t activity;
    const char **codes; /* one per role, of the words below; "" for none */
    int accountable, responsible;
    bool is_open;
};

/* Returns our own copy of a code, with the class of its cell. */
static const char *intern_code(const char *code) {
    static const char *const codes[] = {"A/R", "A", "R", "C", "I"};
    for (size_t i = 0; i < COUNT(codes); i++) {
        if (strcmp(codes[i], code) == 0) {
            return codes[i];
        }
    }
    return "";
}

static bool add_heads(struct frame *frame, struct roles *roles) {
    struct query *query = frame_open_query(frame, "matrix_roles");
    int step = query == NULL ? -1 : query_step(query, frame->fault);
    if (step == 1) {
        buffer_add(
            frame->out,
            "<p>R carries it out, A is accountable for it, A/R is both, C is consulted, I is "
            "informed.</p>\n<div class=\"wide matrix\" role=\"region\" "
            "aria-label=\"Responsibility matrix\" tabindex=\"0\">\n"
            "<table><caption>Responsibility matrix: activities and roles</caption>\n"
            "<thead><tr><th scope=\"col\">Activity</th>");
    }
    for (; step == 1; step = query_step(query, frame->fault)) {
        roles->ids =
            memory_reserve(roles->ids, &roles->capacity, roles->count + 1, sizeof *roles->ids);
        roles->ids[roles->count++] = query_whole(query, 0);
        buffer_add(frame->out, "<th scope=\"col\"><abbr title=\"");
        html_add_text(frame->out, query_text(query, 2));
        buffer_add(frame->out, "\">");
        html_add_text(frame->out, query_text(query, 1));
        buffer_add(frame->out, "</abbr></th>");
    }
    if (roles->count > 0) {
        buffer_add(frame->out, "<th scope=\"col\">Fault</th></tr></thead>\n<tbody>\n");
    }
    query_close(query);
    return step == 0;
}

/* What is wrong with the row: each activity has exactly one A, and an R (checks
 * raci-no-accountable, raci-two-accountable, raci-no-responsible). */
static void add_fault(struct buffer *out, const struct row *row) {
    const char *fault = row->accountable == 0   ? "no A"
                        : row->accountable > 1  ? "more than one A"
                        : row->responsible == 0 ? "no R"
                                                : NULL;
    buffer_add(out, "<td class=\"fault\">");
    if (fault != NULL) {
        html_add_state(out, HTML_BAD, fault);
    }
    buffer_add(out, "</td></tr>\n");
}

static void end_row(struct frame *frame, const struct roles *roles, struct row *row) {
    if (!row->is_open) {
        return;
    }
    for (size_t i = 0; i < roles->count; i++) {
        const char *code = row->codes[i] != NULL ? row->codes[i] : "";
        const char *class = *code == 'A' ? " class=\"a\"" : *code == 'R' ? " class=\"r\"" : "";
        buffer_addf(frame->out, "<td%s>%s</td>", class, code);
        row->codes[i] = NULL;
    }
    add_fault(frame->out, row);
    row->is_open = false;
}

static void begin_row(struct frame *frame, struct query *query, struct row *row) {
    *row = (struct row){.activity = query_whole(query, 0), .codes = row->codes, .is_open = true};
    buffer_add(frame->out, "<tr><th scope=\"row\">");
    html_add_text(frame->out, query_text(query, 1));
    buffer_add(frame->out, " ");
    html_add_text(frame->out, query_text(query, 2));
    buffer_add(frame->out, "</th>");
}

static void take_cell(struct query *query, const struct roles *roles, struct row *row) {
    const char *code = intern_code(query_text(query, 4));
    int64_t role = query_whole(query, 3);
    row->accountable += *code == 'A';
    row->responsible += strchr(code, 'R') != NULL;
    for (size_t i = 0; i < roles->count; i++) {
        if (roles->ids[i] == role) {
            row->codes[i] = code;
        }
    }
}

static bool add_rows(struct frame *frame, const struct roles *roles) {
    struct row row = {.codes = memory_zero(roles->count, sizeof(const char *))};
    struct query *query = frame_open_query(frame, "matrix_cells");
    int step = query == NULL ? -1 : query_step(query, frame->fault);
    for (; step == 1; step = query_step(query, frame->fault)) {
        if (!row.is_open || row.activity != query_whole(query, 0)) {
            end_row(frame, roles, &row);
            begin_row(frame, query, &row);
        }
        take_cell(query, roles, &row);
    }
    end_row(frame, roles, &row);
    buffer_add(frame->out, "</tbody></table></div>\n");
    query_close(query);
    free(row.codes);
    return step == 0;
}

bool section_matrix(struct frame *frame) {
    struct roles roles = {0};
    bool is_good = add_heads(frame, &roles);
    if (is_good && roles.count == 0) {
        buffer_add(frame->out, "<p>The responsibility matrix is empty.</p>\n");
    } else if (is_good) {
        is_good = add_rows(frame, &roles);
    }
    free(roles.ids);
    return is_good;
}
