/* Owns the running of scripts. */
#include "support/testing.h"

#include "support/shell.h"

#include <string.h>

#include "clause5/base/buffer.h"

static const char program[] = BINARY_DIR "/clause5";

struct run_result run_script(struct place *place, const char *script) {
    struct buffer whole = {0};
    buffer_addf(&whole, "C=%s; D=%s/data/real; %s", program, TESTS_DIR, script);
    struct run_result result = RUN(place_path(place, ""), "sh", "-c", buffer_text(&whole));
    buffer_free(&whole);
    return result;
}

void expect_script(struct place *place, const char *script, int status, const char *out) {
    struct run_result result = run_script(place, script);
    run_expect_status(&result, status);
    assert_string_equal(buffer_text(&result.out), out);
    run_free(&result);
}

static void expect_said(const struct buffer *said, const char *words) {
    if (strstr(buffer_text(said), words) == NULL) {
        fail_msg("\"%s\" is not said in: %s", words, buffer_text(said));
    }
}

void expect_words(struct place *place, const char *script, int status, const char *words) {
    struct run_result result = run_script(place, script);
    run_expect_status(&result, status);
    expect_said(&result.out, words);
    run_free(&result);
}

void expect_fault(struct place *place, const char *script, int status, const char *err) {
    struct run_result result = run_script(place, script);
    run_expect_status(&result, status);
    expect_said(&result.err, err);
    run_free(&result);
}

int shell_setup(void **state) {
    *state = place_new();
    return 0;
}

int shell_teardown(void **state) {
    place_free(*state);
    return 0;
}
