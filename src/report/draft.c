/* Owns the list of drafts and where their templates lie; the words are in data/templates. */
#include "clause5/report/draft.h"

#include <string.h>

#include "clause5/base/embedded.h"
#include "report/template.h"

static const char *const names[] = {
    "leadership-statement", "information-security-policy",
    "role-profile",         "review-agenda",
    "review-minutes",       "audit-plan",
    "communication-plan",   NULL,
};

const char *const *draft_names(void) {
    return names;
}

static bool is_known(const char *name) {
    for (const char *const *known = names; *known != NULL; known++) {
        if (strcmp(*known, name) == 0) {
            return true;
        }
    }
    return false;
}

static bool refuse_name(const char *name, struct fault *fault) {
    struct buffer list = {0};
    for (const char *const *known = names; *known != NULL; known++) {
        buffer_addf(&list, "%s%s", known > names ? ", " : "", *known);
    }
    fault_set(fault, FAULT_USAGE, "\"%s\" is no template (use %s)", name, buffer_text(&list));
    buffer_free(&list);
    return false;
}

bool draft_write(struct workbook *workbook, const char *name, struct buffer *out,
                 struct fault *fault) {
    if (!is_known(name)) {
        return refuse_name(name, fault);
    }
    struct buffer path = {0};
    buffer_addf(&path, "templates/%s.md", name);
    const struct embedded_file *text = embedded_find(buffer_text(&path));
    buffer_free(&path);
    if (text == NULL) {
        return fault_set(fault, FAULT_FAILED, "the template %s is missing from this build", name);
    }
    const struct template_source source = {
        .name = name, .text = (const char *)text->bytes, .queries = "report/draft.sql"};
    return template_render(&source, workbook, out, fault);
}
