/* Owns the way from a path to a running program: open, or make, or look on read-only, or say why
 * not. */
#include "clause5/panes/interface.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/screen/dialog.h"
#include "clause5/screen/terminal.h"
#include "clause5/store/workbook.h"
#include "panes/frame/first_start.h"
#include "panes/frame/loop.h"
#include "panes/frame/rescue.h"

/* Says a fault on standard error, made harmless, and returns its exit status. */
static int fail(struct fault *fault) {
    struct buffer shown = {0};
    text_show(&shown, fault_text(fault), 0);
    fprintf(stderr, "clause5: %s\n", buffer_text(&shown));
    int status = fault_exit_status(fault);
    buffer_free(&shown);
    fault_clear(fault);
    return status == EXIT_FOUND ? EXIT_FAILED : status;
}

static bool exists(const char *path) {
    return access(path, F_OK) == 0 || errno != ENOENT;
}

/* Asks whether to look on where somebody else writes, or where the place allows no writing. */
static bool ask_read_only(struct terminal *terminal, const char *reason) {
    static const struct answer answers[] = {
        {'r', "open read-only"}, {'q', "leave"}, {KEYCODE_ESC, "leave"}};
    const struct stage stage = {.terminal = terminal};
    return dialog_ask(&stage, reason, answers, COUNT(answers)) == 0;
}

/* Opens the workbook for writing, or for reading where the user takes that instead. NULL with the
 * fault, which is empty where the user left. */
static struct workbook *open_workbook(struct terminal *terminal, const char *path,
                                      const struct clock *clock, struct fault *fault) {
    struct workbook *workbook = workbook_open(path, WORKBOOK_WRITE, clock, fault);
    if (workbook != NULL) {
        return workbook;
    }
    struct fault reading = {0};
    struct workbook *readable = workbook_open(path, WORKBOOK_READ, clock, &reading);
    fault_clear(&reading);
    if (readable == NULL) {
        return NULL;
    }
    bool is_accepted = ask_read_only(terminal, fault_text(fault));
    fault_clear(fault);
    if (is_accepted) {
        return readable;
    }
    workbook_close(readable);
    return NULL;
}

/* Does what the showing ended with. True where the workbook is to be shown again. */
static bool go_on(struct rescue *rescue, struct app_visit *visit, struct fault *fault) {
    const bool wants_restore = visit->restore.len_bytes > 0;
    visit->greeting_meaning = MEANING_GOOD;
    buffer_clear(&rescue->greeting);
    if (!wants_restore && !visit->wants_salvage) {
        return false;
    }
    bool is_done = wants_restore ? rescue_restore(rescue, buffer_text(&visit->restore), fault)
                                 : rescue_salvage(rescue, fault);
    if (!is_done) {
        buffer_clear(&rescue->greeting);
        buffer_add(&rescue->greeting, fault_text(fault));
        visit->greeting_meaning = MEANING_FAULT;
        fault_clear(fault);
    }
    buffer_clear(&visit->restore);
    visit->wants_salvage = false;
    return true;
}

/* Opens the workbook, or what is put into its place where it is damaged. NULL as open_workbook. */
static struct workbook *open_sound(struct rescue *rescue, struct fault *fault) {
    struct workbook *workbook =
        open_workbook(rescue->terminal, buffer_text(&rescue->path), rescue->clock, fault);
    while (workbook == NULL && fault->kind == FAULT_DAMAGED) {
        struct fault damage = *fault;
        *fault = (struct fault){0};
        bool is_mended = rescue_offer(rescue, &damage, fault);
        if (is_mended) {
            workbook =
                open_workbook(rescue->terminal, buffer_text(&rescue->path), rescue->clock, fault);
        } else if (fault->kind == FAULT_NONE) {
            *fault = damage; /* the user left it as it is: said once more at the shell */
            return NULL;
        }
        fault_clear(&damage);
    }
    return workbook;
}

/* Shows the workbook as often as it is put back to a backup. */
static int show(struct rescue *rescue, struct fault *fault) {
    struct app_visit visit = {.greeting_meaning = MEANING_GOOD};
    struct workbook *workbook;
    do {
        workbook = open_sound(rescue, fault);
        if (workbook != NULL) {
            visit.greeting = rescue->greeting.len_bytes > 0 ? buffer_text(&rescue->greeting) : NULL;
            app_run(rescue->terminal, workbook, &visit);
            workbook_close(workbook);
        }
    } while (workbook != NULL && go_on(rescue, &visit, fault));
    buffer_free(&visit.restore);
    return fault->kind == FAULT_NONE ? EXIT_GOOD : EXIT_FAILED;
}

/* Runs the workbook at PATH (owned by the caller) once the terminal is open. */
static int run_on(struct terminal *terminal, const char *path, const struct clock *clock,
                  struct fault *fault) {
    struct first_start start = {.terminal = terminal, .clock = clock};
    struct rescue rescue = {.terminal = terminal, .clock = clock};
    int status = EXIT_GOOD;
    buffer_add(&start.path, path);
    if ((path != NULL && exists(path)) || first_start_run(&start)) {
        buffer_add(&rescue.path, buffer_text(&start.path));
        status = show(&rescue, fault);
    }
    rescue_free(&rescue);
    buffer_free(&start.path);
    return status;
}

int interface_run(const char *path) {
    struct clock clock;
    struct fault fault = {0};
    const struct terminal_options options = {0};
    if (!clock_read(&clock, &fault)) {
        return fail(&fault);
    }
    if (!terminal_is_there(&options)) {
        fault_set(
            &fault, FAULT_USAGE,
            "the workbook needs a terminal to be shown on; without one use a command, see clause5 --help");
        return fail(&fault);
    }
    struct terminal *terminal = terminal_open(&options, &fault);
    if (terminal == NULL) {
        return fail(&fault);
    }
    int status = run_on(terminal, path, &clock, &fault);
    terminal_close(terminal);
    return fault.kind != FAULT_NONE ? fail(&fault) : status;
}
