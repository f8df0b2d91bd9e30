/* Conversations: each runs to its answer, and to its end when the program shall end. */
#include "clause5/screen/dialog.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "clause5/screen/progress.h"
#include "stage.h"

static struct screen_stage *open_stage(void) {
    return stage_open("C.UTF-8", "xterm-256color", (struct stage_size){17, 60});
}

static void draw_behind(void *context) {
    struct area screen = area_of_terminal(context);
    for (int row = 0; row < screen.height; row++) {
        area_print(&screen, (struct spot){.row = row}, MEANING_TEXT, "behind %d", row);
    }
}

static struct stage over(struct screen_stage *stage) {
    return (struct stage){stage_terminal(stage), stage_terminal(stage), draw_behind};
}

static const struct answer answers[] = {{'y', "delete"}, {KEYCODE_ESC, "keep"}};

static void a_question_takes_only_its_own_keys(void **state) {
    (void)state;
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    stage_type(screen, "dd\rY");
    assert_int_equal(dialog_ask(&stage, "Delete POL-001 and 12 acknowledgements?", answers, 2), 0);
    stage_end(screen);
    stage_expect(screen, 14, "behind 14");
    stage_expect(screen, 15, " Delete POL-001 and 12 acknowledgements?");
    stage_expect(screen, 16, " y delete  Esc keep");
    stage_type(screen, "\033");
    assert_int_equal(dialog_ask(&stage, "Delete it?", answers, 2), 1);
    stage_type(screen, "\033");
    assert_int_equal(dialog_ask(&stage, "Delete it?", answers, 1), DIALOG_NO_ANSWER);
    stage_close(screen);
}

static void a_long_question_keeps_its_end_and_its_answers(void **state) {
    (void)state;
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    struct buffer text = {0};
    for (int i = 0; i < 11; i++) {
        buffer_addf(&text, "policy %d, ", i);
    }
    buffer_add(&text, "all of them?");
    stage_type(screen, "\033");
    dialog_ask(&stage, buffer_text(&text), answers, 2);
    stage_end(screen);
    stage_expect(screen, 12, "behind 12");
    assert_true(stage_shows(screen, " them?"));
    stage_expect(screen, 16, " y delete  Esc keep");
    buffer_clear(&text);
    for (int i = 0; i < 40; i++) {
        buffer_addf(&text, "policy %d, ", i);
    }
    stage_type(screen, "\033");
    dialog_ask(&stage, buffer_text(&text), answers, 2);
    stage_end(screen);
    stage_expect(screen, 12, "behind 12");
    assert_non_null(strstr(stage_row(screen, 15), "…"));
    stage_expect(screen, 16, " y delete  Esc keep");
    buffer_free(&text);
    stage_close(screen);
}

static void the_end_of_the_program_answers_nothing(void **state) {
    (void)state;
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    kill(getpid(), SIGTERM);
    assert_int_equal(dialog_ask(&stage, "Delete it?", answers, 2), DIALOG_NO_ANSWER);
    struct menu menu = {.title = "Choose", .items = NULL, .count = 0};
    assert_int_equal(dialog_choose(&stage, &menu), DIALOG_NO_ANSWER);
    dialog_show_text(&stage, "Help", "text");
    struct buffer answer = {0};
    assert_false(dialog_prompt(&stage, &(struct prompt_options){.label = ":"}, &answer));
    stage_close(screen);
}

static void a_menu_is_chosen_by_letter_or_arrows(void **state) {
    (void)state;
    static const struct menu_item items[] = {{0, "Starter set", "what a small firm could keep"},
                                             {0, "Sample", NULL},
                                             {'x', "Empty", NULL}};
    struct menu menu = {.title = "Fill it with", .items = items, .count = 3};
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    stage_type(screen, "a");
    assert_int_equal(dialog_choose(&stage, &menu), 1);
    stage_end(screen);
    assert_true(stage_shows(screen, "┌ Fill it with ─"));
    assert_true(stage_shows(screen, "│ s Starter set  what a small firm could keep │"));
    assert_true(stage_shows(screen, "│ x Empty"));
    stage_type(screen, "x");
    assert_int_equal(dialog_choose(&stage, &menu), 2);
    stage_type(screen, "\033OB\033OB\033OB\r");
    assert_int_equal(dialog_choose(&stage, &menu), 0);
    stage_type(screen, "\033");
    assert_int_equal(dialog_choose(&stage, &menu), DIALOG_NO_ANSWER);
    stage_close(screen);
}

static void add_lines(struct buffer *text) {
    for (int i = 1; i <= 100; i++) {
        buffer_addf(text, "line %d%s\n", i, i == 77 ? " needle" : "");
    }
}

/* Frames of the pager: each types what leads to the next, and looks at the one before. */
struct script {
    struct screen_stage *screen;
    int frame;
};

static void look_and_type(void *context) {
    struct script *script = context;
    size_t len = 0;
    stage_bytes(script->screen, &len);
    switch (script->frame++) {
    case 0:
        stage_type(script->screen, "G");
        break;
    case 1:
        stage_type(script->screen, "x");
        break;
    case 2:
        stage_expect(script->screen, 0,
                     " Help                                            100 of 100");
        stage_expect(script->screen, 15, " line 100");
        stage_type(script->screen, "/NEEDLE\r");
        break;
    case 3:
        stage_type(script->screen, "x");
        break;
    default:
        stage_expect(script->screen, 0,
                     " Help                                             91 of 100");
        stage_expect(script->screen, 1, " line 77 needle");
        assert_true(stage_look(script->screen, 1, 9).is_underlined);
        stage_type(script->screen, "q");
    }
}

static void a_long_text_is_paged_and_searched(void **state) {
    (void)state;
    struct script script = {.screen = open_stage()};
    struct stage stage = {stage_terminal(script.screen), &script, look_and_type};
    struct buffer text = {0};
    add_lines(&text);
    dialog_show_text(&stage, "Help", buffer_text(&text));
    assert_true(script.frame >= 5);
    buffer_free(&text);
    stage_close(script.screen);
}

static void what_wraps_in_a_table_stands_under_its_text(void **state) {
    (void)state;
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    stage_type(screen, "q");
    dialog_show_text(&stage, "Help",
                     "Keys\n  p   :partial   met in part, with a note, which is for"
                     " self-assessments only\n");
    stage_end(screen);
    stage_expect(screen, 2, "   p   :partial   met in part, with a note, which is for");
    stage_expect(screen, 3, "                  self-assessments only");
    stage_close(screen);
}

static void complete_names(void *context, const char *typed, struct candidates *out) {
    static const char *const names[] = {"undo", "until-review", "update"};
    (void)context;
    for (size_t i = 0; i < 3; i++) {
        if (strncmp(names[i], typed, strlen(typed)) == 0) {
            candidates_add(out, names[i], NULL);
        }
    }
}

static bool refuse_numbers(void *context, const char *text, struct fault *fault) {
    (void)context;
    return strcmp(text, "7") != 0 || fault_set(fault, FAULT_REFUSED, "7 is no command");
}

static void ask(struct stage *stage, struct prompt_history *history, struct buffer *answer) {
    struct prompt_options options = {
        .label = ":", .complete = complete_names, .accept = refuse_numbers, .history = history};
    assert_true(dialog_prompt(stage, &options, answer));
}

static void a_prompt_completes_remembers_and_refuses(void **state) {
    (void)state;
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    struct prompt_history history = {0};
    struct buffer answer = {0};
    stage_type(screen, "und\t\r");
    ask(&stage, &history, &answer);
    assert_string_equal(buffer_text(&answer), "undo");
    stage_type(screen, "\tn\t\t\r");
    ask(&stage, &history, &answer);
    assert_string_equal(buffer_text(&answer), "until-review");
    stage_type(screen, "7\r\b\033OA\033OA\033OB\r");
    ask(&stage, &history, &answer);
    assert_string_equal(buffer_text(&answer), "until-review");
    stage_type(screen, "\033");
    assert_false(dialog_prompt(&stage, &(struct prompt_options){.label = "/"}, &answer));
    stage_type(screen, "\b");
    assert_false(dialog_prompt(&stage, &(struct prompt_options){.label = "/"}, &answer));
    assert_string_equal(buffer_text(&answer), "until-review");
    prompt_history_free(&history);
    buffer_free(&answer);
    stage_close(screen);
}

static void a_refused_answer_says_why_above_the_prompt(void **state) {
    (void)state;
    struct screen_stage *screen = open_stage();
    struct prompt *prompt =
        prompt_new(&(struct prompt_options){.label = ":", .text = "7", .accept = refuse_numbers});
    struct terminal_event enter = stage_key(KEYCODE_ENTER);
    assert_true((prompt_handle(prompt, &enter) & OUTCOME_FAULT) != 0);
    struct area area = stage_begin(screen);
    prompt_draw(prompt, &area);
    stage_end(screen);
    stage_expect(screen, 14, " ✘ 7 is no command");
    stage_expect(screen, 15, " :7");
    stage_expect_cursor(screen, 15, 3);
    prompt_free(prompt);
    stage_close(screen);
}

static void progress_tells_share_rate_and_time_left(void **state) {
    (void)state;
    struct progress progress = {.label = "Importing policy", .unit = "rows", .total = 1000000};
    struct buffer line = {0};
    progress_print(&progress, 250000, 1000, &line);
    assert_string_equal(buffer_text(&line),
                        "Importing policy: 25%, 250,000 of 1,000,000 rows, 250,000 a second, "
                        "4 s left  (Esc stops)");
    buffer_clear(&line);
    progress.total = 0;
    progress_print(&progress, 12, 0, &line);
    assert_string_equal(buffer_text(&line), "Importing policy: 12 rows  (Esc stops)");
    buffer_free(&line);
}

static void esc_stops_lasting_work(void **state) {
    (void)state;
    struct screen_stage *screen = open_stage();
    struct stage stage = over(screen);
    struct progress progress = {.stage = &stage, .label = "Working", .unit = "rows"};
    assert_true(progress_step(&progress, 0));
    stage_type(screen, "jj\033");
    int64_t done = 0;
    while (progress_step(&progress, done)) {
        done++;
    }
    assert_true(progress.is_stopped);
    assert_false(progress_step(&progress, done));
    stage_close(screen);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_takes_only_its_own_keys),
        cmocka_unit_test(a_long_question_keeps_its_end_and_its_answers),
        cmocka_unit_test(the_end_of_the_program_answers_nothing),
        cmocka_unit_test(a_menu_is_chosen_by_letter_or_arrows),
        cmocka_unit_test(a_long_text_is_paged_and_searched),
        cmocka_unit_test(what_wraps_in_a_table_stands_under_its_text),
        cmocka_unit_test(a_prompt_completes_remembers_and_refuses),
        cmocka_unit_test(a_refused_answer_says_why_above_the_prompt),
        cmocka_unit_test(progress_tells_share_rate_and_time_left),
        cmocka_unit_test(esc_stops_lasting_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
