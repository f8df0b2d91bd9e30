/* Owns what an action takes over from a line of the walk; the questions are raise.c's. */
#include "panes/checklist/walk_raise.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "panes/frame/raise.h"

/* What was found, in its first line; where there is no note, what is asked. The caller frees. */
static char *title_of(const struct walk_line *line) {
    const char *note = value_text(&line->assessment.values[ASSESSMENT_NOTE]);
    return note[0] == '\0'
               ? memory_copy_text(value_text(&line->requirement.values[REQUIREMENT_TITLE]))
               : memory_copy_bytes(note, strcspn(note, "\n"));
}

void walk_raise_action(struct app *app, const struct walk_line *line) {
    char *title = title_of(line);
    raise_action(app, &(struct raise_plan){
                          .title = title,
                          .description = value_text(&line->assessment.values[ASSESSMENT_NOTE]),
                          .source = "finding",
                          .register_id = REGISTER_ASSESSMENT,
                          .id = line->assessment.id,
                          .link_field = -1,
                      });
    free(title);
}
