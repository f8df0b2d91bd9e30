/* Owns reading a command line by a command's tables; knows nothing of what commands do. */
#include "command/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"

static const struct option_description *find_long(const struct command *command, const char *name,
                                                  size_t len_bytes) {
    const struct option_description *option = command->options;
    for (; option != NULL && option->name != NULL; option++) {
        if (strlen(option->name) == len_bytes && memcmp(option->name, name, len_bytes) == 0) {
            return option;
        }
    }
    return NULL;
}

static const struct option_description *find_letter(const struct command *command, char letter) {
    const struct option_description *option = command->options;
    for (; option != NULL && option->name != NULL; option++) {
        if (option->letter == letter) {
            return option;
        }
    }
    return NULL;
}

static bool is_among(const char *choices, const char *value) {
    size_t length = strlen(value);
    while (*choices != '\0') {
        size_t choice = strcspn(choices, "|");
        if (choice == length && memcmp(choices, value, length) == 0) {
            return true;
        }
        choices += choice + (choices[choice] == '|');
    }
    return false;
}

/* The option as it was typed. Valid as long as GIVEN. */
static const char *option_shown(struct given_option *given) {
    if (given->is_letter) {
        snprintf(given->shown, sizeof given->shown, "-%c", given->option->letter);
    } else {
        snprintf(given->shown, sizeof given->shown, "--%s", given->option->name);
    }
    return given->shown;
}

static bool give_option(struct invocation *invocation, struct given_option given,
                        struct fault *fault) {
    const struct option_description *option = given.option;
    if (!option->is_repeatable && invocation_has(invocation, option->name)) {
        return fault_set(fault, FAULT_USAGE, "%s is given twice (give it once)",
                         option_shown(&given));
    }
    if (option->choices != NULL && given.value != NULL && !is_among(option->choices, given.value)) {
        return fault_set(fault, FAULT_USAGE, "%s cannot be \"%s\" (use %s)", option_shown(&given),
                         given.value, option->choices);
    }
    invocation->given[invocation->given_count++] = given;
    return true;
}

/* The arguments, and how far they are read. */
struct argument_list {
    const char *const *texts;
    int count;
    int at;
};

/* Takes the value that stands behind the option in the same argument (NULL: none), or the argument
 * after it. */
static bool take_option(struct invocation *invocation, struct given_option given,
                        struct argument_list *arguments, struct fault *fault) {
    const char *name = option_shown(&given);
    if (given.option->value == NULL && given.value != NULL) {
        return fault_set(fault, FAULT_USAGE, "%s takes no value (leave out \"%s\")", name,
                         given.value);
    }
    if (given.option->value != NULL && given.value == NULL) {
        if (arguments->at == arguments->count) {
            return fault_set(fault, FAULT_USAGE, "%s needs a value (give %s after it)", name,
                             given.option->value);
        }
        given.value = arguments->texts[arguments->at++];
    }
    return give_option(invocation, given, fault);
}

static bool take_long(struct invocation *invocation, const char *text,
                      struct argument_list *arguments, struct fault *fault) {
    size_t length = strcspn(text, "=");
    struct given_option given = {.option = find_long(invocation->command, text, length),
                                 .value = text[length] == '=' ? text + length + 1 : NULL};
    if (given.option == NULL) {
        return fault_set(fault, FAULT_USAGE, "there is no option --%.*s", (int)length, text);
    }
    return take_option(invocation, given, arguments, fault);
}

static bool take_letter(struct invocation *invocation, const char *text,
                        struct argument_list *arguments, struct fault *fault) {
    struct given_option given = {.option = find_letter(invocation->command, text[0]),
                                 .is_letter = true,
                                 .value = text[1] != '\0' ? text + 1 : NULL};
    if (given.option == NULL) {
        return fault_set(fault, FAULT_USAGE, "there is no option -%s", text);
    }
    return take_option(invocation, given, arguments, fault);
}

static bool check_operands(const struct invocation *invocation, struct fault *fault) {
    const struct command *command = invocation->command;
    if (invocation->operand_count < command->least_operands) {
        return fault_set(fault, FAULT_USAGE, "something is missing: %s", command->operands);
    }
    if (command->most_operands != OPERANDS_ANY &&
        invocation->operand_count > command->most_operands) {
        return fault_set(fault, FAULT_USAGE, "\"%s\" is one word too many",
                         invocation->operands[command->most_operands]);
    }
    return true;
}

bool invocation_read(struct invocation *invocation, const struct command *command,
                     const char *const *arguments, int argument_count, struct fault *fault) {
    size_t room = (size_t)argument_count + 1;
    *invocation = (struct invocation){.command = command,
                                      .operands = memory_zero(room, sizeof(const char *)),
                                      .given = memory_zero(room, sizeof(struct given_option))};
    struct argument_list list = {.texts = arguments, .count = argument_count};
    bool is_good = true;
    bool is_ended = false;
    while (is_good && list.at < list.count) {
        const char *text = list.texts[list.at++];
        if (is_ended || text[0] != '-' || text[1] == '\0') {
            invocation->operands[invocation->operand_count++] = text;
        } else if (text[1] != '-') {
            is_good = take_letter(invocation, text + 1, &list, fault);
        } else if (text[2] != '\0') {
            is_good = take_long(invocation, text + 2, &list, fault);
        } else {
            is_ended = true;
        }
    }
    return is_good && check_operands(invocation, fault);
}

void invocation_free(struct invocation *invocation) {
    free(invocation->operands);
    free(invocation->given);
    *invocation = (struct invocation){0};
}

static const struct given_option *find_given(const struct invocation *invocation, const char *name,
                                             int *at) {
    while (*at < invocation->given_count) {
        const struct given_option *given = &invocation->given[(*at)++];
        if (strcmp(given->option->name, name) == 0) {
            return given;
        }
    }
    return NULL;
}

bool invocation_has(const struct invocation *invocation, const char *name) {
    int at = 0;
    return find_given(invocation, name, &at) != NULL;
}

const char *invocation_next(const struct invocation *invocation, const char *name, int *at) {
    const struct given_option *given = find_given(invocation, name, at);
    return given != NULL ? given->value : NULL;
}

const char *invocation_value(const struct invocation *invocation, const char *name) {
    int at = 0;
    return invocation_next(invocation, name, &at);
}
