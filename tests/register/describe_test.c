/* The described registers against the contract (registers.tsv beside this file), and what holds
 * between their columns. */
#include "clause5/register/register.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"

enum { COLUMNS = 6, HELP_CELLS_MOST = 100, LINE_SIZE = 1024 };

/* Splits a line of the contract at its tabs. */
static void split_line(char *line, const char *columns[static COLUMNS]) {
    line[strcspn(line, "\r\n")] = '\0';
    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = line;
        line += strcspn(line, "\t");
        if (*line == '\t') {
            *line++ = '\0';
        }
    }
    assert_string_equal(line, "");
}

static FILE *open_contract(void) {
    char header[LINE_SIZE];
    FILE *file = fopen(TESTS_DIR "/register/registers.tsv", "r");
    assert_non_null(file);
    assert_non_null(fgets(header, sizeof header, file));
    return file;
}

static void check_key(const struct register_description *described, const char *expected) {
    struct buffer key = {0};
    buffer_add(&key, "key: ");
    buffer_add(&key, described->key_count == 0 ? "-" : "");
    for (int part = 0; part < described->key_count; part++) {
        buffer_add(&key, part > 0 ? ", " : "");
        buffer_add(&key, described->fields[described->key[part]].name);
    }
    assert_string_equal(buffer_text(&key), expected);
    buffer_free(&key);
}

static void check_register(const struct register_description *described,
                           const char *const columns[static COLUMNS]) {
    struct buffer meaning = {0};
    assert_string_equal(described->name, columns[0]);
    check_key(described, columns[4]);
    buffer_addf(&meaning, "%s (pane: %s)", described->meaning, described->pane);
    assert_string_equal(buffer_text(&meaning), columns[5]);
    buffer_free(&meaning);
}

static void check_field(const struct field *field, const char *const columns[static COLUMNS]) {
    struct buffer values = {0};
    field_print_values(field, &values);
    assert_string_equal(field->name, columns[1]);
    assert_string_equal(field_type_word(field->type), columns[2]);
    assert_string_equal((field->flags & FIELD_REQUIRED) != 0 ? "yes" : "", columns[3]);
    assert_string_equal(buffer_text(&values), columns[4]);
    assert_string_equal(field->meaning, columns[5]);
    buffer_free(&values);
}

static void the_tables_are_the_contract_row_by_row(void **state) {
    (void)state;
    FILE *file = open_contract();
    char line[LINE_SIZE];
    int id = -1;
    int field = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        const char *columns[COLUMNS];
        split_line(line, columns);
        if (*columns[1] == '\0') {
            assert_true(id < 0 || field == register_describe((enum register_id)id)->field_count);
            id++;
            field = 0;
            check_register(register_describe((enum register_id)id), columns);
        } else {
            check_field(&register_describe((enum register_id)id)->fields[field++], columns);
        }
    }
    assert_int_equal(id + 1, REGISTER_COUNT);
    assert_int_equal(field, register_describe((enum register_id)id)->field_count);
    fclose(file);
}

typedef void field_check(const struct register_description *described, int index);

static void for_every_field(field_check *check) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        for (int i = 0; i < described->field_count; i++) {
            check(described, i);
        }
    }
}

static void check_prose(const char *text, const char *where) {
    size_t length = strlen(text);
    if (length == 0 || text_find_invalid(text, length) < length || strchr(text, '!') != NULL ||
        strstr(text, "  ") != NULL || isspace((unsigned char)text[0]) ||
        isspace((unsigned char)text[length - 1]) || strchr(text, '\n') != NULL) {
        fail_msg("%s: \"%s\"", where, text);
    }
}

static void check_help(const struct register_description *described, int index) {
    const struct field *field = &described->fields[index];
    check_prose(field->label, field->name);
    check_prose(field->help, field->name);
    bool is_full_stop = field->help[strlen(field->help) - 1] == '.';
    if (strlen(field->help) > HELP_CELLS_MOST || is_full_stop ||
        strcmp(field->help, field->meaning) == 0 || !isupper((unsigned char)field->label[0])) {
        fail_msg("%s.%s: %s", described->name, field->name, field->help);
    }
}

static void every_field_has_a_label_and_a_line_of_help(void **state) {
    (void)state;
    for_every_field(check_help);
}

static void every_register_says_what_belongs_there(void **state) {
    (void)state;
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        check_prose(described->label, described->name);
        check_prose(described->singular, described->name);
        check_prose(described->help, described->name);
        assert_int_equal(described->help[strlen(described->help) - 1], '.');
        assert_int_equal(register_find(described->name), id);
    }
}

static void check_width(const struct register_description *described, int index) {
    int width = field_width_cells(&described->fields[index]);
    if (width < 3 || width > 44) {
        fail_msg("%s.%s: %d cells", described->name, described->fields[index].name, width);
    }
}

static void lists_give_every_field_a_sane_width(void **state) {
    (void)state;
    for_every_field(check_width);
}

static void check_words(const struct register_description *described, int index) {
    const struct field *field = &described->fields[index];
    char *words = memory_copy_text(field->synonyms != NULL ? field->synonyms : "");
    char *rest = words;
    for (char *word = strtok_r(rest, ";", &rest); word != NULL; word = strtok_r(NULL, ";", &rest)) {
        check_prose(word, field->name);
        for (int other = 0; other < described->field_count; other++) {
            if (other != index && field_is_called(&described->fields[other], word)) {
                fail_msg("%s: \"%s\" is %s and %s", described->name, word, field->name,
                         described->fields[other].name);
            }
        }
    }
    free(words);
    assert_int_equal(register_find_field(register_find(described->name), field->name), index);
}

static void a_header_means_one_field_of_a_register(void **state) {
    (void)state;
    for_every_field(check_words);
}

static void check_choices(const struct register_description *described, int index) {
    const struct field *field = &described->fields[index];
    assert_int_equal(field->choices != NULL, field->type == FIELD_CHOICE);
    for (const struct choice *choice = field->choices; choice != NULL && choice->value != NULL;
         choice++) {
        char *words = memory_copy_text(choice->synonyms != NULL ? choice->synonyms : "");
        char *rest = words;
        check_prose(choice->label, described->name);
        assert_ptr_equal(field_find_choice(field, choice->value), choice);
        assert_ptr_equal(field_find_choice(field, choice->label), choice);
        for (char *word = strtok_r(rest, ";", &rest); word != NULL;
             word = strtok_r(NULL, ";", &rest)) {
            assert_ptr_equal(field_find_choice_synonym(field, word), choice);
        }
        free(words);
    }
}

static void a_word_means_one_choice_of_a_field(void **state) {
    (void)state;
    for_every_field(check_choices);
}

static void check_key_text(const struct register_description *described, int index) {
    bool is_part = false;
    for (int part = 0; part < described->key_count; part++) {
        is_part = is_part || described->key[part] == index;
    }
    const struct field *field = &described->fields[index];
    assert_int_equal((field->flags & FIELD_KEY) != 0, is_part && field->type == FIELD_TEXT);
    assert_true(!is_part || (field->flags & FIELD_REQUIRED) != 0);
}

static void texts_of_keys_are_marked_as_such(void **state) {
    (void)state;
    for_every_field(check_key_text);
}

static void headers_of_real_sheets_are_known(void **state) {
    (void)state;
    static const struct {
        enum register_id id;
        int field;
        const char *header;
    } headers[] = {
        {REGISTER_POLICY, POLICY_REF, "Doc ID"},
        {REGISTER_POLICY, POLICY_REF, "Document ID"},
        {REGISTER_POLICY, POLICY_KIND, "Type"},
        {REGISTER_POLICY, POLICY_NEXT_REVIEW_ON, "Next Review"},
        {REGISTER_POLICY_VERSION, POLICY_VERSION_APPROVED_BY, "Approver"},
        {REGISTER_POLICY_VERSION, POLICY_VERSION_EFFECTIVE_ON, "Effective Date"},
        {REGISTER_POLICY_VERSION, POLICY_VERSION_REVIEWED_ON, "Last Review"},
        {REGISTER_TRAINING, TRAINING_COMPLETED_ON, "Completion Date"},
        {REGISTER_ACTION, ACTION_RAISED_ON, "Date Raised"},
        {REGISTER_ACTION, ACTION_CORRECTION, "Correction (Immediate)"},
        {REGISTER_OBJECTIVE, OBJECTIVE_TITLE, "Objective"},
        {REGISTER_KPI, KPI_FREQUENCY, "Measurement Frequency"},
        {REGISTER_MEASUREMENT, MEASUREMENT_VALUE, "Current Value"},
    };
    for (size_t i = 0; i < COUNT(headers); i++) {
        const struct field *fields = register_describe(headers[i].id)->fields;
        assert_true(field_is_called(&fields[headers[i].field], headers[i].header));
    }
}

static void statuses_of_real_sheets_are_known(void **state) {
    (void)state;
    const struct field *status =
        &register_describe(REGISTER_POLICY_VERSION)->fields[POLICY_VERSION_STATUS];
    static const char *const in_force[] = {"Published", "live", "In Force", "effective"};
    static const char *const gone[] = {"obsolete", "Archived", "RETIRED"};
    for (size_t i = 0; i < COUNT(in_force); i++) {
        assert_string_equal(field_find_choice_synonym(status, in_force[i])->value, "approved");
    }
    for (size_t i = 0; i < COUNT(gone); i++) {
        assert_string_equal(field_find_choice_synonym(status, gone[i])->value, "withdrawn");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_are_the_contract_row_by_row),
        cmocka_unit_test(every_field_has_a_label_and_a_line_of_help),
        cmocka_unit_test(every_register_says_what_belongs_there),
        cmocka_unit_test(lists_give_every_field_a_sane_width),
        cmocka_unit_test(a_header_means_one_field_of_a_register),
        cmocka_unit_test(a_word_means_one_choice_of_a_field),
        cmocka_unit_test(texts_of_keys_are_marked_as_such),
        cmocka_unit_test(headers_of_real_sheets_are_known),
        cmocka_unit_test(statuses_of_real_sheets_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
