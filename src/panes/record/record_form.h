/* The form of a record: every field of its register, read and checked by its type while typing. */
#ifndef CLAUSE5_PANES_RECORD_FORM_H
#define CLAUSE5_PANES_RECORD_FORM_H

#include "clause5/store/record.h"
#include "panes/frame/app.h"

/* What a form is about. */
struct record_form_plan {
    enum register_id register_id;
    int64_t id;                 /* 0: a new record */
    const struct value *values; /* at first, one per field */
    const bool *is_proposed;    /* per field: typing replaces what stands there; NULL: none */
    int first_field;            /* where the cursor stands at first; -1: the first one */
};

/* Runs the form until it is stored or left. Returns the record's id, or 0 where it was left. */
int64_t record_form_run(struct app *app, const struct record_form_plan *plan);

#endif
