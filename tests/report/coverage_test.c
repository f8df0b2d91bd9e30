/* data/coverage.csv answers every point of the coverage list with a place in the program: each
 * place is looked for where it must be, and so is the way to it. coverage.tsv is a copy of the
 * list. */
#include <stdlib.h>
#include <string.h>

#include "clause5/audit/check.h"
#include "clause5/base/memory.h"
#include "clause5/exchange/table.h"
#include "clause5/register/type.h"
#include "clause5/report/draft.h"
#include "clause5/report/report.h"
#include "panes/frame/panes.h"
#include "support/place.h"
#include "support/run.h"

enum { COLUMN_ID, COLUMN_KIND, COLUMN_PLACE, COLUMN_PATH, COLUMNS };

static struct table coverage;
static struct table catalogue;
static struct check_book *book;

static int set_up(void **state) {
    (void)state;
    struct fault fault = {0};
    if (!table_read_embedded(&coverage, "coverage.csv", &fault) ||
        !table_read_embedded(&catalogue, "catalogue.csv", &fault)) {
        fail_msg("%s", fault_text(&fault));
    }
    book = check_book_load(&fault);
    assert_non_null(book);
    assert_int_equal(coverage.column_count, COLUMNS);
    return 0;
}

static int take_down(void **state) {
    (void)state;
    table_free(&coverage);
    table_free(&catalogue);
    check_book_free(book);
    return 0;
}

static bool list_has(const char *list, const char *word) {
    size_t length = strlen(word);
    for (const char *at = list; *at != '\0';) {
        size_t part = strcspn(at, " ,;\n");
        if (part == length && memcmp(at, word, length) == 0) {
            return true;
        }
        at += part + strspn(at + part, " ,;\n");
    }
    return false;
}

/* Each looks for a place; false where it is not there. */

/* A line of the checklist, which must itself name the point. */
static bool has_requirement(const char *ref, const char *id) {
    int ref_column = table_find_column(&catalogue, "ref");
    int source_column = table_find_column(&catalogue, "source");
    for (int row = 0; row < catalogue.row_count; row++) {
        const char *const *cells = table_row(&catalogue, row);
        if (strcmp(cells[ref_column], ref) == 0) {
            return list_has(cells[source_column], id);
        }
    }
    return false;
}

static bool has_check(const char *check, const char *id) {
    (void)id;
    return check_book_find(book, check) >= 0;
}

/* REGISTER.FIELD, or REGISTER.FIELD=CHOICE. */
static bool has_field(const char *place, const char *id) {
    (void)id;
    size_t register_length = strcspn(place, ".");
    size_t field_length = strcspn(place + register_length, "=");
    char *register_name = memory_copy_bytes(place, register_length);
    char *field_name = field_length > 0
                           ? memory_copy_bytes(place + register_length + 1, field_length - 1)
                           : memory_copy_text("");
    const char *choice = place + register_length + field_length;
    enum register_id register_id = register_find(register_name);
    int field = register_id == REGISTER_NONE ? -1 : register_find_field(register_id, field_name);
    free(register_name);
    free(field_name);
    return field >= 0 &&
           (*choice != '=' ||
            field_find_choice(&register_describe(register_id)->fields[field], choice + 1) != NULL);
}

/* The pane whose tab reads "1 NAME". */
static const struct pane *find_pane(const char *name, size_t length) {
    for (size_t i = 0; i < PANES; i++) {
        const char *tab = strchr(panes[i].tab, ' ') + 1;
        if (strlen(tab) == length && memcmp(tab, name, length) == 0) {
            return &panes[i];
        }
    }
    return NULL;
}

static bool has_view_of(const struct pane *pane, const char *label, size_t length) {
    for (size_t i = 0; pane != NULL && i < pane->view_count; i++) {
        const char *known = pane->views[i].place.label;
        if (strlen(known) == length && memcmp(known, label, length) == 0) {
            return true;
        }
    }
    return false;
}

/* PANE/VIEW. */
static bool has_view(const char *place, const char *id) {
    (void)id;
    size_t length = strcspn(place, "/");
    return place[length] == '/' &&
           has_view_of(find_pane(place, length), place + length + 1, strlen(place + length + 1));
}

static bool has_template(const char *name, const char *id) {
    (void)id;
    for (const char *const *known = draft_names(); *known != NULL; known++) {
        if (strcmp(*known, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_section(const char *section_id, const char *id) {
    (void)id;
    for (size_t i = 0; report_section_at(i) != NULL; i++) {
        if (strcmp(report_section_at(i)->id, section_id) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_command(const char *name, const char *id) {
    (void)id;
    struct buffer usage = {0};
    struct run_result result = RUN(NULL, BINARY_DIR "/clause5", name, "--help");
    buffer_addf(&usage, "Usage: clause5 %s ", name);
    bool is_there =
        result.status == 0 && strstr(buffer_text(&result.out), buffer_text(&usage)) != NULL;
    buffer_free(&usage);
    run_free(&result);
    return is_there;
}

/* What a place of a kind begins with, and who finds it. */
static const struct {
    const char *kind;
    const char *start;
    bool (*has)(const char *place, const char *id);
} kinds[] = {
    {"requirement", "requirement:", has_requirement},
    {"check", "check:", has_check},
    {"field", "field:", has_field},
    {"view", "view:", has_view},
    {"template", "template:", has_template},
    {"report section", "report:", has_section},
    {"command", "command:", has_command},
};

static bool has_place(const char *const *cells) {
    for (size_t i = 0; i < COUNT(kinds); i++) {
        size_t length = strlen(kinds[i].start);
        if (strcmp(kinds[i].kind, cells[COLUMN_KIND]) == 0) {
            return strncmp(cells[COLUMN_PLACE], kinds[i].start, length) == 0 &&
                   kinds[i].has(cells[COLUMN_PLACE] + length, cells[COLUMN_ID]);
        }
    }
    return false;
}

/* "PANE, VIEW" and what comes behind it; or a command line. */
static bool has_path(const char *path) {
    static const char program[] = "clause5 ";
    if (strncmp(path, program, strlen(program)) != 0) {
        size_t pane = strcspn(path, ",");
        const char *view = path + pane + strspn(path + pane, ", ");
        return has_view_of(find_pane(path, pane), view, strcspn(view, ","));
    }
    const char *name = path + strlen(program);
    char *command = memory_copy_bytes(name, strcspn(name, " "));
    bool is_there = has_command(command, "");
    free(command);
    return is_there;
}

static void every_place_is_there(void **state) {
    (void)state;
    for (int row = 0; row < coverage.row_count; row++) {
        const char *const *cells = table_row(&coverage, row);
        if (!has_place(cells)) {
            fail_msg("%s: there is no %s", cells[COLUMN_ID], cells[COLUMN_PLACE]);
        }
    }
}

static void every_way_leads_through_the_program(void **state) {
    (void)state;
    for (int row = 0; row < coverage.row_count; row++) {
        const char *const *cells = table_row(&coverage, row);
        if (!has_path(cells[COLUMN_PATH])) {
            fail_msg("%s: there is no way \"%s\"", cells[COLUMN_ID], cells[COLUMN_PATH]);
        }
    }
}

/* The points are those of the list, in its order, none left out, none twice. */
static void the_points_are_those_of_the_list(void **state) {
    (void)state;
    char *list = place_read_path(TESTS_DIR "/report/coverage.tsv", NULL);
    assert_non_null(list);
    char *rest = list;
    int row = 0;
    strsep(&rest, "\n"); /* the header */
    for (char *line = strsep(&rest, "\n"); line != NULL && *line != '\0';
         line = strsep(&rest, "\n")) {
        line[strcspn(line, "\t")] = '\0';
        if (row == coverage.row_count || strcmp(table_row(&coverage, row)[COLUMN_ID], line) != 0) {
            fail_msg("%s is not answered where it should be", line);
        }
        row++;
    }
    assert_int_equal(row, coverage.row_count);
    assert_int_equal(row, 189);
    free(list);
}

static void what_is_nowhere_is_not_found(void **state) {
    (void)state;
    static const char *const rows[][COLUMNS] = {
        {"A.isms.1", "field", "field:objective.rsk", ""},
        {"A.isms.1", "field", "field:action.source=gossip", ""},
        {"A.isms.1", "field", "field:objective", ""},
        {"A.isms.1", "check", "check:policy-mising", ""},
        {"A.isms.1", "requirement", "requirement:5.1.z", ""},
        {"A.isms.1", "requirement", "requirement:5.1.a", ""}, /* does not name the point */
        {"A.isms.1", "view", "view:Policies/Matrix", ""},
        {"A.isms.1", "template", "template:letter", ""},
        {"A.isms.1", "report section", "report:weather", ""},
        {"A.isms.1", "command", "command:weather", ""},
        {"A.isms.1", "check", "field:objective.risk", ""},
        {"A.isms.1", "place", "field:objective.risk", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (has_place(rows[i])) {
            fail_msg("%s is found", rows[i][COLUMN_PLACE]);
        }
    }
    assert_false(has_path("Policies, Matrix, Enter"));
    assert_false(has_path("clause5 weather FILE"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_points_are_those_of_the_list),
        cmocka_unit_test(every_place_is_there),
        cmocka_unit_test(every_way_leads_through_the_program),
        cmocka_unit_test(what_is_nowhere_is_not_found),
    };
    return cmocka_run_group_tests(tests, set_up, take_down);
}
