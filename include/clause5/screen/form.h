/* A form: one field a line, with its help and its fault shown under it while typing. It knows no
 * registers: what a value means, which ones complete it and how it is stored are callbacks. */
#ifndef CLAUSE5_SCREEN_FORM_H
#define CLAUSE5_SCREEN_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/fault.h"
#include "clause5/screen/area.h"
#include "clause5/screen/bindings.h"
#include "clause5/screen/candidates.h"
#include "clause5/screen/outcome.h"
#include "clause5/screen/terminal.h"

struct form;

enum form_kind {
    FORM_TEXT,      /* one line: text, numbers, e-mail, paths */
    FORM_LONG_TEXT, /* wraps; ^N a new line, ^E the editor */
    FORM_CHOICE,    /* one of choices, by letter, Left, Right or Space */
    FORM_YES_NO,    /* y or n, Left, Right or Space; the value is "yes", "no" or "" */
    FORM_COMPLETED, /* text with candidates: references, parties */
    FORM_DATE,      /* text whose meaning validate tells, such as +30d */
    FORM_READ_ONLY, /* shown, never entered */
    FORM_KINDS,
};

struct form_choice {
    const char *value; /* what is stored */
    const char *label; /* what is shown; NULL: value */
};

enum form_flags {
    FORM_REQUIRED = 1 << 0, /* shown with a mark; an empty value is for validate to refuse */
    FORM_HEADING = 1 << 1,  /* a title and no field: only label is used */
    FORM_PROPOSED = 1 << 2, /* the first character typed, or a paste, replaces the value */
};

struct form_field {
    const char *label;
    const char *help;  /* one line under the field while it is current; may be NULL */
    const char *value; /* at first; NULL: empty */
    enum form_kind kind;
    unsigned flags;
    const struct form_choice *choices; /* of FORM_CHOICE */
    size_t choice_count;
};

/* What the caller does for a form. Every one but save may be NULL. FORM is the form that calls, for
 * form_value of the other fields. */
struct form_calls {
    void *context;

    /* Checks FIELD as it stands. Returns false with the fault where it is wrong; where it is right
     * may append what it means ("= 2026-12-21") to MEANING. */
    bool (*validate)(void *context, const struct form *form, size_t field, struct buffer *meaning,
                     struct fault *fault);

    /* Adds candidates for a FORM_COMPLETED field from what is typed, best first. At most six are
     * shown. */
    void (*complete)(void *context, const struct form *form, size_t field, struct candidates *out);

    /* Makes what a candidate with is_create offered; VALUE is its value. False with a fault. */
    bool (*create)(void *context, size_t field, const char *value, struct fault *fault);

    /* ^E on a long text: changes TEXT in the user's editor. False with a fault. */
    bool (*edit_external)(void *context, size_t field, struct buffer *text, struct fault *fault);

    /* Stores all fields. False with a fault; fault_field names the field to stand on, counted as in
     * the form. */
    bool (*save)(void *context, const struct form *form, struct fault *fault);
};

/* The keys of every form, for the bottom line and the help; form_handle knows them itself. */
extern const struct binding_table form_bindings;

/* The keys that answer whether to leave with changes, while form_is_asking. */
extern const struct binding_table form_leaving_bindings;

struct form_options {
    const char *title;               /* copied */
    const struct form_field *fields; /* texts are copied; choices belong to the caller */
    size_t field_count;
    struct form_calls calls;
    size_t first_field; /* where the cursor stands at first */
};

/* Makes a form. Free with form_free. */
struct form *form_new(const struct form_options *options);

/* Releases the form; safe on NULL. */
void form_free(struct form *form);

/* Takes an event. Up, Down, Tab, S-Tab, PgUp, PgDn move; Enter takes the field and goes on, and
 * saves on the last; ^S saves anywhere; Esc leaves, and asks first where something changed (s save,
 * d discard, Esc go on). With candidates open Up and Down choose, Tab or Enter take, Esc refuses;
 * Space in an empty field opens them all. Returns outcome flags: DONE once save worked, LEAVE once
 * left without, FAULT where save refused. */
unsigned form_handle(struct form *form, const struct terminal_event *event);

/* Draws the form over the area, scrolled so that the current field, its help and its candidates are
 * in it, and puts the terminal's cursor into the field. */
void form_draw(struct form *form, const struct area *area);

/* Returns the value of a field as it stands; valid until it changes. */
const char *form_value(const struct form *form, size_t field);

/* Replaces the value of a field, as a default that depends on another one; counts as a change. */
void form_set_value(struct form *form, size_t field, const char *value);

/* True where the field differs from what it was at first. */
bool form_is_changed(const struct form *form, size_t field);

/* True where any field differs from what it was at first. */
bool form_has_changes(const struct form *form);

/* True while the form waits for the answer whether to leave with changes: s, d or Esc. */
bool form_is_asking(const struct form *form);

/* Returns the field the cursor stands on. */
size_t form_current(const struct form *form);

/* What save last refused with, for the message line. */
const struct fault *form_fault(const struct form *form);

#endif
