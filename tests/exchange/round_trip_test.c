/* What is exported comes back equal: hostile texts, the starter set, the sample. */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/exchange/export.h"
#include "clause5/register/register.h"
#include "exchange/sheets.h"

enum { HOSTILE_ROWS = 625 }; /* 32 times, of 20,000 */

/* Texts that break readers, in pieces; each cell is made of some. */
static const char *const pieces[] = {"\"",
                                     "\"\"",
                                     ",",
                                     ";",
                                     "\t",
                                     "|",
                                     "\r\n",
                                     "\n",
                                     "\r",
                                     "'",
                                     "=",
                                     "+",
                                     "-",
                                     "@",
                                     " ",
                                     "a",
                                     "ä",
                                     "漢",
                                     "\xF0\x9F\x98\x80",
                                     "\xEF\xBB\xBF",
                                     "sep=;",
                                     "-5",
                                     "1e5",
                                     "0x1",
                                     "{year}",
                                     "\\",
                                     "/",
                                     "\x01",
                                     "\x7F",
                                     "\xE2\x80\xAE",
                                     "NULL",
                                     "é"};

/* A generator with a fixed seed: the same rows on every machine. */
static unsigned next_random(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33);
}

/* Fills persons whose fields hold hostile texts, written as a reader of RFC 4180 has them. */
static void write_hostile_rows(struct buffer *out, uint64_t seed) {
    buffer_add(out, "name,job_title,department,organisation,competence\r\n");
    for (int row = 0; row < HOSTILE_ROWS; row++) {
        buffer_addf(out, "P%05d", row);
        for (int cell = 0; cell < 4; cell++) {
            buffer_add(out, ",\"");
            for (unsigned i = next_random(&seed) % 6; i > 0; i--) {
                const char *piece = pieces[next_random(&seed) % COUNT(pieces)];
                for (; *piece != '\0'; piece++) {
                    buffer_add(out, *piece == '"' ? "\"" : "");
                    buffer_add_byte(out, *piece);
                }
            }
            buffer_add(out, "\"");
        }
        buffer_add(out, "\r\n");
    }
}

static const char *export_as(struct sheets *sheets, const struct export_plan *plan,
                             const char *name) {
    struct export_plan as = *plan;
    as.sheet = "person";
    as.path = place_path(sheets->place, name);
    assert_true(export_sheet(sheets->workbook, &as, &sheets->fault));
    return as.path;
}

/* Writes the file at PATH anew in another encoding, with a mark of the byte order. */
static void recode(struct sheets *sheets, const char *name, const char *encoding) {
    size_t len_bytes;
    char *bytes = place_read_path(place_path(sheets->place, name), &len_bytes);
    size_t room = 4 * len_bytes + 8, left = len_bytes, capacity = room;
    char *recoded = memory_zero(1, room), *from = bytes, *to = recoded;
    iconv_t converter = iconv_open(encoding, "UTF-8");
    char mark[] = "\xEF\xBB\xBF", *mark_at = mark;
    size_t mark_left = 3;
    iconv(converter, &mark_at, &mark_left, &to, &room);
    assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
    iconv_close(converter);
    place_write_bytes(sheets->place, name, recoded, capacity - room);
    free(recoded);
    free(bytes);
}

/* One of the 32 ways to write 625 rows of its own: they change nothing where they came from, and
 * make an equal workbook elsewhere. */
static void expect_round_trip(struct sheets *sheets, const struct export_plan *plan,
                              const char *encoding, uint64_t seed) {
    struct buffer text = {0}, counts = {0};
    sheets_begin_another(sheets, SEED_EMPTY);
    write_hostile_rows(&text, seed);
    sheets->plan.is_exact = true;
    sheets_import(sheets, "person", buffer_text(&text));
    sheets->plan.is_exact = plan->is_exact;
    const char *path = export_as(sheets, plan, "person.csv");
    if (encoding != NULL) {
        recode(sheets, "person.csv", encoding);
    }
    buffer_addf(&counts, "0 new, 0 changed, %d unchanged, 0 rejected", HOSTILE_ROWS);
    assert_string_equal(sheets_import_path(sheets, "person", path), buffer_text(&counts));
    char *before = memory_copy_text(sheets_export(sheets, "person"));
    sheets_begin_another(sheets, SEED_EMPTY);
    sheets_import_path(sheets, "person", path);
    assert_string_equal(sheets_export(sheets, "person"), before);
    free(before);
    buffer_free(&text);
    buffer_free(&counts);
}

static void twenty_thousand_hostile_rows_survive_every_way_to_write_them(void **state) {
    struct sheets *sheets = *state;
    static const char delimiters[] = {',', ';', '\t', '|'};
    static const char *const encodings[] = {NULL, "UTF-8", "UTF-16LE", "UTF-16BE"};
    uint64_t seed = 20261121;
    for (size_t i = 0; i < COUNT(delimiters); i++) {
        for (size_t j = 0; j < COUNT(encodings); j++) {
            for (int is_exact = 0; is_exact < 2; is_exact++) {
                struct export_plan plan = {.delimiter = delimiters[i], .is_exact = is_exact != 0};
                expect_round_trip(sheets, &plan, encodings[j], seed++);
            }
        }
    }
}

static void hostile_texts_make_an_equal_workbook(void **state) {
    struct sheets *sheets = *state;
    struct buffer text = {0};
    write_hostile_rows(&text, 5);
    sheets_import(sheets, "person", buffer_text(&text));
    buffer_free(&text);
    char *before = memory_copy_text(sheets_export(sheets, "person"));
    const char *path = export_as(sheets, &(struct export_plan){0}, "person.csv");
    sheets_begin_another(sheets, SEED_EMPTY);
    sheets_import_path(sheets, "person", path);
    assert_string_equal(sheets_export(sheets, "person"), before);
    free(before);
}

/* Compares the folders of two exports, byte by byte. */
static void expect_equal_folders(struct sheets *sheets, const char *first, const char *second) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        struct buffer name = {0};
        size_t lens[2];
        const char *folders[] = {first, second};
        const char *bytes[2];
        for (int i = 0; i < 2; i++) {
            buffer_clear(&name);
            buffer_addf(&name, "%s/%s.csv", folders[i],
                        register_describe((enum register_id)id)->name);
            bytes[i] = place_read(sheets->place, buffer_text(&name), &lens[i]);
        }
        buffer_free(&name);
        assert_int_equal(lens[0], lens[1]);
        assert_memory_equal(bytes[0], bytes[1], lens[0]);
    }
}

static void export_all(struct sheets *sheets, const char *folder) {
    struct export_plan plan = {.path = place_path(sheets->place, folder)};
    if (!export_folder(sheets->workbook, &plan, &sheets->fault)) {
        fail_msg("%s", fault_text(&sheets->fault));
    }
}

static void expect_equal_after_round_trip(enum seed_set set) {
    struct sheets *sheets = sheets_new(set);
    export_all(sheets, "first");
    sheets_begin_another(sheets, SEED_EMPTY);
    sheets_import_path(sheets, "all", place_path(sheets->place, "first"));
    assert_string_equal(fault_text(&sheets->fault), "");
    assert_string_equal(buffer_text(&sheets->said), "");
    assert_int_equal(sheets->outcome.total.rejected, 0);
    export_all(sheets, "second");
    expect_equal_folders(sheets, "first", "second");
    int batches = sheets_count_batches(sheets);
    sheets_import_path(sheets, "all", place_path(sheets->place, "first"));
    assert_int_equal(sheets->outcome.total.added + sheets->outcome.total.changed, 0);
    assert_int_equal(sheets_count_batches(sheets), batches);
    sheets_free(sheets);
}

static void the_starter_set_comes_back_equal(void **state) {
    (void)state;
    expect_equal_after_round_trip(SEED_STARTER);
}

static void the_sample_comes_back_equal(void **state) {
    (void)state;
    expect_equal_after_round_trip(SEED_SAMPLE);
}

static void hostile_keys_are_referred_to_and_come_back(void **state) {
    struct sheets *sheets = *state;
    static const struct {
        const char *sheet, *text, *counts;
    } steps[] = {
        {"person", "name,email\n\"Jo \"\"X\"\" Novak, jr\",\n'=Anna,\n''+1,\n-5,\n",
         "4 new, 0 changed, 0 unchanged, 0 rejected"},
        {"role",
         "ref,title,kind,holder,reports_to\n'@x,\"a\r\nb\",isms,'=Anna,\n"
         "\"a;b|c\",\" t \",isms,-5,'@x\n",
         "2 new, 0 changed, 0 unchanged, 0 rejected"},
        {"policy",
         "ref,title,kind,owner,parent\n'=A/B\\C,T,procedure,'@x,\n"
         "sep=;,Legend,procedure,''+1,'=A/B\\C\n",
         "2 new, 0 changed, 0 unchanged, 0 rejected"},
        {"policy_version", "policy,version,status\n'=A/B\\C,'-1/0,draft\nsep=;,1\\,draft\n",
         "2 new, 0 changed, 0 unchanged, 0 rejected"},
        {"acknowledgement",
         "policy,version,person,acknowledged_on\n"
         "'=A/B\\C,'-1/0,\"Jo \"\"X\"\" Novak, jr\",2026-01-01\n",
         "1 new, 0 changed, 0 unchanged, 0 rejected"},
        {"evidence", "ref,title,kind\nE-1,E,record\n", "1 new, 0 changed, 0 unchanged, 0 rejected"},
        {"evidence_link",
         "evidence,register,record\nE-1,policy,'=A\\/B\\\\C\n"
         "E-1,policy_version,'=A\\/B\\\\C/-1\\/0\n",
         "2 new, 0 changed, 0 unchanged, 0 rejected"},
    };
    for (size_t i = 0; i < COUNT(steps); i++) {
        const char *counts = sheets_import(sheets, steps[i].sheet, steps[i].text);
        if (strcmp(counts, steps[i].counts) != 0) {
            fail_msg("%s: %s\n%s", steps[i].sheet, counts, buffer_text(&sheets->said));
        }
    }
    export_all(sheets, "first");
    sheets_begin_another(sheets, SEED_EMPTY);
    sheets_import_path(sheets, "all", place_path(sheets->place, "first"));
    assert_string_equal(buffer_text(&sheets->said), "");
    export_all(sheets, "second");
    expect_equal_folders(sheets, "first", "second");
}

static void a_vacant_role_that_approved_keeps_it_when_somebody_takes_it(void **state) {
    struct sheets *sheets = *state;
    sheets_import(sheets, "role", "ref,title,kind\nCEO,Chief,top management\n");
    sheets_import(sheets, "resource",
                  "ref,year,category,title,approved_by\nR-1,2026,people,Hours,CEO\n");
    sheets_import(sheets, "person", "name\nJo Novak\n");
    sheets_import(sheets, "role", "ref,holder\nCEO,Jo Novak\n");
    export_all(sheets, "first");
    sheets_begin_another(sheets, SEED_EMPTY);
    sheets_import_path(sheets, "all", place_path(sheets->place, "first"));
    export_all(sheets, "second");
    expect_equal_folders(sheets, "first", "second");
}

static void a_part_of_a_folder_is_taken_and_strangers_are_named(void **state) {
    struct sheets *sheets = *state;
    place_make_folder(sheets->place, "part");
    place_write(sheets->place, "part/role.csv", "ref,title,kind,holder\nIT,IT,operational,Jo\n");
    place_write(sheets->place, "part/person.csv", "name\nJo\n");
    place_write(sheets->place, "part/notes.csv", "x\n");
    assert_string_equal(sheets_import_path(sheets, "all", place_path(sheets->place, "part")),
                        "2 new, 0 changed, 0 unchanged, 0 rejected");
    assert_non_null(strstr(buffer_text(&sheets->said), "notes.csv is left out"));
    assert_int_equal(sheets->outcome.of[REGISTER_ROLE].added, 1);
    assert_false(sheets->outcome.has_file[REGISTER_POLICY]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sheets_setup, sheets_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(twenty_thousand_hostile_rows_survive_every_way_to_write_them),
        TEST(hostile_texts_make_an_equal_workbook),
        cmocka_unit_test(the_starter_set_comes_back_equal),
        cmocka_unit_test(the_sample_comes_back_equal),
        TEST(hostile_keys_are_referred_to_and_come_back),
        TEST(a_vacant_role_that_approved_keeps_it_when_somebody_takes_it),
        TEST(a_part_of_a_folder_is_taken_and_strangers_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
