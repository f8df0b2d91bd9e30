/* The manual page against the program's own help: no command and no option is missing. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "support/place.h"
#include "support/run.h"

static const char program[] = BINARY_DIR "/clause5";
static const char manual_path[] = SOURCE_DIR "/man/clause5.1";

/* Returns the lines of a help from the one after HEADING to the next blank line; the caller frees.
 */
static char *copy_section(const char *help, const char *heading) {
    const char *begin = strstr(help, heading);
    assert_non_null(begin);
    begin += strlen(heading);
    const char *end = strstr(begin, "\n\n");
    return memory_copy_bytes(begin, end != NULL ? (size_t)(end - begin) : strlen(begin));
}

/* Returns what the manual says of a command; the caller frees. */
static char *copy_entry(const char *manual, const char *command) {
    struct buffer head = {0};
    buffer_addf(&head, "\n.It Ic %s", command);
    const char *begin = strstr(manual, buffer_text(&head));
    if (begin == NULL) {
        fail_msg("man/clause5.1 lacks the command %s: add \".It Ic %s\"", command, command);
    }
    begin += head.len_bytes;
    const char *end = strstr(begin, "\n.It Ic ");
    buffer_free(&head);
    return end != NULL ? memory_copy_bytes(begin, (size_t)(end - begin)) : memory_copy_text(begin);
}

/* Fails where the entry of a command lacks the option that a line of its help describes. */
static void check_option(const char *entry, const char *command, const char *line) {
    const char *name = strstr(line, "--");
    if (strncmp(line, "  -", 3) != 0 || name == NULL) {
        return;
    }
    size_t length = strcspn(name + 2, " ");
    struct buffer wanted = {0};
    buffer_addf(&wanted, "Fl -%.*s", (int)length, name + 2);
    if (strcmp(buffer_text(&wanted), "Fl -help") != 0 &&
        strstr(entry, buffer_text(&wanted)) == NULL) {
        fail_msg("man/clause5.1 lacks --%.*s of %s: add \"%s\"", (int)length, name + 2, command,
                 buffer_text(&wanted));
    }
    buffer_free(&wanted);
}

static void check_command(const char *manual, const char *command) {
    struct run_result result = RUN(NULL, program, command, "--help");
    char *entry = copy_entry(manual, command);
    char *options = copy_section(buffer_text(&result.out), "\nOptions\n");
    char *rest = options;
    run_expect_status(&result, 0);
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        check_option(entry, command, line);
    }
    free(options);
    free(entry);
    run_free(&result);
}

static void the_manual_names_every_command_and_option(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, program, "--help");
    char *manual = place_read_path(manual_path, NULL);
    char *commands = copy_section(buffer_text(&result.out), "\nCommands\n");
    char *rest = commands;
    int count = 0;
    assert_non_null(manual);
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        if (strncmp(line, "  ", 2) == 0 && line[2] != ' ') {
            line[2 + strcspn(line + 2, " ")] = '\0';
            check_command(manual, line + 2);
            count++;
        }
    }
    assert_true(count > 0);
    free(commands);
    free(manual);
    run_free(&result);
}

static void the_manual_is_sound(void **state) {
    (void)state;
    struct run_result result = RUN(NULL, "mandoc", "-T", "lint", "-W", "warning", manual_path);
    run_expect_status(&result, 0);
    assert_string_equal(buffer_text(&result.out), "");
    run_free(&result);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manual_names_every_command_and_option),
        cmocka_unit_test(the_manual_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
