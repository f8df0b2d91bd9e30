/* Reading a command line by a command's tables. */
#include "command/command.h"

#include <string.h>

#include "clause5/base/memory.h"

static const struct option_description options[] = {
    {.name = "format", .value = "FORMAT", .choices = "text|csv", .help = "How to print it"},
    {.name = "output", .letter = 'o', .value = "FILE", .help = "Where to"},
    {.name = "map", .value = "A=B", .is_repeatable = true, .help = "What is what"},
    {.name = "dry-run", .letter = 'n', .help = "Only look"},
    {.name = NULL},
};
static const struct command command = {.name = "try",
                                       .operands = "FILE [REGISTER]",
                                       .summary = "Try it",
                                       .least_operands = 1,
                                       .most_operands = 2,
                                       .options = options};

#define READ(invocation, fault, ...)                                                               \
    invocation_read((invocation), &command, (const char *const[]){__VA_ARGS__},                    \
                    (int)COUNT(((const char *const[]){__VA_ARGS__})), (fault))

#define check_refused(message, ...)                                                                \
    do {                                                                                           \
        struct invocation refused;                                                                 \
        struct fault fault = {0};                                                                  \
        assert_false(READ(&refused, &fault, __VA_ARGS__));                                         \
        assert_string_equal(fault_text(&fault), message);                                          \
        assert_int_equal(fault.kind, FAULT_USAGE);                                                 \
        fault_clear(&fault);                                                                       \
        invocation_free(&refused);                                                                 \
    } while (0)

static void options_stand_anywhere(void **state) {
    (void)state;
    struct invocation invocation;
    struct fault fault = {0};
    assert_true(READ(&invocation, &fault, "--format", "csv", "a.c5", "-n", "policy", "-oX"));
    assert_int_equal(invocation.operand_count, 2);
    assert_string_equal(invocation.operands[0], "a.c5");
    assert_string_equal(invocation.operands[1], "policy");
    assert_string_equal(invocation_value(&invocation, "format"), "csv");
    assert_string_equal(invocation_value(&invocation, "output"), "X");
    assert_true(invocation_has(&invocation, "dry-run"));
    assert_false(invocation_has(&invocation, "map"));
    assert_null(invocation_value(&invocation, "map"));
    invocation_free(&invocation);
}

static void two_hyphens_end_the_options_and_one_is_an_operand(void **state) {
    (void)state;
    struct invocation invocation;
    struct fault fault = {0};
    assert_true(READ(&invocation, &fault, "-o", "-", "-", "--", "--format"));
    assert_int_equal(invocation.operand_count, 2);
    assert_string_equal(invocation.operands[0], "-");
    assert_string_equal(invocation.operands[1], "--format");
    assert_string_equal(invocation_value(&invocation, "output"), "-");
    invocation_free(&invocation);
}

static void repeated_options_come_in_their_order(void **state) {
    (void)state;
    struct invocation invocation;
    struct fault fault = {0};
    assert_true(READ(&invocation, &fault, "--map", "a=b", "x", "--map=c=d", "--output="));
    int at = 0;
    assert_string_equal(invocation_next(&invocation, "map", &at), "a=b");
    assert_string_equal(invocation_next(&invocation, "map", &at), "c=d");
    assert_null(invocation_next(&invocation, "map", &at));
    assert_string_equal(invocation_value(&invocation, "output"), "");
    invocation_free(&invocation);
}

static void wrong_command_lines_say_what_is_wrong(void **state) {
    (void)state;
    check_refused("there is no option --formats", "x", "--formats=csv");
    check_refused("there is no option -z", "x", "-z");
    check_refused("--format needs a value (give FORMAT after it)", "x", "--format");
    check_refused("--format cannot be \"xml\" (use text|csv)", "x", "--format", "xml");
    check_refused("--format cannot be \"\" (use text|csv)", "x", "--format=");
    check_refused("-o is given twice (give it once)", "x", "-o1", "-o2");
    check_refused("--dry-run takes no value (leave out \"yes\")", "x", "--dry-run=yes");
    check_refused("\"z\" is one word too many", "x", "y", "z");
    check_refused("something is missing: FILE [REGISTER]", "--dry-run");
}

static void help_is_printed_from_the_tables(void **state) {
    (void)state;
    struct buffer out = {0};
    command_add_help(&out, &command);
    assert_string_equal(
        buffer_text(&out),
        "Usage: clause5 try FILE [REGISTER] [--format text|csv] [-o FILE] [--map A=B]...\n"
        "                   [-n]\n\nTry it\n\nOptions\n"
        "  --format FORMAT       How to print it: text|csv\n"
        "  -o, --output FILE     Where to\n"
        "  --map A=B             What is what\n"
        "  -n, --dry-run         Only look\n"
        "  --help                Print this and end\n");
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_anywhere),
        cmocka_unit_test(two_hyphens_end_the_options_and_one_is_an_operand),
        cmocka_unit_test(repeated_options_come_in_their_order),
        cmocka_unit_test(wrong_command_lines_say_what_is_wrong),
        cmocka_unit_test(help_is_printed_from_the_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
