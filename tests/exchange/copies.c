/* Owns copies of workbooks for tests; knows nothing of what is in them. */
#include "exchange/copies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/store/history.h"
#include "clause5/store/query.h"
#include "support/testing.h"
#include "support/workbook.h"

static const char *const names[COPIES] = {[MIA] = "mia.c5", [BEA] = "bea.c5", [EVA] = "eva.c5"};
static const char *const actors[COPIES] = {[MIA] = "Mia", [BEA] = "Bea", [EVA] = "Eva"};

static void open_copy(struct copies *copies, enum copy copy, enum workbook_mode mode) {
    struct clock clock;
    struct fault fault = {0};
    assert_true(clock_read(&clock, &fault));
    struct workbook *workbook =
        workbook_open(place_path(copies->place, names[copy]), mode, &clock, &fault);
    assert_no_fault(workbook != NULL, &fault);
    workbook_set_actor(workbook, actors[copy]);
    copies->of[copy].workbook = workbook;
}

static void close_copy(struct copies *copies, enum copy copy) {
    workbook_close(copies->of[copy].workbook);
    copies->of[copy].workbook = NULL;
}

/* Merging is not about power cuts, and a disk that is told to be sure costs most of the time. */
static void work_in_memory(void) {
    if (access("/dev/shm", W_OK) == 0) {
        setenv("TMPDIR", "/dev/shm", 1);
    }
}

struct copies *copies_new(void) {
    struct copies *copies = memory_zero(1, sizeof *copies);
    work_in_memory();
    copies->place = place_new();
    copies->mia = &copies->of[MIA];
    copies->bea = &copies->of[BEA];
    copies->eva = &copies->of[EVA];
    workbook_close(support_workbook_new(copies->place));
    assert_int_equal(
        rename(place_path(copies->place, "test.c5"), place_path(copies->place, names[MIA])), 0);
    open_copy(copies, MIA, WORKBOOK_WRITE);
    return copies;
}

static void copy_file(struct copies *copies, const char *from, const char *to) {
    size_t len_bytes = 0;
    char *bytes = place_read_path(place_path(copies->place, from), &len_bytes);
    assert_non_null(bytes);
    place_write_bytes(copies->place, to, bytes, len_bytes);
    free(bytes);
}

void copies_hand_over(struct copies *copies, enum copy from, enum copy to) {
    close_copy(copies, from);
    close_copy(copies, to);
    copy_file(copies, names[from], names[to]);
}

void copies_give(struct copies *copies, enum copy from, enum copy to) {
    copies_hand_over(copies, from, to);
    open_copy(copies, from, WORKBOOK_WRITE);
    open_copy(copies, to, WORKBOOK_WRITE);
}

void copies_keep(struct copies *copies) {
    close_copy(copies, MIA);
    copy_file(copies, names[MIA], "kept.c5");
    open_copy(copies, MIA, WORKBOOK_WRITE);
}

void copies_restart(struct copies *copies) {
    close_copy(copies, MIA);
    close_copy(copies, BEA);
    copy_file(copies, "kept.c5", names[MIA]);
    copy_file(copies, "kept.c5", names[BEA]);
    open_copy(copies, MIA, WORKBOOK_WRITE);
    open_copy(copies, BEA, WORKBOOK_WRITE);
}

void copies_split(struct copies *copies) {
    copies_give(copies, MIA, BEA);
    copies_give(copies, MIA, EVA);
}

void copies_free(struct copies *copies) {
    for (int i = 0; i < COPIES; i++) {
        close_copy(copies, (enum copy)i);
        free(copies->of[i].said);
    }
    place_free(copies->place);
    free(copies);
}

struct merge *copies_meet(struct copies *copies, enum copy ours, enum copy theirs) {
    struct fault fault = {0};
    if (copies->of[ours].workbook == NULL) {
        open_copy(copies, ours, WORKBOOK_WRITE);
    }
    close_copy(copies, theirs);
    open_copy(copies, theirs, WORKBOOK_READ);
    struct merge *merge =
        merge_open(copies->of[ours].workbook, copies->of[theirs].workbook, &fault);
    assert_no_fault(merge != NULL, &fault);
    return merge;
}

void copies_leave(struct copies *copies, struct merge *merge, enum copy theirs) {
    merge_close(merge);
    close_copy(copies, theirs);
}

void copies_part(struct copies *copies, struct merge *merge, enum copy theirs) {
    copies_leave(copies, merge, theirs);
    open_copy(copies, theirs, WORKBOOK_WRITE);
}

size_t copies_merge(struct copies *copies, enum copy ours, enum copy theirs,
                    enum merge_choice choice) {
    struct fault fault = {0};
    struct merge *merge = copies_meet(copies, ours, theirs);
    enum merge_end end;
    size_t conflicts;
    do {
        merge_choose_all(merge, choice);
        conflicts = merge_conflict_count(merge);
        end = merge_store(merge, "merge", &fault);
    } while (end == MERGE_HELD && merge_conflict_count(merge) > conflicts);
    for (size_t i = 0; end == MERGE_HELD && i < conflicts; i++) {
        const struct merge_conflict *conflict = merge_conflict_at(merge, i);
        print_error("conflict: %s %s %s: %s | %s\n", register_describe(conflict->register_id)->name,
                    conflict->record, conflict->field, conflict->ours, conflict->theirs);
    }
    assert_no_fault(end == MERGE_STORED, &fault);
    copies_part(copies, merge, theirs);
    expect_sound(&copies->of[ours]);
    return conflicts;
}

void expect_conflict(struct copies *copies, enum copy ours, enum copy theirs, const char *words) {
    struct merge *merge = copies_meet(copies, ours, theirs);
    struct fault fault = {0};
    struct buffer all = {0};
    bool is_found = false;
    assert_int_equal(merge_try(merge, &fault), MERGE_HELD);
    for (size_t i = 0; i < merge_conflict_count(merge); i++) {
        const struct merge_conflict *conflict = merge_conflict_at(merge, i);
        struct buffer line = {0};
        buffer_addf(&line, "%s %s %s: %s | %s", register_describe(conflict->register_id)->name,
                    conflict->record, conflict->field, conflict->ours, conflict->theirs);
        is_found = is_found || strcmp(buffer_text(&line), words) == 0;
        buffer_addf(&all, "%s\n", buffer_text(&line));
        buffer_free(&line);
    }
    if (!is_found) {
        fail_msg("\"%s\" is none of these conflicts:\n%s", words, buffer_text(&all));
    }
    buffer_free(&all);
    copies_part(copies, merge, theirs);
}

void expect_sound(struct fixture *fixture) {
    struct fault fault = {0};
    assert_no_fault(history_verify(fixture->workbook, &fault), &fault);
}

void undo(struct fixture *fixture) {
    struct fault fault = {0};
    char *label = NULL;
    assert_no_fault(history_undo(fixture->workbook, &label, &fault), &fault);
    assert_non_null(label);
    free(label);
    expect_sound(fixture);
}

void redo(struct fixture *fixture) {
    struct fault fault = {0};
    char *label = NULL;
    assert_no_fault(history_redo(fixture->workbook, &label, &fault), &fault);
    assert_non_null(label);
    free(label);
    expect_sound(fixture);
}

/* A line per record, as a file would hold its fields. */
struct lines {
    char **items;
    size_t count, capacity;
};

static void add_record(struct fixture *fixture, enum register_id register_id, int64_t id,
                       struct lines *lines) {
    const struct register_description *description = register_describe(register_id);
    struct record record = {0};
    struct buffer line = {0};
    struct fault fault = {0};
    assert_int_equal(record_load(fixture->workbook, register_id, id, &record, &fault),
                     LOOKUP_FOUND);
    for (int i = 0; i < description->field_count; i++) {
        assert_no_fault(record_print_value(fixture->workbook, &description->fields[i],
                                           &record.values[i], &line, &fault),
                        &fault);
        buffer_add(&line, "|");
    }
    lines->items =
        memory_reserve(lines->items, &lines->capacity, lines->count + 1, sizeof *lines->items);
    lines->items[lines->count++] = buffer_take(&line);
    record_free(&record);
}

static int compare_lines(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char *copies_print(struct fixture *fixture, enum register_id register_id) {
    struct fault fault = {0};
    struct buffer sql = {0};
    struct buffer all = {0};
    struct lines lines = {0};
    buffer_addf(&sql, "SELECT id FROM \"%s\"", register_describe(register_id)->name);
    struct query *query = query_open(fixture->workbook, buffer_text(&sql), &fault);
    assert_no_fault(query != NULL, &fault);
    while (query_step(query, &fault) == 1) {
        add_record(fixture, register_id, query_whole(query, 0), &lines);
    }
    query_close(query);
    if (lines.count > 0) {
        qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
    }
    for (size_t i = 0; i < lines.count; i++) {
        buffer_addf(&all, "%s\n", lines.items[i]);
        free(lines.items[i]);
    }
    free(lines.items);
    buffer_free(&sql);
    return buffer_take(&all);
}

void expect_same(struct copies *copies, enum copy a, enum copy b) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        char *of_a = copies_print(&copies->of[a], (enum register_id)id);
        char *of_b = copies_print(&copies->of[b], (enum register_id)id);
        assert_string_equal(of_a, of_b);
        free(of_a);
        free(of_b);
    }
}
