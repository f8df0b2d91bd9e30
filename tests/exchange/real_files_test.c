/* Every file of tests/data/real into the register that it fits: what goes in, what is refused and
 * why, as golden files that read like what a consultant would be told. */
#include <string.h>

#include "clause5/base/memory.h"
#include "exchange/sheets.h"
#include "support/golden.h"

static const struct real_file {
    const char *name, *sheet;
    struct import_map maps[2]; /* what its owner would say of it */
} files[] = {
    {"capa-register", "action", {{"", NULL}}},
    {"competence-matrix", "role_course", {{"Required Competence", "course"}}},
    {"legal-compliance-register", "obligation", {{"", NULL}}},
    {"security-objectives-register", "objective", {{"", NULL}}},
    {"stakeholder-communication", "communication", {{"Stakeholder", "ref"}}},
    {"training-register", "training", {{"", NULL}}},
};

/* The record of one import: what was said, the counts, and the register as it then stands. */
static void print_import(struct sheets *sheets, const struct real_file *file, struct buffer *out) {
    struct buffer path = {0};
    buffer_addf(&path, "%s/data/real/%s.csv", TESTS_DIR, file->name);
    while (sheets->plan.map_count < 2 && file->maps[sheets->plan.map_count].field != NULL) {
        sheets->plan.map_count++;
    }
    sheets->plan.maps = file->maps;
    sheets->plan.creates_missing = true;
    sheets->plan.takes_good_rows = true;
    const char *counts = sheets_import_path(sheets, file->sheet, buffer_text(&path));
    const char *said = buffer_text(&sheets->said);
    buffer_clear(&path);
    buffer_addf(&path, "%s/data/real/", TESTS_DIR);
    for (const char *at; (at = strstr(said, buffer_text(&path))) != NULL;) {
        buffer_append(out, said, (size_t)(at - said));
        said = at + path.len_bytes;
    }
    buffer_addf(out, "%s%s\n%s", said, counts, sheets_export(sheets, file->sheet));
    buffer_free(&path);
}

static void real_files_go_in_or_say_why_not(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct sheets *sheets = sheets_new(SEED_EMPTY);
        struct buffer found = {0}, name = {0};
        print_import(sheets, &files[i], &found);
        buffer_addf(&name, "%s.txt", files[i].name);
        golden_expect("exchange", buffer_text(&name), buffer_text(&found));
        buffer_free(&found);
        buffer_free(&name);
        sheets_free(sheets);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(real_files_go_in_or_say_why_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
