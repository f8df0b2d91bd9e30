/* Scripts of a shell in a test's own place. */
#ifndef CLAUSE5_TESTS_SUPPORT_SHELL_H
#define CLAUSE5_TESTS_SUPPORT_SHELL_H

#include "support/place.h"
#include "support/run.h"

/* Runs a script in the place, in which $C is the program and $D the folder of real files. Release
 * with run_free. */
struct run_result run_script(struct place *place, const char *script);

/* Fails the test unless the script ends with STATUS and prints exactly OUT. */
void expect_script(struct place *place, const char *script, int status, const char *out);

/* Fails the test unless the script ends with STATUS and prints WORDS somewhere. */
void expect_words(struct place *place, const char *script, int status, const char *words);

/* Fails the test unless the script ends with STATUS and says ERR among its faults. */
void expect_fault(struct place *place, const char *script, int status, const char *err);

/* Setup and teardown of a test whose state is a place. */
int shell_setup(void **state);
int shell_teardown(void **state);

#endif
