/* Owns the loop that a program on this room has: drain, then draw. */
#include "demo.h"

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/die.h"
#include "clause5/screen/dialog.h"
#include "clause5/screen/frame.h"
#include "clause5/screen/list.h"

enum { EDIT = 1, DELETE, COMMAND, DIE, EXIT, QUIT };

static const struct binding own[] = {
    {.key = 'e', .action = EDIT, .name = "edit", .label = "edit", .help = "open the form"},
    {.key = 'd', .action = DELETE, .name = "delete", .label = "delete", .help = "ask"},
    {.key = ':', .action = COMMAND, .name = "command", .label = "command", .help = "a command"},
    {.key = 'D', .action = DIE, .name = "die", .help = "break an invariant"},
    {.key = 'X', .action = EXIT, .name = "exit", .help = "end without closing"},
    {.key = 'q', .action = QUIT, .name = "quit", .label = "quit", .help = "leave"},
};
static const struct binding_table own_table = {
    .title = "Demo", .bindings = own, .count = sizeof own / sizeof own[0]};

struct demo {
    struct terminal *terminal;
    struct list *list;
    struct keymap keymap;
    struct buffer message;
    int64_t count;
    bool is_over;
};

static bool fetch(void *context, const struct list_request *request, struct list_window *window,
                  struct fault *fault) {
    const struct demo *demo = context;
    (void)fault;
    bool is_backward = request->seek == LIST_LAST || request->seek == LIST_BEFORE;
    int64_t number = request->seek == LIST_FIRST    ? 1
                     : request->seek == LIST_LAST   ? demo->count
                     : request->seek == LIST_AFTER  ? request->id + 1
                     : request->seek == LIST_BEFORE ? request->id - 1
                                                    : request->id;
    for (size_t i = 0; i < request->wanted && number >= 1 && number <= demo->count; i++) {
        char text[64];
        struct list_row *row = list_add_row(window, number, NULL);
        snprintf(text, sizeof text, "row %" PRId64, number);
        list_set_cell(row, 0, text);
        snprintf(text, sizeof text, "%" PRId64 " squared is %" PRId64, number, number * number);
        list_set_cell(row, 1, text);
        number += is_backward ? -1 : 1;
    }
    if (is_backward) {
        list_reverse(window);
    }
    return true;
}

static void draw_frame(void *context) {
    static const char *const tabs[] = {"1 Numbers", "2 Letters"};
    struct demo *demo = context;
    struct buffer size = {0};
    struct area body;
    buffer_addf(&size, "%dx%d", terminal_width(demo->terminal), terminal_height(demo->terminal));
    struct frame frame = {.title = "Demo",
                          .title_right = buffer_text(&size),
                          .tabs = tabs,
                          .tab_count = 2,
                          .message = buffer_text(&demo->message),
                          .keymap = &demo->keymap};
    if (frame_draw(demo->terminal, &frame, &body)) {
        list_draw(demo->list, &body);
    }
    buffer_free(&size);
}

static bool save(void *context, const struct form *form, struct fault *fault) {
    struct demo *demo = context;
    (void)fault;
    buffer_clear(&demo->message);
    buffer_addf(&demo->message, "stored %s", form_value(form, 0));
    return true;
}

static void edit(struct demo *demo, const struct stage *stage) {
    static const struct form_field fields[] = {
        {.label = "Name", .help = "Any text", .kind = FORM_TEXT},
        {.label = "Notes", .help = "A long text", .kind = FORM_LONG_TEXT}};
    struct form *form = form_new(&(struct form_options){.title = "A form",
                                                        .fields = fields,
                                                        .field_count = 2,
                                                        .calls = {.context = demo, .save = save}});
    dialog_form(stage, form);
    form_free(form);
}

static void act(struct demo *demo, int action) {
    static const struct answer answers[] = {{'y', "delete"}, {KEYCODE_ESC, "keep"}};
    struct stage stage = {demo->terminal, demo, draw_frame};
    switch (action) {
    case EDIT:
        edit(demo, &stage);
        break;
    case DELETE:
        buffer_clear(&demo->message);
        buffer_add(&demo->message,
                   dialog_ask(&stage, "Delete it?", answers, 2) == 0 ? "deleted" : "kept");
        break;
    case COMMAND:
        dialog_prompt(&stage, &(struct prompt_options){.label = ":"}, &demo->message);
        break;
    case DIE:
        die("an invariant is broken");
    case EXIT:
        exit(7);
    case QUIT:
        demo->is_over = true;
        break;
    default:
        list_act(demo->list, action);
    }
}

static void handle(struct demo *demo, const struct terminal_event *event) {
    if (event->kind == TERMINAL_ENDING) {
        demo->is_over = true;
    } else if (event->kind == TERMINAL_KEY) {
        const struct binding *binding = keymap_find_key(&demo->keymap, event->key);
        if (binding != NULL) {
            act(demo, binding->action);
        }
    }
}

static void run(struct demo *demo) {
    while (!demo->is_over) {
        terminal_frame_begin(demo->terminal);
        draw_frame(demo);
        terminal_frame_end(demo->terminal);
        struct terminal_event event = terminal_wait(demo->terminal, 250);
        while (event.kind != TERMINAL_IDLE && !demo->is_over) {
            handle(demo, &event);
            event = terminal_wait(demo->terminal, 0);
        }
    }
}

int demo_run(int argc, char **argv) {
    static const struct list_column columns[] = {{.title = "Number", .width = 16},
                                                 {.title = "Square", .width = 30, .grow = 1}};
    struct demo demo = {.count = argc > 0 ? atoll(argv[0]) : 20};
    struct fault fault = {0};
    setlocale(LC_ALL, "");
    demo.terminal = terminal_open(&(struct terminal_options){.term = NULL}, &fault);
    if (demo.terminal == NULL) {
        fprintf(stderr, "%s\n", fault_text(&fault));
        int status = fault_exit_status(&fault);
        fault_clear(&fault);
        return status;
    }
    demo.list = list_new(&(struct list_options){
        .columns = columns, .column_count = 2, .source = {&demo, fetch, NULL}});
    keymap_add(&demo.keymap, &own_table);
    keymap_add(&demo.keymap, &list_bindings);
    run(&demo);
    list_free(demo.list);
    terminal_close(demo.terminal);
    buffer_free(&demo.message);
    return 0;
}
