/* Evidence of a line of the walk: asked for in one short prompt, opened, and its page. */
#ifndef CLAUSE5_PANES_LINE_EVIDENCE_H
#define CLAUSE5_PANES_LINE_EVIDENCE_H

#include "panes/frame/app.h"

/* Asks for evidence that is known, or for a file, and links it to the line of the assessment; a
 * file becomes a new record, which is sealed. True where something was stored. */
bool line_evidence_ask(struct app *app, int64_t assessment);

/* Seals (DO_SEAL) or verifies (DO_VERIFY_SEAL) all evidence of the line. Returns outcome flags. */
unsigned line_evidence_act(struct app *app, int64_t assessment, int action);

/* Opens the page of the line's evidence. */
unsigned line_evidence_show(struct app *app, int64_t assessment);

/* Opens the file of a record of evidence or of a policy's version with the desktop's program, or
 * says why not. Returns outcome flags. */
unsigned line_evidence_open(struct app *app, enum register_id register_id, int64_t id);

#endif
