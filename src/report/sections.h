/* The sections of the report, a function each. Each appends what stands below its heading; false
 * with the frame's fault. */
#ifndef REPORT_SECTIONS_H
#define REPORT_SECTIONS_H

#include <stdbool.h>

#include "report/frame.h"

/* The title page, and the title that the browser shows. */
bool section_cover(struct frame *frame);
bool section_page_title(struct frame *frame);

bool section_summary(struct frame *frame);
bool section_readiness(struct frame *frame);
bool section_findings(struct frame *frame);
bool section_gaps(struct frame *frame);
bool section_requirements(struct frame *frame);
bool section_evidence(struct frame *frame);
bool section_policies(struct frame *frame);
bool section_roles(struct frame *frame);
bool section_matrix(struct frame *frame);
bool section_objectives(struct frame *frame);
bool section_reviews(struct frame *frame);
bool section_actions(struct frame *frame);
bool section_resources(struct frame *frame);
bool section_method(struct frame *frame);
bool section_earlier(struct frame *frame);
bool section_distribution(struct frame *frame);
bool section_unproven(struct frame *frame);

#endif
