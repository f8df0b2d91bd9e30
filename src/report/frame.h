/* What the parts of the report share while it is written. */
#ifndef REPORT_FRAME_H
#define REPORT_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/store/query.h"
#include "clause5/store/workbook.h"

struct check_run;
struct readiness;

struct frame {
    struct workbook *workbook;
    struct check_run *run;
    const struct readiness *readiness;
    struct buffer *out;
    struct fault *fault;
    int64_t audit; /* the round that is reported; 0 where there is none */
    char today[DATE_TEXT_SIZE];
};

/* Opens a query of data/report/report.sql with :today and :audit bound; as queries_open. */
struct query *frame_open_query(struct frame *frame, const char *name);

/* The same with the words of the checks, as queries_open_known. */
struct query *frame_open_known(struct frame *frame, const char *name);

#endif
