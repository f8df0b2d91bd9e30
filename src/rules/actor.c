/* Owns where a user's name is kept and which one counts; knows nothing of how it is asked for. */
#include "clause5/rules/actor.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/state_folder.h"
#include "clause5/base/text.h"
#include "clause5/store/record.h"

enum { ACTOR_MOST_BYTES = 400 };

static bool shows_wholly(const char *name) {
    const size_t len_bytes = strlen(name);
    uint32_t code;
    size_t step;
    for (size_t at = 0; at < len_bytes; at += step) {
        step = text_decode(name + at, len_bytes - at, &code);
        if (step == 0 || text_is_foreign(code)) {
            return false;
        }
    }
    return true;
}

bool actor_check_name(const char *name, struct fault *fault) {
    const size_t len_bytes = strlen(name);
    if (name[strspn(name, " \t")] == '\0') {
        return fault_set(fault, FAULT_REFUSED,
                         "Type your name, so that the history can say who did it");
    }
    if (len_bytes >= ACTOR_MOST_BYTES - 1) {
        return fault_set(fault, FAULT_REFUSED, "The name is too long: at most %d bytes",
                         ACTOR_MOST_BYTES - 2);
    }
    if (text_find_invalid(name, len_bytes) < len_bytes) {
        return fault_set(fault, FAULT_REFUSED, "The name is not valid UTF-8: type it anew");
    }
    return shows_wholly(name) ||
           fault_set(fault, FAULT_REFUSED,
                     "The name holds a character that does not show: type it anew");
}

char *actor_read_kept(void) {
    struct buffer text = {0};
    struct fault fault = {0};
    char *name = NULL;
    if (state_folder_read("actor", &text)) {
        char *line = buffer_take(&text);
        line[strcspn(line, "\n")] = '\0';
        name = text_trim(line);
        free(line);
    }
    buffer_free(&text);
    if (name != NULL && !actor_check_name(name, &fault)) {
        free(name);
        name = NULL;
    }
    fault_clear(&fault);
    return name;
}

void actor_keep(const char *name) {
    struct buffer text = {0};
    buffer_addf(&text, "%s\n", name);
    state_folder_keep("actor", buffer_text(&text));
    buffer_free(&text);
}

char *actor_read_assessor(struct workbook *workbook) {
    struct fault fault = {0};
    struct record record = {0};
    char *name = NULL;
    if (record_load(workbook, REGISTER_WORKBOOK, WORKBOOK_ROW_ID, &record, &fault) ==
        LOOKUP_FOUND) {
        const char *assessor = value_text(&record.values[WORKBOOK_ASSESSOR]);
        name = actor_check_name(assessor, &fault) ? memory_copy_text(assessor) : NULL;
        record_free(&record);
    }
    fault_clear(&fault);
    return name;
}

void actor_choose(struct workbook *workbook) {
    char *name = actor_read_kept();
    if (name == NULL) {
        name = actor_read_assessor(workbook);
    }
    if (name != NULL) {
        workbook_set_actor(workbook, name);
    }
    free(name);
}
