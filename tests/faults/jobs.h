/* What the program does with a workbook, as jobs that may fail at any moment: the tests of this
 * room let the disk, the power and the memory fail under each. No job asserts anything itself. */
#ifndef CLAUSE5_TESTS_FAULTS_JOBS_H
#define CLAUSE5_TESTS_FAULTS_JOBS_H

#include <stdbool.h>

#include "clause5/base/fault.h"
#include "clause5/store/workbook.h"
#include "support/place.h"

enum job_id {
    JOB_SAVE,   /* a form that is stored: two new records and a changed one */
    JOB_IMPORT, /* a CSV file of 60 rows */
    JOB_BULK,   /* 200 rows with their indexes made anew */
    JOB_UNDO,
    JOB_REDO,
    JOB_MERGE, /* another copy's changes, where both changed one field */
    JOB_BACKUP,
    JOB_CHECK,  /* all checks */
    JOB_REPORT, /* the page for the client */
    JOB_COUNT
};

/* Where a job works. ROUND makes what it writes another thing each time. */
struct job_bench {
    struct place *place;
    struct workbook *workbook;
    int round;
};

struct job {
    const char *name;
    bool (*run)(struct job_bench *bench, struct fault *fault);
    bool writes; /* a batch, where it goes well */
};

const struct job *job_of(enum job_id id);

/* Makes test.c5 with the starter set and two edits that undo can take back, other.c5 that parted
 * from it between the two, and the files that jobs read; all closed again. */
void jobs_prepare(struct place *place);

/* Opens the file NAME of the place; NULL with the fault. */
struct workbook *jobs_open(struct place *place, const char *name, struct fault *fault);

/* True where the workbook is sound: pages, references, content and history. Else the first finding
 * is the fault. */
bool jobs_is_sound(struct workbook *workbook, struct fault *fault);

#endif
