/* Owns the file of habits: a line `pane NAME`, and for each view seen a line of its pane, label, an
 * `x` where it was the pane's chosen one, the field that sorts, `down` where it sorts downwards,
 * and the row, a tab between two. Knows no view. */
#include "panes/frame/habits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/state_folder.h"
#include "clause5/store/query.h"

enum { PART_PANE, PART_VIEW, PART_CHOSEN, PART_SORT, PART_DOWN, PART_ROW, PARTS };

/* Appends the name of the workbook's file of habits: its first batch says which workbook it is,
 * wherever the file lies. False where that is not known. */
static bool print_name(struct workbook *workbook, struct buffer *out) {
    static const char sql[] = "SELECT lower(hex(substr(hash, 1, 16))) FROM c5_batch"
                              " ORDER BY number LIMIT 1";
    struct fault fault = {0};
    struct query *query = query_open(workbook, sql, &fault);
    bool is_known = query != NULL && query_step(query, &fault) == 1;
    if (is_known) {
        buffer_addf(out, "places/%s", query_text(query, 0));
    }
    query_close(query);
    fault_clear(&fault);
    return is_known;
}

static size_t pane_named(const char *name) {
    size_t pane = 0;
    while (pane < PANES && strcmp(panes[pane].name, name) != 0) {
        pane++;
    }
    return pane;
}

static size_t view_named(size_t pane, const char *label) {
    size_t view = 0;
    while (view < panes[pane].view_count &&
           strcmp(panes[pane].views[view].place.label, label) != 0) {
        view++;
    }
    return view;
}

static void read_view(struct habits *habits, char *const parts[PARTS]) {
    size_t pane = pane_named(parts[PART_PANE]);
    size_t view = pane < PANES ? view_named(pane, parts[PART_VIEW]) : 0;
    if (pane == PANES || view == panes[pane].view_count) {
        return;
    }
    struct view_habit *habit = &habits->views[pane][view];
    habits->view_of[pane] = parts[PART_CHOSEN][0] == 'x' ? view : habits->view_of[pane];
    free(habit->sort);
    habit->sort = parts[PART_SORT][0] == '\0' ? NULL : memory_copy_text(parts[PART_SORT]);
    habit->is_descending = strcmp(parts[PART_DOWN], "down") == 0;
    habit->row = strtoll(parts[PART_ROW], NULL, 10);
}

static void read_line(struct habits *habits, char *line) {
    char *parts[PARTS] = {0};
    size_t count = 0;
    for (char *part = strsep(&line, "\t"); part != NULL; part = strsep(&line, "\t")) {
        if (count == PARTS) {
            return;
        }
        parts[count++] = part;
    }
    if (count == 2 && strcmp(parts[0], "pane") == 0) {
        size_t pane = pane_named(parts[1]);
        habits->pane = pane < PANES ? pane : 0;
    } else if (count == PARTS) {
        read_view(habits, parts);
    }
}

void habits_read(struct workbook *workbook, struct habits *habits) {
    struct buffer name = {0};
    struct buffer text = {0};
    if (print_name(workbook, &name) && state_folder_read(buffer_text(&name), &text) &&
        text.len_bytes > 0) {
        char *rest = text.bytes;
        for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
            read_line(habits, line);
        }
    }
    buffer_free(&name);
    buffer_free(&text);
}

static void print_view(const struct habits *habits, size_t pane, size_t view, struct buffer *out) {
    const struct view_habit *habit = &habits->views[pane][view];
    bool is_chosen = habits->view_of[pane] == view;
    if (habit->row == 0 && habit->sort == NULL && !(is_chosen && view > 0)) {
        return;
    }
    buffer_addf(out, "%s\t%s\t%s\t%s\t%s\t%lld\n", panes[pane].name,
                panes[pane].views[view].place.label, is_chosen ? "x" : "",
                habit->sort == NULL ? "" : habit->sort, habit->is_descending ? "down" : "",
                (long long)habit->row);
}

void habits_keep(struct workbook *workbook, const struct habits *habits) {
    struct buffer name = {0};
    struct buffer text = {0};
    buffer_addf(&text, "pane\t%s\n", panes[habits->pane].name);
    for (size_t pane = 0; pane < PANES; pane++) {
        for (size_t view = 0; view < panes[pane].view_count; view++) {
            print_view(habits, pane, view, &text);
        }
    }
    if (print_name(workbook, &name)) {
        state_folder_keep(buffer_text(&name), buffer_text(&text));
    }
    buffer_free(&name);
    buffer_free(&text);
}

void habits_free(struct habits *habits) {
    for (size_t pane = 0; pane < PANES; pane++) {
        for (size_t view = 0; view < PANE_VIEWS_MOST; view++) {
            free(habits->views[pane][view].sort);
            habits->views[pane][view].sort = NULL;
        }
    }
}
