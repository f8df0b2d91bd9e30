/* What may stand in a field that names something: records, parties, files, registers, versions. */
#ifndef CLAUSE5_PANES_RECORD_COMPLETE_H
#define CLAUSE5_PANES_RECORD_COMPLETE_H

#include "clause5/register/register.h"
#include "clause5/screen/candidates.h"
#include "clause5/screen/form.h"
#include "clause5/store/workbook.h"

struct record_complete_request {
    enum register_id register_id;
    int field;
    const struct form *form; /* its other fields say which policy or register is meant */
};

/* Adds what the typed text of the field may become, the nearest first; for references also the line
 * that adds what is typed. Reading faults give fewer candidates. */
void record_complete(struct workbook *workbook, const struct record_complete_request *request,
                     struct candidates *out);

/* Adds the roles and persons that TYPED may name. */
void record_complete_party(struct workbook *workbook, const char *typed, struct candidates *out);

#endif
