/* Owns how a file of data/checks is written; knows nothing of what the queries ask.
 *
 * A file is paragraphs. `-- word: NAME`, with `, kept` or with its columns and `, once` behind it
 * (check_book.h), begins a query under a name that
 * other queries of any file may use as a table. `-- check: ID` begins a check, with the header
 * lines of header_parts below, then the query for what it finds, then `-- basis: TEXT` and the
 * query for that. Other lines that begin with `--` are for the reader. */
#include <stdlib.h>
#include <string.h>

#include "audit/check_book.h"
#include "clause5/base/memory.h"

/* Where in a file the reading stands. */
enum section { SECTION_NONE, SECTION_WORD, SECTION_FINDING, SECTION_BASIS };

struct reading {
    struct check_book *book;
    const char *name;
    enum section section;
    struct buffer sql;
    char *severity, *register_name, *field_name; /* of the check at hand, until it ends */
};

static struct check *last_check(struct reading *reading) {
    return &reading->book->checks[reading->book->check_count - 1];
}

/* Takes over a header line's text; false where the header has it already. */
static bool take_text(char **place, const char *text) {
    if (*place != NULL) {
        return false;
    }
    *place = memory_copy_text(text);
    return true;
}

static char **part_requirement(struct reading *reading) {
    return &last_check(reading)->requirements;
}
static char **part_finds(struct reading *reading) {
    return &last_check(reading)->finds;
}
static char **part_remedy(struct reading *reading) {
    return &last_check(reading)->remedy;
}
static char **part_message(struct reading *reading) {
    return &last_check(reading)->message;
}
static char **part_severity(struct reading *reading) {
    return &reading->severity;
}
static char **part_register(struct reading *reading) {
    return &reading->register_name;
}
static char **part_field(struct reading *reading) {
    return &reading->field_name;
}

static const struct header_part {
    const char *name;
    char **(*place)(struct reading *reading);
} header_parts[] = {
    {.name = "severity", .place = part_severity},
    {.name = "requirement", .place = part_requirement},
    {.name = "finds", .place = part_finds},
    {.name = "remedy", .place = part_remedy},
    {.name = "register", .place = part_register},
    {.name = "field", .place = part_field},
    {.name = "message", .place = part_message},
};

static bool broken(const struct reading *reading, const char *where, const char *why,
                   struct fault *fault) {
    return fault_set(fault, FAULT_FAILED, "%s: the paragraph \"%s\" %s; mend it and build again",
                     reading->name, where, why);
}

/* Resolves the names of the header once the whole check is read. */
static bool end_check(struct reading *reading, struct fault *fault) {
    struct check *check = last_check(reading);
    for (size_t i = 0; i < COUNT(header_parts); i++) {
        if (*header_parts[i].place(reading) == NULL) {
            return broken(reading, check->id, "lacks a line of its header", fault);
        }
    }
    check->register_id = register_find(reading->register_name);
    if (check->register_id == REGISTER_NONE ||
        !severity_parse(reading->severity, &check->severity)) {
        return broken(reading, check->id, "names no register or no severity", fault);
    }
    check->field = register_find_field(check->register_id, reading->field_name);
    if (check->field < 0 || check->basis_sql == NULL) {
        return broken(reading, check->id, "names no field or has no basis", fault);
    }
    return true;
}

/* Ends the query at hand and gives it to the paragraph that it belongs to. */
static bool end_section(struct reading *reading, struct fault *fault) {
    char *sql = buffer_take(&reading->sql);
    bool is_good = true;
    switch (reading->section) {
    case SECTION_NONE:
        free(sql);
        break;
    case SECTION_WORD:
        reading->book->words[reading->book->word_count - 1].sql = sql;
        break;
    case SECTION_FINDING:
        last_check(reading)->finding_sql = sql;
        break;
    case SECTION_BASIS:
        last_check(reading)->basis_sql = sql;
        is_good = end_check(reading, fault);
        break;
    }
    reading->section = SECTION_NONE;
    return is_good;
}

/* Reads "NAME", "NAME, kept" or "NAME(COLUMN, COLUMN), once". */
static struct check_word parse_word(const char *text) {
    struct check_word word = {0};
    const char *end = text + strcspn(text, ",(");
    word.name = memory_copy_bytes(text, (size_t)(end - text));
    if (*end == '(') {
        size_t len = strcspn(end, ")") + (strchr(end, ')') != NULL);
        word.columns = memory_copy_bytes(end, len);
        end += len;
    }
    word.is_kept = strcmp(end, ", kept") == 0;
    word.is_once = strcmp(end, ", once") == 0;
    return word;
}

static bool begin_word(struct reading *reading, const char *text, struct fault *fault) {
    struct check_book *book = reading->book;
    if (!end_section(reading, fault)) {
        return false;
    }
    struct check_word word = parse_word(text);
    book->words = memory_reserve(book->words, &book->word_capacity, book->word_count + 1,
                                 sizeof *book->words);
    book->words[book->word_count++] = word;
    reading->section = SECTION_WORD;
    return (!word.is_once || word.columns != NULL) ||
           broken(reading, text, "is worked out once and names no columns", fault);
}

static void forget_names(struct reading *reading) {
    free(reading->severity);
    free(reading->register_name);
    free(reading->field_name);
    reading->severity = reading->register_name = reading->field_name = NULL;
}

static bool begin_check(struct reading *reading, const char *id, struct fault *fault) {
    struct check_book *book = reading->book;
    if (!end_section(reading, fault)) {
        return false;
    }
    forget_names(reading);
    book->checks = memory_reserve(book->checks, &book->check_capacity, book->check_count + 1,
                                  sizeof *book->checks);
    book->checks[book->check_count++] = (struct check){.id = memory_copy_text(id)};
    reading->section = SECTION_FINDING;
    return true;
}

static bool begin_basis(struct reading *reading, const char *text, struct fault *fault) {
    if (reading->section != SECTION_FINDING) {
        return broken(reading, text, "is a basis without a check", fault);
    }
    last_check(reading)->basis = memory_copy_text(text);
    if (!end_section(reading, fault)) {
        return false;
    }
    reading->section = SECTION_BASIS;
    return true;
}

/* Returns what stands behind `-- NAME: ` in the line, or NULL. */
static const char *after_name(const char *line, const char *name) {
    size_t len = strlen(name);
    if (strncmp(line, "-- ", 3) != 0 || strncmp(line + 3, name, len) != 0 ||
        strncmp(line + 3 + len, ": ", 2) != 0) {
        return NULL;
    }
    return line + len + 5;
}

static bool read_header(struct reading *reading, const char *line, struct fault *fault) {
    for (size_t i = 0; i < COUNT(header_parts); i++) {
        const char *text = after_name(line, header_parts[i].name);
        if (text != NULL && !take_text(header_parts[i].place(reading), text)) {
            return broken(reading, last_check(reading)->id, "says one thing twice", fault);
        }
    }
    return true;
}

static bool read_line(struct reading *reading, const char *line, struct fault *fault) {
    const char *text;
    if (strncmp(line, "--", 2) != 0) {
        buffer_add(&reading->sql, line);
        buffer_add_byte(&reading->sql, '\n');
        return true;
    }
    if ((text = after_name(line, "word")) != NULL) {
        return begin_word(reading, text, fault);
    }
    if ((text = after_name(line, "check")) != NULL) {
        return begin_check(reading, text, fault);
    }
    if ((text = after_name(line, "basis")) != NULL) {
        return begin_basis(reading, text, fault);
    }
    return reading->section != SECTION_FINDING || read_header(reading, line, fault);
}

bool check_book_read(struct check_book *book, const char *name, const char *text,
                     struct fault *fault) {
    struct reading reading = {.book = book, .name = name};
    bool is_good = true;
    for (const char *at = text; *at != '\0' && is_good;) {
        size_t len = strcspn(at, "\n");
        char *line = memory_copy_bytes(at, len);
        is_good = read_line(&reading, line, fault);
        free(line);
        at += len + (at[len] == '\n');
    }
    is_good = is_good && end_section(&reading, fault);
    buffer_free(&reading.sql);
    forget_names(&reading);
    return is_good;
}
