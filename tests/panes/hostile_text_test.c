/* Hostile text in every text field of every record of the sample: whichever pane, page, form, walk
 * or command shows it, no foreign control byte reaches the terminal, and the frame holds. */
#include "panes/stage.h"
#include "support/run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/store/batch.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"
#include "clause5/store/workbook.h"

static const char hostile[] = "a\033]0;owned\007\033Pq\033\\\033[35;7m"
                              "\u202Eevil\u202C\u2066iso\u2069\u200B\u200D\uFEFF\U000E0041"
                              "\xC2\x9B"
                              "31m\xC2\x9D"
                              "0;x\xC2\x9C\x01\x1A\x0B\x7F"
                              "e\u0301\u0301\u0301\u0301\u0301\u0301 漢字漢字 שלום\uE000\tb\nc ";

/* What must never be sent; a program may send itself what is not named here. */
static const char *const forbidden[] = {
    "\033]0",     "\033]2",
    "owned\007",  "\033Pq",
    "\033[35;7m", "\xC2\x9B",
    "\xC2\x9D",   "\xC2\x9C",
    "\u202E",     "\u202C",
    "\u2066",     "\u2069",
    "\u200B",     "\u200D",
    "\uFEFF",     "\U000E0041",
    "\uE000",     "\x01",
    "\x1A",       "\x0B",
    "\x7F",       "\u0301\u0301\u0301",
};

static bool takes_any_text(const struct field *field) {
    return field->type == FIELD_TEXT || field->type == FIELD_LONG_TEXT || field->type == FIELD_FILE;
}

static void make_hostile(struct workbook *workbook, enum register_id register_id, int64_t id) {
    const struct register_description *described = register_describe(register_id);
    struct record record;
    struct fault fault = {0};
    assert_int_equal(record_load(workbook, register_id, id, &record, &fault), LOOKUP_FOUND);
    for (int i = 0; i < described->field_count; i++) {
        struct buffer text = {0};
        if (takes_any_text(&described->fields[i])) {
            buffer_addf(&text, "%s%s", hostile, value_text(&record.values[i]));
            value_free(&record.values[i]);
            record.values[i] = value_of_text(buffer_text(&text));
        }
        buffer_free(&text);
    }
    bool good = batch_update(workbook, register_id, id, record.values, &fault);
    assert_string_equal(fault_text(&fault), "");
    assert_true(good);
    record_free(&record);
}

static void make_register_hostile(struct workbook *workbook, enum register_id register_id) {
    struct buffer sql = {0};
    struct fault fault = {0};
    int64_t *ids = NULL;
    size_t count = 0, capacity = 0;
    buffer_addf(&sql, "SELECT id FROM \"%s\" ORDER BY id LIMIT 40",
                register_describe(register_id)->name);
    struct query *query = query_open(workbook, buffer_text(&sql), &fault);
    assert_non_null(query);
    while (query_step(query, &fault) == 1) {
        ids = memory_reserve(ids, &capacity, count + 1, sizeof *ids);
        ids[count++] = query_whole(query, 0);
    }
    query_close(query);
    for (size_t i = 0; i < count; i++) {
        make_hostile(workbook, register_id, ids[i]);
    }
    free(ids);
    buffer_free(&sql);
}

static void make_workbook_hostile(struct place *place) {
    struct clock clock;
    struct fault fault = {0};
    assert_true(clock_read(&clock, &fault));
    struct workbook *workbook =
        workbook_open(place_path(place, "t.c5"), WORKBOOK_WRITE, &clock, &fault);
    assert_non_null(workbook);
    workbook_set_actor(workbook, hostile);
    assert_true(batch_begin(workbook, hostile, &fault));
    for (int id = 0; id < REGISTER_COUNT; id++) {
        make_register_hostile(workbook, (enum register_id)id);
    }
    assert_true(batch_commit(workbook, &fault));
    workbook_close(workbook);
}

static void check_bytes(const char *where, const struct buffer *sent) {
    for (size_t i = 0; i < COUNT(forbidden); i++) {
        const char *at = sent->len_bytes == 0 ? NULL
                                              : memmem(sent->bytes, sent->len_bytes, forbidden[i],
                                                       strlen(forbidden[i]));
        if (at != NULL) {
            fail_msg("%s: forbidden text %zu is sent: %.60s", where, i, at);
        }
    }
}

/* The cells are what a fresh drawing makes of them: no width was taken for another. */
static void check_frame(struct terminal *terminal, const char *where) {
    struct buffer drawn = {0};
    terminal_settle(terminal);
    buffer_add(&drawn, terminal_screen(terminal));
    terminal_key(terminal, "C-l");
    terminal_settle(terminal);
    if (strcmp(buffer_text(&drawn), terminal_screen(terminal)) != 0) {
        fail_msg("%s: drawn anew it is\n%sand was\n%s", where, terminal_screen(terminal),
                 buffer_text(&drawn));
    }
    buffer_free(&drawn);
}

static void every_pane_holds(void **state) {
    static const struct {
        const char *key;
        int views;
    } rows[] = {{"1", 5}, {"2", 6}, {"3", 6}, {"4", 4}, {"5", 8}, {"6", 4},
                {"7", 2}, {"8", 2}, {"9", 5}, {"0", 1}, {"H", 1}, {"!", 2}};
    struct panes_stage stage = panes_open("--sample");
    (void)state;
    panes_leave(&stage);
    make_workbook_hostile(stage.place);
    panes_reopen(&stage);
    for (size_t i = 0; i < COUNT(rows); i++) {
        terminal_key(stage.terminal, rows[i].key);
        for (int view = 0; view < rows[i].views; view++) {
            char where[64];
            snprintf(where, sizeof where, "pane %s, view %d", rows[i].key, view);
            check_frame(stage.terminal, where);
            /* What lies below: a page, a form, or nothing. */
            terminal_keys(stage.terminal, "j Enter");
            check_frame(stage.terminal, where);
            check_bytes(where, terminal_raw(stage.terminal));
            terminal_keys(stage.terminal, "Esc Esc");
            terminal_key(stage.terminal, rows[i].key);
            for (int tabs = 0; tabs <= view; tabs++) {
                terminal_key(stage.terminal, "Tab");
            }
        }
    }
    assert_false(terminal_has_title(stage.terminal));
    const struct buffer *sent = terminal_raw(stage.terminal);
    assert_non_null(memmem(sent->bytes, sent->len_bytes, "evil", strlen("evil")));
    terminal_signal(stage.terminal, SIGTERM);
    assert_true(terminal_finish(stage.terminal).is_mode_restored);
    place_free(stage.place);
}

static void every_command_holds(void **state) {
    static const char *const lines[][4] = {
        {"check", "t.c5"},     {"history", "t.c5"}, {"report", "t.c5"},
        {"portfolio", "t.c5"}, {"verify", "t.c5"},  {"draft", "t.c5", "review-agenda"},
    };
    struct panes_stage stage = panes_open("--sample");
    (void)state;
    panes_leave(&stage);
    make_workbook_hostile(stage.place);
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct run_result result =
            RUN(place_path(stage.place, ""), CLAUSE5_BINARY, lines[i][0], lines[i][1], lines[i][2]);
        assert_true(result.status <= 1);
        check_bytes(lines[i][0], &result.out);
        check_bytes(lines[i][0], &result.err);
        run_free(&result);
    }
    place_free(stage.place);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_holds),
        cmocka_unit_test(every_pane_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
