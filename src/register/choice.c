/* Owns words out of a list: choices, yes and no, headers; knows nothing of other types. */
#include "clause5/register/type.h"

#include <string.h>

#include "clause5/base/text.h"
#include "register/parse.h"

static bool is_separator(char c) {
    return c == ' ' || c == '\t' || c == '-' || c == '_' || c == '\n' || c == '\r';
}

static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Compares the LEN_BYTES at LISTED with WORD; loosely, separators on either side do not count. */
static bool is_same_word(const char *listed, size_t len_bytes, const char *word, bool is_loose) {
    const char *end = listed + len_bytes;
    for (;;) {
        while (is_loose && listed < end && is_separator(*listed)) {
            listed++;
        }
        while (is_loose && is_separator(*word)) {
            word++;
        }
        if (listed == end || *word == '\0') {
            return listed == end && *word == '\0';
        }
        if (lower(*listed++) != lower(*word++)) {
            return false;
        }
    }
}

bool choice_list_holds(const char *list, const char *word, bool is_loose) {
    while (list != NULL && *list != '\0') {
        size_t len_bytes = strcspn(list, ";");
        if (is_same_word(list, len_bytes, word, is_loose)) {
            return true;
        }
        list += len_bytes + (list[len_bytes] == ';');
    }
    return false;
}

bool field_is_called(const struct field *field, const char *name) {
    return name[strspn(name, " \t\r\n-_")] != '\0' &&
           (is_same_word(field->name, strlen(field->name), name, true) ||
            is_same_word(field->label, strlen(field->label), name, true) ||
            choice_list_holds(field->synonyms, name, true));
}

const struct choice *field_find_choice(const struct field *field, const char *text) {
    for (const struct choice *choice = field->choices; choice != NULL && choice->value != NULL;
         choice++) {
        if (text_compare_ascii_case(choice->value, text) == 0 ||
            text_compare_ascii_case(choice->label, text) == 0) {
            return choice;
        }
    }
    return NULL;
}

/* Returns the choice that has TEXT for a synonym; loosely, by value or label too. */
static const struct choice *find_synonym(const struct field *field, const char *text,
                                         bool is_loose) {
    for (const struct choice *choice = field->choices; choice != NULL && choice->value != NULL;
         choice++) {
        if (choice_list_holds(choice->synonyms, text, is_loose) ||
            (is_loose && (choice_list_holds(choice->value, text, true) ||
                          choice_list_holds(choice->label, text, true)))) {
            return choice;
        }
    }
    return NULL;
}

const struct choice *field_find_choice_synonym(const struct field *field, const char *text) {
    const struct choice *found = field_find_choice(field, text);
    found = found != NULL ? found : find_synonym(field, text, false);
    return found != NULL ? found : find_synonym(field, text, true);
}

int choice_position(const struct field *field, const char *text) {
    int position = 0;
    while (field->choices[position].value != NULL &&
           strcmp(field->choices[position].value, text) != 0) {
        position++;
    }
    return position;
}

/* Refuses the text and lists the choices: "a, b or c". */
static bool refuse_choice(const struct field *field, const char *text, struct fault *fault) {
    struct buffer list = {0};
    for (const struct choice *choice = field->choices; choice->value != NULL; choice++) {
        bool is_last = choice[1].value == NULL;
        buffer_add(&list, choice == field->choices ? "" : is_last ? " or " : ", ");
        buffer_add(&list, choice->value);
    }
    parse_refuse(fault, text, "is not one of the choices (use %s)", buffer_text(&list));
    buffer_free(&list);
    return false;
}

static bool take_choice(const struct field *field, const struct choice *choice, const char *text,
                        struct value *value, struct fault *fault) {
    if (choice == NULL) {
        return refuse_choice(field, text, fault);
    }
    *value = value_of_text(choice->value);
    return true;
}

bool parse_choice(const struct field *field, const char *text, struct value *value,
                  struct fault *fault) {
    return take_choice(field, field_find_choice(field, text), text, value, fault);
}

bool parse_choice_sheet(const struct field *field, const char *text, struct value *value,
                        struct fault *fault) {
    return take_choice(field, field_find_choice_synonym(field, text), text, value, fault);
}

static bool begins_with(const char *word, const char *beginning) {
    while (*beginning != '\0' && lower(*word) == lower(*beginning)) {
        word++;
        beginning++;
    }
    return *beginning == '\0';
}

/* Returns the only choice that begins with TEXT, or NULL. */
static const struct choice *find_beginning(const struct field *field, const char *text) {
    const struct choice *found = NULL;
    for (const struct choice *choice = field->choices; choice->value != NULL; choice++) {
        if (begins_with(choice->value, text) || begins_with(choice->label, text)) {
            if (found != NULL) {
                return NULL;
            }
            found = choice;
        }
    }
    return found;
}

bool parse_choice_typed(const struct field *field, const struct typed_text *typed,
                        struct value *value, struct fault *fault) {
    const struct choice *found = field_find_choice(field, typed->text);
    found = found != NULL ? found : find_beginning(field, typed->text);
    return take_choice(field, found, typed->text, value, fault);
}

static const struct choice yesno_choices[] = {
    {.value = "yes",
     .label = "yes",
     .synonyms =
         "y;x;1;true;t;on;checked;✓;✔;☑;✅;ja;j;wahr;oui;o;vrai;sí;sì;si;s;verdadero;vero;sim"},
    {.value = "no",
     .label = "no",
     .synonyms = "n;0;false;f;off;unchecked;✗;✘;☐;❌;nein;falsch;non;faux;falso;nee;não"},
    {.value = NULL}};
static const struct field yesno = {.choices = yesno_choices};

static bool take_yesno(bool is_found, const char *text, struct fault *fault) {
    return is_found || parse_refuse(fault, text, "is neither yes nor no (use yes, no or nothing)");
}

bool parse_yesno(const struct field *field, const char *text, struct value *value,
                 struct fault *fault) {
    (void)field;
    return take_yesno(parse_choice(&yesno, text, value, fault), text, fault);
}

bool parse_yesno_sheet(const struct field *field, const char *text, struct value *value,
                       struct fault *fault) {
    (void)field;
    return take_yesno(parse_choice_sheet(&yesno, text, value, fault), text, fault);
}

bool parse_yesno_typed(const struct field *field, const struct typed_text *typed,
                       struct value *value, struct fault *fault) {
    (void)field;
    return take_yesno(parse_choice_typed(&yesno, typed, value, fault), typed->text, fault);
}
