/* Owns the language of filters and what a match is. Must not know in which order rows come.
 *
 * A filter is words that must all be found. Matching looks at what people see: choices by label and
 * value, references by key, title and holder. What the references of a row are called is looked up
 * once and remembered as one bit a word, so that a million rows about the same fifty thousand
 * people read no name twice. */
#include "store/window_filter.h"

#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/register/type.h"
#include "store/database.h"
#include "store/window_name.h"

enum {
    TERMS_MOST = 32,      /* one bit each in struct memory_of_name */
    NAMES_KEPT = 1 << 16, /* 16 bytes each; a power of two */
    ANY_FIELD = -1,
};

struct term {
    int field; /* ANY_FIELD or an index */
    bool is_negated;
    bool is_whole;
    struct buffer folded;
};

struct memory_of_name {
    int64_t id;
    enum register_id kind; /* the target; REGISTER_COUNT for a party; REGISTER_NONE: nothing */
    uint32_t terms;        /* the terms that the name matches */
};

struct filter {
    struct workbook *workbook;
    const struct register_description *description;
    enum register_id register_id;
    struct term terms[TERMS_MOST];
    int term_count;
    struct memory_of_name *names; /* NAMES_KEPT of them, made when first needed */
    struct name name;
    struct buffer scratch;
};

void window_filter_fold(struct buffer *out, const char *text, size_t len_bytes) {
    size_t at = 0;
    while (at < len_bytes) {
        unsigned char byte = (unsigned char)text[at];
        uint32_t code = byte;
        size_t len = byte < 0x80 ? 1 : text_decode(text + at, len_bytes - at, &code);
        if (len == 1) {
            buffer_add_byte(out, (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte));
        } else if (len == 0) {
            buffer_add_byte(out, (char)byte);
            len = 1;
        } else {
            text_encode(out, (uint32_t)towlower((wint_t)code));
        }
        at += len;
    }
}

/* ---- reading the words ---- */

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

/* Reads up to a blank outside quotes, or up to STOP_AT outside quotes; the quotes go. Returns what
 * comes behind. */
static const char *read_word(const char *text, struct buffer *word) {
    bool is_quoted = false;
    for (; *text != '\0' && (is_quoted || !is_blank(*text)); text++) {
        if (*text == '"') {
            is_quoted = !is_quoted;
        } else {
            buffer_add_byte(word, *text);
        }
    }
    return text;
}

/* Returns the length of the name before ":" or "=", 0 where the word does not begin with one. */
static size_t field_name_length(const char *text) {
    size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return len > 0 && (text[len] == ':' || text[len] == '=') ? len : 0;
}

static int find_field(const struct filter *filter, const char *name) {
    for (int i = 0; i < filter->description->field_count; i++) {
        if (field_is_called(&filter->description->fields[i], name)) {
            return i;
        }
    }
    return -1;
}

/* Reads "FIELD:" or "FIELD=" where it stands; *TEXT goes behind it. */
static bool read_field(const struct filter *filter, const char **text, struct term *term,
                       struct fault *fault) {
    size_t len = field_name_length(*text);
    if (len == 0) {
        return true;
    }
    char *name = memory_copy_bytes(*text, len);
    term->field = find_field(filter, name);
    term->is_whole = (*text)[len] == '=';
    *text += len + 1;
    if (term->field < 0) {
        fault_set(fault, FAULT_REFUSED,
                  "No field of %s is called \"%s\"; put the word in quotes to look for it as it "
                  "stands",
                  filter->description->label, name);
    }
    free(name);
    return term->field >= 0;
}

static bool read_term(struct filter *filter, const char **text, enum filter_language language,
                      struct fault *fault) {
    if (filter->term_count == TERMS_MOST) {
        return fault_set(fault, FAULT_REFUSED, "A filter has at most %d words; leave some out",
                         TERMS_MOST);
    }
    struct term *term = &filter->terms[filter->term_count];
    *term = (struct term){.field = ANY_FIELD};
    struct buffer word = {0};
    if (language == FILTER_FULL) {
        term->is_negated = **text == '-' && (*text)[1] != '\0' && !is_blank((*text)[1]);
        *text += term->is_negated ? 1 : 0;
        if (!read_field(filter, text, term, fault)) {
            return false;
        }
        *text = read_word(*text, &word);
    } else {
        size_t len = strcspn(*text, " \t");
        buffer_append(&word, *text, len);
        *text += len;
    }
    window_filter_fold(&term->folded, buffer_text(&word), word.len_bytes);
    buffer_free(&word);
    filter->term_count++;
    return true;
}

struct filter *window_filter_parse(struct workbook *workbook, enum register_id register_id,
                                   const char *text, enum filter_language language,
                                   struct fault *fault) {
    struct filter *filter = memory_zero(1, sizeof *filter);
    filter->workbook = workbook;
    filter->register_id = register_id;
    filter->description = register_describe(register_id);
    for (text += strspn(text, " \t"); *text != '\0'; text += strspn(text, " \t")) {
        if (!read_term(filter, &text, language, fault)) {
            window_filter_free(filter);
            return NULL;
        }
    }
    return filter;
}

void window_filter_free(struct filter *filter) {
    if (filter == NULL) {
        return;
    }
    for (int i = 0; i < filter->term_count; i++) {
        buffer_free(&filter->terms[i].folded);
    }
    free(filter->names);
    window_name_free(&filter->name);
    buffer_free(&filter->scratch);
    free(filter);
}

/* ---- matching ---- */

/* True where the text matches; the scratch buffer holds the folded text. */
static bool matches_text(struct filter *filter, const struct term *term, const char *text,
                         size_t len_bytes) {
    struct buffer *folded = &filter->scratch;
    buffer_clear(folded);
    window_filter_fold(folded, text, len_bytes);
    size_t len = term->folded.len_bytes;
    if (term->is_whole) {
        return folded->len_bytes == len &&
               (len == 0 || memcmp(folded->bytes, term->folded.bytes, len) == 0);
    }
    return len == 0 || (folded->len_bytes >= len &&
                        memmem(folded->bytes, folded->len_bytes, term->folded.bytes, len) != NULL);
}

static bool matches_string(struct filter *filter, const struct term *term, const char *text) {
    return matches_text(filter, term, text, strlen(text));
}

/* True where the key, the title, or the name as shown matches. */
static bool matches_name(struct filter *filter, const struct term *term) {
    struct buffer shown = {0};
    window_name_print(&filter->name, &shown);
    bool is_match = matches_string(filter, term, buffer_text(&shown)) ||
                    matches_string(filter, term, buffer_text(&filter->name.key)) ||
                    (filter->name.title.len_bytes > 0 &&
                     matches_string(filter, term, buffer_text(&filter->name.title)));
    buffer_free(&shown);
    return is_match;
}

static struct memory_of_name *memory_slot(struct filter *filter, enum register_id kind,
                                          int64_t id) {
    if (filter->names == NULL) {
        filter->names = memory_zero(NAMES_KEPT, sizeof *filter->names);
        window_filter_forget(filter);
    }
    uint64_t mixed = ((uint64_t)id ^ (uint64_t)kind << 56) * UINT64_C(0x9E3779B97F4A7C15);
    return &filter->names[mixed >> 32 & (NAMES_KEPT - 1)];
}

void window_filter_forget(struct filter *filter) {
    for (int i = 0; filter->names != NULL && i < NAMES_KEPT; i++) {
        filter->names[i].kind = REGISTER_NONE;
    }
}

/* Returns the terms that the record of that id matches by its names, one bit each. */
static uint32_t name_terms(struct filter *filter, const struct field *field, int64_t id) {
    enum register_id kind = field->type == FIELD_PARTY ? REGISTER_COUNT : field->target;
    struct memory_of_name *slot = memory_slot(filter, kind, id);
    if (slot->kind == kind && slot->id == id) {
        return slot->terms;
    }
    *slot = (struct memory_of_name){.id = id, .kind = kind};
    struct fault fault = {0};
    if (window_name_load(filter->workbook, field, id, &filter->name, &fault) == LOOKUP_FOUND) {
        for (int i = 0; i < filter->term_count; i++) {
            bool is_match = matches_name(filter, &filter->terms[i]);
            slot->terms |= is_match ? UINT32_C(1) << i : 0;
        }
    }
    fault_clear(&fault);
    return slot->terms;
}

static bool matches_choice(struct filter *filter, const struct term *term,
                           const struct field *field, const char *value) {
    if (matches_string(filter, term, value)) {
        return true;
    }
    for (const struct choice *choice = field->choices; choice->value != NULL; choice++) {
        if (strcmp(choice->value, value) == 0) {
            return matches_string(filter, term, choice->label);
        }
    }
    return false;
}

static bool matches_column(struct filter *filter, int index, sqlite3_stmt *statement,
                           int field_index) {
    const struct term *term = &filter->terms[index];
    const struct field *field = &filter->description->fields[field_index];
    int column = field_index + 1;
    int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_NULL) {
        return matches_string(filter, term, "");
    }
    if (field->type == FIELD_REFERENCE || field->type == FIELD_PARTY) {
        return name_terms(filter, field, sqlite3_column_int64(statement, column)) >> index & 1;
    }
    if (type == SQLITE_FLOAT) {
        struct buffer shown = {0};
        number_print(sqlite3_column_double(statement, column), &shown);
        bool is_match = matches_string(filter, term, buffer_text(&shown));
        buffer_free(&shown);
        return is_match;
    }
    const char *text = database_text(statement, column);
    if (text == NULL) {
        return false;
    }
    if (field->type == FIELD_CHOICE) {
        return matches_choice(filter, term, field, text);
    }
    return matches_text(filter, term, text, (size_t)sqlite3_column_bytes(statement, column));
}

static bool term_passes(struct filter *filter, int index, sqlite3_stmt *statement) {
    const struct term *term = &filter->terms[index];
    if (term->field != ANY_FIELD) {
        return matches_column(filter, index, statement, term->field) != term->is_negated;
    }
    for (int i = 0; i < filter->description->field_count; i++) {
        if (matches_column(filter, index, statement, i)) {
            return !term->is_negated;
        }
    }
    return term->is_negated;
}

bool window_filter_passes(struct filter *filter, sqlite3_stmt *statement) {
    for (int i = 0; i < filter->term_count; i++) {
        if (!term_passes(filter, i, statement)) {
            return false;
        }
    }
    return true;
}
