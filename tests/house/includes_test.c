/* The rooms of the house: every include of src and include points down. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "house/sources.h"

enum room {
    ROOM_BASE,
    ROOM_REGISTER,
    ROOM_STORE,
    ROOM_RULES,
    ROOM_AUDIT,
    ROOM_EXCHANGE,
    ROOM_REPORT,
    ROOM_SCREEN,
    ROOM_PANES,
    ROOM_COMMAND,
    ROOM_MAIN,
    ROOMS
};

#define BIT(room) (1U << (room))

enum {
    UP_TO_REGISTER = BIT(ROOM_BASE) | BIT(ROOM_REGISTER),
    UP_TO_STORE = UP_TO_REGISTER | BIT(ROOM_STORE),
    UP_TO_RULES = UP_TO_STORE | BIT(ROOM_RULES),
    UP_TO_REPORT = UP_TO_RULES | BIT(ROOM_AUDIT) | BIT(ROOM_EXCHANGE) | BIT(ROOM_REPORT),
};

/* The rooms whose public headers a room may include, besides its own. */
static const struct {
    const char *name;
    unsigned may_include;
} rooms[] = {
    [ROOM_BASE] = {"base", 0},
    [ROOM_REGISTER] = {"register", BIT(ROOM_BASE)},
    [ROOM_STORE] = {"store", UP_TO_REGISTER},
    [ROOM_RULES] = {"rules", UP_TO_STORE},
    [ROOM_AUDIT] = {"audit", UP_TO_RULES},
    [ROOM_EXCHANGE] = {"exchange", UP_TO_RULES},
    [ROOM_REPORT] = {"report", UP_TO_RULES | BIT(ROOM_AUDIT) | BIT(ROOM_EXCHANGE)},
    [ROOM_SCREEN] = {"screen", BIT(ROOM_BASE)},
    [ROOM_PANES] = {"panes", UP_TO_REPORT | BIT(ROOM_SCREEN)},
    [ROOM_COMMAND] = {"command", UP_TO_REPORT},
    [ROOM_MAIN] = {"main.c", UP_TO_REPORT | BIT(ROOM_SCREEN) | BIT(ROOM_PANES) | BIT(ROOM_COMMAND)},
};
_Static_assert(COUNT(rooms) == ROOMS, "one row per room");

/* Headers of libraries, by how they begin, that one room alone includes. */
static const struct {
    const char *start;
    enum room room;
} library_headers[] = {
    {"sqlite3", ROOM_STORE},    {"nettle/", ROOM_STORE},   {"csv.h", ROOM_EXCHANGE},
    {"iconv.h", ROOM_EXCHANGE}, {"curses.h", ROOM_SCREEN}, {"ncurses", ROOM_SCREEN},
    {"panel.h", ROOM_SCREEN},   {"term.h", ROOM_SCREEN},
};

/* The room named by the first part of PATH, "base/date.h"; ROOMS where none is. */
static enum room find_room(const char *path) {
    size_t len = strcspn(path, "/");
    for (int room = 0; room < ROOMS; room++) {
        size_t name_len = strlen(rooms[room].name);
        bool is_header = len > 2 && path[len] == '\0' && strcmp(path + len - 2, ".h") == 0;
        size_t compared = is_header ? len - 2 : len;
        if (compared == name_len && strncmp(path, rooms[room].name, compared) == 0) {
            return (enum room)room;
        }
    }
    return ROOMS;
}

/* The room to which a file of src or include belongs. */
static enum room room_of(const char *path) {
    static const char *const starts[] = {"src/", "include/clause5/"};
    for (size_t i = 0; i < COUNT(starts); i++) {
        if (strncmp(path, starts[i], strlen(starts[i])) == 0) {
            return find_room(path + strlen(starts[i]));
        }
    }
    return ROOMS;
}

static bool is_library_header_allowed(enum room room, const char *header) {
    for (size_t i = 0; i < COUNT(library_headers); i++) {
        const char *start = library_headers[i].start;
        if (strncmp(header, start, strlen(start)) == 0 && library_headers[i].room != room) {
            return false;
        }
    }
    return true;
}

/* HEADER is what stands between the quotes or brackets. A private header, src/ROOM/THING.h, is for
 * the .c files and private headers of its room. */
static bool is_include_allowed(const char *path, const char *header) {
    static const char public_start[] = "clause5/";
    enum room room = room_of(path);
    if (room == ROOMS) {
        return false;
    }
    if (strncmp(header, public_start, strlen(public_start)) == 0) {
        enum room target = find_room(header + strlen(public_start));
        return target != ROOMS && (target == room || (rooms[room].may_include & BIT(target)) != 0);
    }
    enum room target = strchr(header, '/') != NULL ? find_room(header) : ROOMS;
    if (target != ROOMS) {
        return target == room && strncmp(path, "include/", strlen("include/")) != 0;
    }
    return is_library_header_allowed(room, header);
}

static void includes_are_judged_by_room(void **state) {
    (void)state;
    static const struct {
        const char *path, *header;
        bool is_allowed;
    } cases[] = {
        {"src/base/date.c", "clause5/base/date.h", true},
        {"src/base/date.c", "stdio.h", true},
        {"src/base/date.c", "sys/stat.h", true},
        {"src/base/date.c", "clause5/register/type.h", false},
        {"src/base/date.c", "clause5/attic/type.h", false},
        {"src/attic/date.c", "clause5/base/date.h", false},
        {"src/store/open.c", "clause5/register/type.h", true},
        {"src/store/open.c", "clause5/rules/write.h", false},
        {"src/store/open.c", "store/inside.h", true},
        {"src/store/open.c", "sqlite3.h", true},
        {"src/store/open.c", "nettle/sha2.h", true},
        {"src/rules/write.c", "store/inside.h", false},
        {"src/rules/write.c", "sqlite3.h", false},
        {"src/audit/round.c", "clause5/exchange/csv.h", false},
        {"src/audit/round.c", "nettle/sha2.h", false},
        {"src/exchange/csv.c", "clause5/audit/round.h", false},
        {"src/exchange/csv.c", "csv.h", true},
        {"src/report/html.c", "clause5/audit/round.h", true},
        {"src/screen/list.c", "clause5/base/text.h", true},
        {"src/screen/list.c", "clause5/register/type.h", false},
        {"src/screen/list.c", "curses.h", true},
        {"src/panes/raci.c", "clause5/screen/list.h", true},
        {"src/panes/raci.c", "clause5/command.h", false},
        {"src/panes/raci.c", "curses.h", false},
        {"src/panes/raci.c", "ncursesw/curses.h", false},
        {"src/command/new.c", "clause5/panes.h", false},
        {"src/command/new.c", "clause5/exchange/csv.h", true},
        {"src/main.c", "clause5/panes.h", true},
        {"src/main.c", "command/inside.h", false},
        {"include/clause5/store/open.h", "clause5/register/type.h", true},
        {"include/clause5/store/open.h", "store/inside.h", false},
        {"include/clause5/store.h", "clause5/rules/write.h", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (is_include_allowed(cases[i].path, cases[i].header) != cases[i].is_allowed) {
            fail_msg("%s including %s is judged wrongly", cases[i].path, cases[i].header);
        }
    }
}

/* Returns what a line includes, or NULL; the caller frees. */
static char *copy_included(const char *line) {
    static const char word[] = "include";
    line += strspn(line, " \t");
    if (*line != '#') {
        return NULL;
    }
    line += 1 + strspn(line + 1, " \t");
    if (strncmp(line, word, strlen(word)) != 0) {
        return NULL;
    }
    line += strlen(word);
    line += strspn(line, " \t\"<");
    return memory_copy_bytes(line, strcspn(line, "\">\n"));
}

/* Counts the includes that are refused, saying each. */
static int count_refused(const struct source *source) {
    int refused = 0;
    for (const char *line = source->text; *line != '\0';) {
        char *header = copy_included(line);
        if (header != NULL && !is_include_allowed(source->path, header)) {
            print_error("%s:%d includes %s, which is not below its room\n", source->path,
                        source_line(source->text, (size_t)(line - source->text)), header);
            refused++;
        }
        free(header);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return refused;
}

static void refused_includes_are_counted(void **state) {
    (void)state;
    char path[] = "src/base/date.c";
    char text[] = "#include <stdio.h>\n# include \"clause5/base/text.h\"\n/* #includes */\n";
    assert_int_equal(count_refused(&(struct source){path, text}), 0);
    char *header = copy_included(" # include <curses.h>\nint x;");
    assert_string_equal(header, "curses.h");
    free(header);
    assert_null(copy_included("#define include 1"));
}

static void every_include_points_down(void **state) {
    (void)state;
    struct sources sources = sources_read((const char *const[]){"src", "include", NULL},
                                          (const char *const[]){".c", ".h", NULL});
    int refused = 0;
    assert_true(sources.len > 0);
    for (size_t i = 0; i < sources.len; i++) {
        refused += count_refused(&sources.items[i]);
    }
    sources_free(&sources);
    assert_int_equal(refused, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(includes_are_judged_by_room),
        cmocka_unit_test(refused_includes_are_counted),
        cmocka_unit_test(every_include_points_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
