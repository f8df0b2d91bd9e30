/* Evidence of a line of a round: found by what an auditor types, added from a file, linked. */
#ifndef CLAUSE5_AUDIT_EVIDENCE_H
#define CLAUSE5_AUDIT_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"

/* What a typed text stands for. */
enum evidence_kind {
    EVIDENCE_KNOWN, /* a record: by its ref or title, or by words that only it shows */
    EVIDENCE_FILE,  /* a plain file that no record names yet */
    EVIDENCE_WEB,   /* a web address that no record names yet */
};

struct evidence_named {
    enum evidence_kind kind;
    int64_t id;     /* of EVIDENCE_KNOWN */
    char *location; /* of the others, as it is to be stored: from the folder of the workbook where
                     * the file lies in it */
};

/* Reads what was typed: a ref, a title, a path (from the folder of the workbook; ~/ is the home
 * folder), a web address, or words that the ref or title of one record alone shows. A path that a
 * record names already is that record. Refuses with the reason what is none of these, or several.
 * Release with evidence_named_free either way. */
bool evidence_find(struct workbook *workbook, const char *text, struct evidence_named *named,
                   struct fault *fault);
void evidence_named_free(struct evidence_named *named);

/* Returns a title made of the file's name: "budget_2026-final.pdf" gives "Budget 2026 final"; a
 * web address is its own title. The caller frees with free. */
char *evidence_propose_title(const char *location);

/* A record to be linked to the line of an assessment; ID 0 makes a new one of LOCATION and TITLE,
 * collected today by the workbook's actor, and seals its file. */
struct evidence_plan {
    int64_t assessment;
    int64_t id;
    const char *location, *title;
};

/* Links, in one batch "link EV-012 to 2026-IA/5.1.c"; a new record is added and sealed in it. *ID
 * becomes the record's. Refused where it is linked to the line already. */
bool evidence_link(struct workbook *workbook, const struct evidence_plan *plan, int64_t *id,
                   struct fault *fault);

/* Takes the link of the record to the line away, in one batch; the record stays. */
bool evidence_unlink(struct workbook *workbook, int64_t assessment, int64_t id,
                     struct fault *fault);

#endif
