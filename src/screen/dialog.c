/* Owns the loop of conversations, and those that are a question, a prompt or a form. Knows nothing
 * of what is asked. */
#include "clause5/screen/dialog.h"

#include <string.h>

#include "clause5/base/memory.h"
#include "screen/conversation.h"

enum { REDRAW_MS = 1000, QUESTION_ROWS = 3 };

static void draw_all(const struct stage *stage, const struct conversation *conversation) {
    terminal_frame_begin(stage->terminal);
    if (stage->draw != NULL) {
        stage->draw(stage->context);
    }
    struct area screen = area_of_terminal(stage->terminal);
    conversation->draw(conversation->state, &screen);
    terminal_frame_end(stage->terminal);
}

bool conversation_run(const struct stage *stage, const struct conversation *conversation) {
    for (;;) {
        draw_all(stage, conversation);
        struct terminal_event event = terminal_wait(stage->terminal, REDRAW_MS);
        for (; event.kind != TERMINAL_IDLE; event = terminal_wait(stage->terminal, 0)) {
            if (event.kind == TERMINAL_ENDING) {
                return false;
            }
            if (!conversation->handle(conversation->state, &event)) {
                return true;
            }
        }
    }
}

int conversation_draw_answers(const struct area *line, int column, const struct answer *answers,
                              size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct buffer key = {0};
        keycode_print(&key, answers[i].key);
        column += area_put(line, (struct spot){.column = column}, MEANING_KEY, buffer_text(&key));
        column +=
            1 + area_put(line, (struct spot){.column = column + 1}, MEANING_TEXT, answers[i].label);
        column += 2;
        buffer_free(&key);
    }
    return column;
}

void conversation_draw_keys(const struct area *screen, const struct answer *keys, size_t count) {
    struct area line = area_rows(*screen, screen->height - 1, 1);
    area_clear(&line);
    conversation_draw_answers(&line, 1, keys, count);
}

struct question {
    const char *text;
    const struct answer *answers;
    size_t count;
    int answer;
};

/* The question stands in as many rows as it needs, at most QUESTION_ROWS, above its answers. */
static void draw_question(void *state, const struct area *screen) {
    const struct question *question = state;
    struct area nothing = area_rows(*screen, 0, 0);
    struct spot spot = {0, 1, screen->width - 2};
    int rows = area_put_wrapped(&nothing, spot, MEANING_TITLE, question->text);
    rows = rows > QUESTION_ROWS ? QUESTION_ROWS : rows;
    struct area text = area_rows(*screen, screen->height - 1 - rows, rows);
    area_clear(&text);
    area_put_wrapped(&text, spot, MEANING_TITLE, question->text);
    conversation_draw_keys(screen, question->answers, question->count);
    struct area line = area_rows(*screen, screen->height - 1, 1);
    area_place_cursor(&line, 0, 1);
}

static uint32_t small(uint32_t key) {
    return key >= 'A' && key <= 'Z' ? key + 32 : key;
}

static bool answer_question(void *state, const struct terminal_event *event) {
    struct question *question = state;
    if (event->kind != TERMINAL_KEY) {
        return true;
    }
    for (size_t i = 0; i < question->count; i++) {
        if (small(question->answers[i].key) == small(event->key)) {
            question->answer = (int)i;
            return false;
        }
    }
    return event->key != KEYCODE_ESC;
}

int dialog_ask(const struct stage *stage, const char *text, const struct answer *answers,
               size_t count) {
    struct question question = {text, answers, count, DIALOG_NO_ANSWER};
    conversation_run(stage, &(struct conversation){&question, draw_question, answer_question});
    return question.answer;
}

struct asked {
    struct prompt *prompt;
    struct form *form;
    unsigned flags;
};

static void draw_prompt(void *state, const struct area *screen) {
    const struct asked *asked = state;
    prompt_draw(asked->prompt, screen);
}

static bool handle_prompt(void *state, const struct terminal_event *event) {
    struct asked *asked = state;
    asked->flags = prompt_handle(asked->prompt, event);
    return (asked->flags & (OUTCOME_DONE | OUTCOME_LEAVE)) == 0;
}

bool dialog_prompt(const struct stage *stage, const struct prompt_options *options,
                   struct buffer *answer) {
    struct asked asked = {.prompt = prompt_new(options)};
    bool is_over =
        conversation_run(stage, &(struct conversation){&asked, draw_prompt, handle_prompt});
    bool is_done = is_over && (asked.flags & OUTCOME_DONE) != 0;
    if (is_done) {
        buffer_clear(answer);
        buffer_add(answer, prompt_text(asked.prompt));
    }
    prompt_free(asked.prompt);
    return is_done;
}

static void draw_form(void *state, const struct area *screen) {
    const struct asked *asked = state;
    struct area below = area_rows(*screen, screen->height - 2, -1);
    struct area above = area_rows(*screen, 0, screen->height - 2);
    const struct fault *fault = form_fault(asked->form);
    struct keymap map = {0};
    area_clear(&below);
    if (form_is_asking(asked->form)) {
        area_put(&below, (struct spot){.column = 1}, MEANING_WARNING, "Changes are not saved.");
    } else if (fault->kind != FAULT_NONE) {
        area_put_mark(&below, (struct spot){.column = 1}, MARK_BAD);
        area_put(&below, (struct spot){.column = 3}, MEANING_FAULT, fault_text(fault));
    }
    keymap_add(&map, form_is_asking(asked->form) ? &form_leaving_bindings : &form_bindings);
    struct area line = area_rows(below, 1, 1);
    keymap_draw_keys(&map, &line);
    form_draw(asked->form, &above);
}

static bool handle_form(void *state, const struct terminal_event *event) {
    struct asked *asked = state;
    asked->flags = form_handle(asked->form, event);
    return (asked->flags & (OUTCOME_DONE | OUTCOME_LEAVE)) == 0;
}

bool dialog_form(const struct stage *stage, struct form *form) {
    struct asked asked = {.form = form};
    bool is_over = conversation_run(stage, &(struct conversation){&asked, draw_form, handle_form});
    return is_over && (asked.flags & OUTCOME_DONE) != 0;
}
