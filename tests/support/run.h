/* Runs a program without a terminal, to its end. */
#ifndef CLAUSE5_TESTS_SUPPORT_RUN_H
#define CLAUSE5_TESTS_SUPPORT_RUN_H

#include <stddef.h>

#include "clause5/base/buffer.h"

struct run_plan {
    const char *const *argv; /* NULL-ended; the first is found along PATH */
    const char *input;       /* standard input; NULL for an empty one */
    size_t input_bytes;      /* 0 for the length of the C string */
    const char *const *env;  /* NULL-ended NAME=VALUE over the environment of spawn.h, or NULL */
    const char *folder;      /* where it runs; NULL for here. Also its HOME. */
};

struct run_result {
    int status; /* as a shell gives it: 128 and more for a signal */
    struct buffer out;
    struct buffer err;
};

/* Runs the program and returns what came of it; release with run_free. Fails the test where it
 * does not end within minutes, or a sanitizer reports something. */
struct run_result run_program(const struct run_plan *plan);

/* As run_program in FOLDER with no input: RUN(place_path(place, ""), "sh", "-c", "exit 3"). */
#define RUN(in_folder, ...)                                                                        \
    run_program(&(struct run_plan){.argv = (const char *const[]){__VA_ARGS__, NULL},               \
                                   .folder = (in_folder)})

/* Fails the test, showing both outputs, where the exit status is another. */
#define run_expect_status(result, expected) run_check_status(result, expected, __FILE__, __LINE__)
void run_check_status(const struct run_result *result, int expected, const char *file, int line);

void run_free(struct run_result *result);

#endif
