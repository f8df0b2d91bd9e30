/* Other programs: run by argument list, refused where they could do harm, nothing left behind. */
#include "clause5/screen/external.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stage.h"
#include "support/place.h"

static const struct stage_size normal = {24, 80};

/* Lets EDITOR be a script of the place that runs BODY with the file in $1. */
static void set_editor(struct place *place, const char *body) {
    struct buffer script = {0};
    struct buffer command = {0};
    buffer_addf(&script, "#!/bin/sh\n%s\n", body);
    const char *path = place_write(place, "my editor", buffer_text(&script));
    assert_int_equal(chmod(path, 0700), 0);
    buffer_addf(&command, "'%s' --wait", path);
    setenv("VISUAL", buffer_text(&command), 1);
    buffer_free(&script);
    buffer_free(&command);
}

static bool edit(struct place *place, struct screen_stage *stage, struct buffer *text,
                 struct fault *fault) {
    const char *folder = place_make_folder(place, "book");
    bool is_good = external_edit(stage_terminal(stage), folder, text, fault);
    assert_int_equal(place_count(place, "book"), 0);
    return is_good;
}

static void the_editor_changes_the_text(void **state) {
    (void)state;
    struct place *place = place_new();
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    struct buffer text = {0};
    struct fault fault = {0};
    buffer_add(&text, "one");
    set_editor(place, "test \"$1\" = --wait && stat -c %a \"$2\" > \"${0%/*}/mode\" && "
                      "printf ' two\\n' >> \"$2\" && cp \"$2\" \"$2~\"");
    assert_true(edit(place, stage, &text, &fault));
    assert_string_equal(buffer_text(&text), "one two");
    assert_string_equal(place_read(place, "mode", NULL), "600\n");
    struct area screen = stage_begin(stage);
    area_put(&screen, (struct spot){0}, MEANING_TEXT, "back");
    stage_end(stage);
    stage_expect(stage, 0, "back");
    buffer_free(&text);
    stage_close(stage);
    place_free(place);
}

static void a_failing_editor_leaves_the_text(void **state) {
    (void)state;
    struct place *place = place_new();
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    struct buffer text = {0};
    struct fault fault = {0};
    buffer_add(&text, "one");
    set_editor(place, "echo lost > \"$2\"; exit 3");
    assert_false(edit(place, stage, &text, &fault));
    assert_non_null(strstr(fault_text(&fault), "ended with status 3"));
    set_editor(place, "printf '\\377' > \"$2\"");
    assert_false(edit(place, stage, &text, &fault));
    assert_non_null(strstr(fault_text(&fault), "no UTF-8"));
    set_editor(place, "rm \"$2\"");
    assert_false(edit(place, stage, &text, &fault));
    setenv("VISUAL", "/nowhere/editor; touch here", 1);
    assert_false(edit(place, stage, &text, &fault));
    assert_non_null(strstr(fault_text(&fault), "/nowhere/editor;"));
    assert_string_equal(buffer_text(&text), "one");
    fault_clear(&fault);
    buffer_free(&text);
    stage_close(stage);
    place_free(place);
}

static void programs_and_launchers_are_not_opened(void **state) {
    (void)state;
    struct place *place = place_new();
    struct fault fault = {0};
    const char *program = place_write(place, "report.pdf", "#!/bin/sh\n");
    assert_int_equal(chmod(program, 0755), 0);
    const char *launcher = place_write(place, "Minutes.Desktop", "[Desktop Entry]\n");
    struct buffer disguised = {0};
    buffer_addf(&disguised, "%s", place_path(place, "minutes.txt"));
    assert_int_equal(symlink(launcher, buffer_text(&disguised)), 0);
    const char *const refused[] = {program, launcher, buffer_text(&disguised),
                                   place_make_folder(place, "folder"),
                                   place_path(place, "nothing")};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_false(external_open_file(refused[i], &fault));
        assert_non_null(strstr(fault_text(&fault), place_path(place, "")));
    }
    fault_clear(&fault);
    buffer_free(&disguised);
    place_free(place);
}

static void a_document_is_opened_by_its_whole_path(void **state) {
    (void)state;
    struct place *place = place_new();
    struct fault fault = {0};
    place_make_folder(place, "bin");
    const char *opener =
        place_write(place, "bin/xdg-open", "#!/bin/sh\nprintf %s \"$1\" > \"${0%/*}/fifo\"\n");
    const char *fifo = place_path(place, "bin/fifo");
    struct buffer path = {0};
    assert_int_equal(chmod(opener, 0700), 0);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    buffer_addf(&path, "%s:%s", place_path(place, "bin"), getenv("PATH"));
    setenv("PATH", buffer_text(&path), 1);
    const char *document = place_write(place, "-minutes $(id).txt", "text");
    assert_true(external_open_file(document, &fault));
    char *opened = place_read_path(fifo, NULL);
    char *whole = realpath(document, NULL);
    assert_string_equal(opened, whole);
    free(whole);
    free(opened);
    buffer_free(&path);
    place_free(place);
}

static void copying_sends_base64_past_the_frame(void **state) {
    (void)state;
    struct screen_stage *stage = stage_open("C.UTF-8", "xterm-256color", normal);
    assert_true(external_copy(stage_terminal(stage), "M\xC3\xA9\033x"));
    size_t len = 0;
    const char *bytes = stage_bytes(stage, &len);
    assert_non_null(memmem(bytes, len, "\033]52;c;TcOpG3g=\007", 16));
    char *many = malloc(200001);
    memset(many, 'a', 200000);
    many[200000] = '\0';
    assert_false(external_copy(stage_terminal(stage), many));
    free(many);
    stage_close(stage);
    stage = stage_open("C.UTF-8", "linux", normal);
    assert_false(external_copy(stage_terminal(stage), "x"));
    stage_close(stage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_editor_changes_the_text),
        cmocka_unit_test(a_failing_editor_leaves_the_text),
        cmocka_unit_test(programs_and_launchers_are_not_opened),
        cmocka_unit_test(a_document_is_opened_by_its_whole_path),
        cmocka_unit_test(copying_sends_base64_past_the_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
