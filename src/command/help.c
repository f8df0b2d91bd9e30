/* Owns what the program says of itself: usage and help, printed from the tables of the commands. */
#include "command/help.h"

#include <string.h>

#include "command/prose.h"

static const struct prose terms = {.indent = 2, .text_column = 24};

/* Appends the option as the usage shows it: --NAME VALUE, or -L VALUE where it has a letter. */
static void add_option_form(struct buffer *out, const struct option_description *option) {
    if (option->letter != '\0') {
        buffer_addf(out, "-%c", option->letter);
    } else {
        buffer_addf(out, "--%s", option->name);
    }
    const char *value = option->choices != NULL ? option->choices : option->value;
    if (value != NULL) {
        buffer_addf(out, " %s", value);
    }
}

void command_add_usage(struct buffer *out, const struct command *command) {
    struct buffer usage = {0};
    buffer_add(&usage, command->operands);
    for (const struct option_description *option = command->options;
         option != NULL && option->name != NULL; option++) {
        buffer_add(&usage, usage.len_bytes > 0 ? " [" : "[");
        add_option_form(&usage, option);
        buffer_add(&usage, option->is_repeatable ? "]..." : "]");
    }
    struct buffer term = {0};
    buffer_addf(&term, "Usage: clause5 %s", command->name);
    prose_add(out, &(struct prose){.text_column = (int)term.len_bytes + 1}, buffer_text(&term),
              buffer_text(&usage));
    buffer_free(&term);
    buffer_free(&usage);
}

static void add_option_help(struct buffer *out, const struct option_description *option) {
    struct buffer term = {0};
    if (option->letter != '\0') {
        buffer_addf(&term, "-%c, ", option->letter);
    }
    buffer_addf(&term, "--%s", option->name);
    if (option->value != NULL) {
        buffer_addf(&term, " %s", option->value);
    }
    struct buffer text = {0};
    buffer_add(&text, option->help);
    if (option->choices != NULL) {
        buffer_addf(&text, ": %s", option->choices);
    }
    prose_add(out, &terms, buffer_text(&term), buffer_text(&text));
    buffer_free(&text);
    buffer_free(&term);
}

void command_add_help(struct buffer *out, const struct command *command) {
    command_add_usage(out, command);
    buffer_add_byte(out, '\n');
    prose_add(out, &(struct prose){0}, "", command->summary);
    if (command->details != NULL) {
        buffer_add_byte(out, '\n');
        prose_add(out, &(struct prose){0}, "", command->details);
    }
    buffer_add(out, "\nOptions\n");
    for (const struct option_description *option = command->options;
         option != NULL && option->name != NULL; option++) {
        add_option_help(out, option);
    }
    prose_add(out, &terms, "--help", "Print this and end");
}

static void add_terms(struct buffer *out, const char *heading, const char *const (*rows)[2]) {
    buffer_addf(out, "\n%s\n", heading);
    for (; (*rows)[0] != NULL; rows++) {
        prose_add(out, &terms, (*rows)[0], (*rows)[1]);
    }
}

void program_add_help(struct buffer *out, const struct command *const *commands) {
    static const char *const statuses[][2] = {
        {"0", "good"},
        {"1", "it ran and found something: a failed check, a rejected row, a conflict"},
        {"2", "the command line is wrong"},
        {"3", "failure: cannot open, locked, damaged, disk full"},
        {NULL, NULL},
    };
    static const char *const variables[][2] = {
        {"CLAUSE5_TODAY", "YYYY-MM-DD: the day that checks and defaults count from"},
        {"NO_COLOR", "set to anything: no colours"},
        {"VISUAL, EDITOR", "the editor for long texts"},
        {NULL, NULL},
    };
    buffer_add(out, "clause5: a workbook for the leadership part of ISO/IEC 27001\n\n");
    buffer_add(out, "Usage: clause5 [FILE]\n       clause5 COMMAND [OPTION]... [OPERAND]...\n\n");
    buffer_add(out, "Commands\n");
    for (; *commands != NULL; commands++) {
        prose_add(out, &terms, (*commands)->name, (*commands)->summary);
    }
    buffer_add(out, "\nOptions\n");
    prose_add(out, &terms, "--help", "Print this, or after a command its help, and end");
    prose_add(out, &terms, "--version", "Print the version and end");
    add_terms(out, "Exit status", statuses);
    add_terms(out, "Environment", variables);
}
