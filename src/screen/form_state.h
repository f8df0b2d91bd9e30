/* The inside of struct form, for the files that hold its values, take its keys and draw it. */
#ifndef CLAUSE5_SRC_SCREEN_FORM_STATE_H
#define CLAUSE5_SRC_SCREEN_FORM_STATE_H

#include "clause5/screen/editor.h"
#include "clause5/screen/form.h"

struct form_slot {
    struct form_field field; /* texts are copies */
    char *initial;
    char *value;           /* where there is no editor */
    struct editor *editor; /* of kinds that are typed */
    struct buffer meaning; /* what validate said of it */
    struct fault fault;
    bool is_proposed; /* what is typed replaces it */
    bool is_judged;   /* its fault is shown: it was changed, or saving was tried */
};

struct form {
    char *title;
    struct form_slot *slots;
    size_t count;
    struct form_calls calls;
    size_t current, first_shown;
    struct candidates candidates;
    int chosen;     /* candidate, or DROPDOWN_NONE */
    bool is_typing; /* the current text was typed at, so that its candidates take the arrows */
    bool is_asking; /* whether to leave with changes */
    struct fault fault;
};

/* True where the cursor can stand on the field. */
bool form_is_reachable(const struct form *form, size_t field);

/* Returns the choices of a field that has some, yes and no included. */
const struct form_choice *form_choices(const struct form_slot *slot, size_t *count);

/* Returns what is shown of a choice. */
const char *form_choice_label(const struct form_choice *choice);

/* Asks validate about a field; true where it is right or nobody asks. */
bool form_check(struct form *form, size_t field);

/* Puts the cursor on FIELD. */
void form_stand_on(struct form *form, size_t field);

/* Finds the candidates of the current field. */
void form_find_candidates(struct form *form);

/* Returns the candidate that Enter takes, or DROPDOWN_NONE. */
int form_suggestion(const struct form *form);

/* Takes a key while the form asks whether to leave, and any other event. */
unsigned form_answer(struct form *form, const struct terminal_event *event);

#endif
