/* The hand: what every file of the project keeps to, whatever it does. */
#include <ctype.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "house/sources.h"

enum { LONGEST_FILE_LINES = 600 };

static const char *const c_folders[] = {"src", "include", "tests", NULL};
static const char *const c_endings[] = {".c", ".h", NULL};
static const char *const script_folders[] = {"tools", ".ci/run", "CMakeLists.txt", "tests", NULL};
static const char *const script_endings[] = {"tools/run",  "tools/test",     "tools/need",
                                             "tools/lint", ".cmake",         ".sh",
                                             ".ci/run",    "CMakeLists.txt", NULL};
static const char *const data_folders[] = {"data", NULL};
static const char *const data_endings[] = {".csv", ".sql", ".md", ".html", ".txt", NULL};

/* What is left over where work is not done. */
static const char *const leftover_words[] = {"todo", "fixme",       "xxx",    "hack",
                                             "stub", "placeholder", "for now"};

static bool is_word_at(const char *text, size_t at, const char *word) {
    size_t len = strlen(word);
    bool starts = at == 0 || !isalnum((unsigned char)text[at - 1]);
    return starts && strncasecmp(text + at, word, len) == 0 &&
           !isalnum((unsigned char)text[at + len]);
}

/* Returns the left-over word that begins at the offset, or NULL. */
static const char *find_leftover(const char *text, size_t at) {
    for (size_t i = 0; i < COUNT(leftover_words); i++) {
        if (is_word_at(text, at, leftover_words[i])) {
            return leftover_words[i];
        }
    }
    return NULL;
}

static int count_leftovers(const char *path, const char *text) {
    int count = 0;
    for (size_t at = 0; text[at] != '\0'; at++) {
        const char *word = find_leftover(text, at);
        if (word != NULL) {
            print_error("%s:%d says \"%s\"\n", path, source_line(text, at), word);
            count++;
        }
    }
    return count;
}

/* A mark that ends a word is meant for people; one before = or ( is an operator. */
static int count_exclamations(const char *path, const char *text) {
    int count = 0;
    for (size_t at = 1; text[0] != '\0' && text[at] != '\0'; at++) {
        if (text[at] == '!' && isalpha((unsigned char)text[at - 1]) &&
            strchr(" \n\"\\<,", text[at + 1]) != NULL) {
            print_error("%s:%d exclaims\n", path, source_line(text, at));
            count++;
        }
    }
    return count;
}

static int count_missing_opening(const char *path, const char *text) {
    if (strncmp(text, "/*", 2) == 0) {
        return 0;
    }
    print_error("%s does not begin with a comment that says what it owns\n", path);
    return 1;
}

static int count_too_long(const char *path, const char *text) {
    int lines = source_line(text, strlen(text)) - 1;
    if (lines <= LONGEST_FILE_LINES) {
        return 0;
    }
    print_error("%s has %d lines; split it\n", path, lines);
    return 1;
}

/* Looks at every file, at one part of it for C, and returns how many faults there are. */
static int count_faults(const struct sources *sources, int (*count)(const char *, const char *),
                        const enum source_part *part) {
    int faults = 0;
    for (size_t i = 0; i < sources->len; i++) {
        struct buffer text = {0};
        if (part != NULL) {
            source_keep(&text, sources->items[i].text, *part);
        } else {
            buffer_add(&text, sources->items[i].text);
        }
        faults += count(sources->items[i].path, buffer_text(&text));
        buffer_free(&text);
    }
    return faults;
}

static void comments_and_literals_are_told_apart(void **state) {
    (void)state;
    static const char text[] = "a \"/*\\\"\" /* c\n\"d\" */ '\"' // e\nf";
    static const struct {
        enum source_part part;
        const char *kept;
    } cases[] = {
        {SOURCE_CODE, "a            \n               \nf"},
        {SOURCE_COMMENT, "         /* c\n\"d\" */     // e\n "},
        {SOURCE_LITERAL, "  \"/*\\\"\"     \n       '\"'     \n "},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer kept = {0};
        source_keep(&kept, text, cases[i].part);
        assert_string_equal(buffer_text(&kept), cases[i].kept);
        buffer_free(&kept);
    }
}

static void faults_of_hand_are_found(void **state) {
    (void)state;
    assert_int_equal(count_leftovers("-", "TODO: a todo, and a Hack for now."), 4);
    assert_int_equal(count_leftovers("-", "the method stubborn shack, XXXXXX"), 0);
    assert_int_equal(count_exclamations("-", "Saved! \"Done!\" Oh!\\n"), 3);
    assert_int_equal(count_exclamations("-", "a != b, !c, <!-- d -->, e!=f"), 0);
    assert_int_equal(count_missing_opening("-", "#include <stdio.h>\n"), 1);
    assert_int_equal(count_missing_opening("-", "/* Owns. */\n"), 0);
    char text[LONGEST_FILE_LINES + 2];
    memset(text, '\n', sizeof text);
    text[LONGEST_FILE_LINES + 1] = '\0';
    assert_int_equal(count_too_long("-", text), 1);
    text[LONGEST_FILE_LINES] = '\0';
    assert_int_equal(count_too_long("-", text), 0);
}

static void no_file_is_too_long(void **state) {
    (void)state;
    struct sources sources = sources_read(c_folders, c_endings);
    assert_true(sources.len > 0);
    int faults = count_faults(&sources, count_too_long, NULL);
    sources_free(&sources);
    assert_int_equal(faults, 0);
}

static void every_file_begins_with_what_it_owns(void **state) {
    (void)state;
    struct sources sources = sources_read(c_folders, c_endings);
    int faults = count_faults(&sources, count_missing_opening, NULL);
    sources_free(&sources);
    assert_int_equal(faults, 0);
}

static void no_word_of_unfinished_work_is_left(void **state) {
    (void)state;
    struct sources sources = sources_read(c_folders, c_endings);
    struct sources scripts = sources_read(script_folders, script_endings);
    assert_true(scripts.len > 0);
    int faults = count_faults(&sources, count_leftovers, &(enum source_part){SOURCE_COMMENT});
    faults += count_faults(&scripts, count_leftovers, NULL);
    sources_free(&sources);
    sources_free(&scripts);
    assert_int_equal(faults, 0);
}

static void nothing_said_to_people_exclaims(void **state) {
    (void)state;
    struct sources sources = sources_read((const char *const[]){"src", "include", NULL}, c_endings);
    struct sources data = sources_read(data_folders, data_endings);
    int faults = count_faults(&sources, count_exclamations, &(enum source_part){SOURCE_LITERAL});
    faults += count_faults(&data, count_exclamations, NULL);
    sources_free(&sources);
    sources_free(&data);
    assert_int_equal(faults, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_and_literals_are_told_apart),
        cmocka_unit_test(faults_of_hand_are_found),
        cmocka_unit_test(no_file_is_too_long),
        cmocka_unit_test(every_file_begins_with_what_it_owns),
        cmocka_unit_test(no_word_of_unfinished_work_is_left),
        cmocka_unit_test(nothing_said_to_people_exclaims),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
