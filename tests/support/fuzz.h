/* What a fuzz target, tests/fuzz/NAME.c, defines: one run on any bytes. A fault is a crash or a
 * report of a sanitizer; wrong results call die(). */
#ifndef CLAUSE5_TESTS_SUPPORT_FUZZ_H
#define CLAUSE5_TESTS_SUPPORT_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Runs the code under test on the bytes; returns 0. The name is libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes);

#endif
