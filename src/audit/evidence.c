/* Owns evidence of lines: what a typed text names, the record made of a file, the link. Seals are
 * seal.c's; who asks is not known here. */
#include "clause5/audit/evidence.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/audit/seal.h"
#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/rules/edit.h"
#include "clause5/store/file_digest.h"
#include "clause5/store/query.h"
#include "clause5/store/record.h"

void evidence_named_free(struct evidence_named *named) {
    free(named->location);
    *named = (struct evidence_named){0};
}

/* Returns how many records SQL finds with :text bound, the first in *ID; -1 with the fault. */
static int find_records(struct workbook *workbook, const char *sql, const char *text, int64_t *id,
                        struct fault *fault) {
    struct query *query = query_open(workbook, sql, fault);
    int count = 0;
    int step = -1;
    if (query != NULL) {
        query_bind_text(query, ":text", text);
        while ((step = query_step(query, fault)) == 1) {
            *id = count == 0 ? query_whole(query, 0) : *id;
            count++;
        }
    }
    query_close(query);
    return step < 0 ? -1 : count;
}

static const char by_name_sql[] =
    "SELECT id FROM evidence"
    " WHERE ref = :text COLLATE NOCASE OR title = :text COLLATE NOCASE"
    " ORDER BY ref = :text COLLATE NOCASE DESC, ref LIMIT 1";

static const char by_location_sql[] =
    "SELECT id FROM evidence WHERE location = :text ORDER BY ref LIMIT 1";

static const char by_words_sql[] =
    "SELECT id FROM evidence"
    " WHERE instr(lower(ref), lower(:text)) > 0 OR instr(lower(title), lower(:text)) > 0"
    " ORDER BY ref";

/* Returns the path from the workbook's folder where it lies in it, else as it is, with the home
 * folder in place of ~. */
static char *shorten(const struct workbook *workbook, const char *text) {
    const char *home = getenv("HOME");
    struct buffer path = {0};
    bool is_home = text[0] == '~' && text[1] == '/' && home != NULL;
    buffer_add(&path, is_home ? home : "");
    buffer_add(&path, is_home ? text + 1 : text);
    char *folder = file_digest_place(workbook, "");
    char *whole = realpath(folder, NULL);
    size_t len = whole == NULL ? 0 : strlen(whole);
    const char *typed = buffer_text(&path);
    bool is_inside = len > 1 && strncmp(typed, whole, len) == 0 && typed[len] == '/';
    char *location = memory_copy_text(is_inside ? typed + len + 1 : typed);
    free(folder);
    free(whole);
    buffer_free(&path);
    return location;
}

static bool is_file(const struct workbook *workbook, const char *location) {
    struct stat status;
    char *place = file_digest_place(workbook, location);
    bool is_plain = stat(place, &status) == 0 && S_ISREG(status.st_mode);
    free(place);
    return is_plain;
}

/* Refuses words that fit no record, or several. */
static bool find_words(struct workbook *workbook, const char *text, struct evidence_named *named,
                       struct fault *fault) {
    int count = find_records(workbook, by_words_sql, text, &named->id, fault);
    if (count == 0) {
        return fault_set(fault, FAULT_REFUSED,
                         "\"%s\" is no evidence here and no file: Tab completes both", text);
    }
    return count == 1 ||
           (count > 1 &&
            fault_set(fault, FAULT_REFUSED,
                      "\"%s\" is in %d pieces of evidence: Tab goes through them", text, count));
}

bool evidence_find(struct workbook *workbook, const char *text, struct evidence_named *named,
                   struct fault *fault) {
    char *name = text_trim(text);
    *named = (struct evidence_named){.kind = EVIDENCE_KNOWN};
    if (name[0] == '\0') {
        free(name);
        return fault_set(fault, FAULT_REFUSED, "type a ref, a title or the path of a file");
    }
    int count = find_records(workbook, by_name_sql, name, &named->id, fault);
    char *location = shorten(workbook, name);
    if (count == 0) {
        count = find_records(workbook, by_location_sql, location, &named->id, fault);
    }
    bool is_web = strstr(location, "://") != NULL;
    bool is_good = count > 0;
    if (count == 0 && (is_web || is_file(workbook, location))) {
        named->kind = is_web ? EVIDENCE_WEB : EVIDENCE_FILE;
        named->location = memory_copy_text(location);
        is_good = true;
    } else if (count == 0) {
        is_good = find_words(workbook, name, named, fault);
    }
    free(location);
    free(name);
    return is_good;
}

char *evidence_propose_title(const char *location) {
    if (strstr(location, "://") != NULL) {
        return memory_copy_text(location);
    }
    const char *slash = strrchr(location, '/');
    const char *name = slash == NULL || slash[1] == '\0' ? location : slash + 1;
    const char *dot = strrchr(name, '.');
    size_t len = dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name);
    char *title = memory_copy_bytes(name, len);
    for (char *at = title; *at != '\0'; at++) {
        bool is_between_digits = *at == '-' && at > title && at[-1] >= '0' && at[-1] <= '9' &&
                                 at[1] >= '0' && at[1] <= '9';
        if (*at == '_' || (*at == '-' && !is_between_digits)) {
            *at = ' ';
        }
    }
    if (title[0] >= 'a' && title[0] <= 'z') {
        title[0] = (char)(title[0] - 'a' + 'A');
    }
    return title;
}

/* What the file's ending tells of its kind, a choice of evidence.kind. */
static const char *kind_of(const char *location) {
    static const struct {
        const char *ending, *kind;
    } kinds[] = {
        {".png", "screenshot"}, {".jpg", "screenshot"}, {".jpeg", "screenshot"}, {".log", "log"},
        {".csv", "record"},     {".xlsx", "record"},    {".ods", "record"},      {".eml", "record"},
    };
    const char *dot = strrchr(location, '.');
    for (size_t i = 0; i < COUNT(kinds) && dot != NULL; i++) {
        if (text_compare_ascii_case(dot, kinds[i].ending) == 0) {
            return kinds[i].kind;
        }
    }
    return "document";
}

/* A link being made or taken away: the names that its batch bears. */
struct linking {
    struct workbook *workbook;
    const struct evidence_plan *plan;
    struct buffer line, ref;
};

static void free_linking(struct linking *linking) {
    buffer_free(&linking->line);
    buffer_free(&linking->ref);
}

/* Reads the line's key and the record's ref, which for a new record is the next free one. */
static bool read_names(struct linking *linking, struct fault *fault) {
    const struct evidence_plan *plan = linking->plan;
    enum lookup found = record_print_key_of(linking->workbook, REGISTER_ASSESSMENT,
                                            plan->assessment, &linking->line, fault);
    if (found == LOOKUP_FOUND && plan->id == 0) {
        char *next = record_propose_ref(linking->workbook, REGISTER_EVIDENCE);
        buffer_add(&linking->ref, next == NULL ? "" : next);
        free(next);
    } else if (found == LOOKUP_FOUND) {
        found = record_print_key_of(linking->workbook, REGISTER_EVIDENCE, plan->id, &linking->ref,
                                    fault);
    }
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED, "the line or the evidence is no longer there");
    }
    return found == LOOKUP_FOUND;
}

/* Stores the record of a new file or address, sealing a file. */
static bool add_record(const struct linking *linking, int64_t *id, struct fault *fault) {
    struct workbook *workbook = linking->workbook;
    const struct evidence_plan *plan = linking->plan;
    char today[DATE_TEXT_SIZE];
    workbook_print_today(workbook, today);
    struct value values[EVIDENCE_FIELDS] = {
        [EVIDENCE_REF] = value_of_text(buffer_text(&linking->ref)),
        [EVIDENCE_TITLE] = value_of_text(plan->title),
        [EVIDENCE_KIND] = value_of_text(kind_of(plan->location)),
        [EVIDENCE_LOCATION] = value_of_text(plan->location),
        [EVIDENCE_COLLECTED_ON] = value_of_text(today),
        [EVIDENCE_COLLECTED_BY] = value_of_text(workbook_actor(workbook)),
    };
    bool is_web = strstr(plan->location, "://") != NULL;
    bool is_added = edit_insert(workbook, REGISTER_EVIDENCE, values, id, fault) &&
                    (is_web || seal_record(workbook, REGISTER_EVIDENCE, *id, fault));
    values_free(values, EVIDENCE_FIELDS);
    return is_added;
}

/* The link as its register keeps it. */
static void fill_link(const struct linking *linking, int64_t evidence, struct value *values) {
    values[EVIDENCE_LINK_EVIDENCE] = value_of_whole(evidence);
    values[EVIDENCE_LINK_REGISTER] = value_of_text(register_describe(REGISTER_ASSESSMENT)->name);
    values[EVIDENCE_LINK_RECORD] = value_of_text(buffer_text(&linking->line));
}

/* Finds the link of the record to the line. */
static enum lookup find_link(const struct linking *linking, int64_t *link, struct fault *fault) {
    struct value values[EVIDENCE_LINK_FIELDS] = {0};
    fill_link(linking, linking->plan->id, values);
    enum lookup found = record_find(linking->workbook, REGISTER_EVIDENCE_LINK, values, link, fault);
    values_free(values, EVIDENCE_LINK_FIELDS);
    return found;
}

static bool begin(const struct linking *linking, const char *verbs[2], struct fault *fault) {
    struct buffer label = {0};
    buffer_addf(&label, "%s %s %s %s", verbs[0], buffer_text(&linking->ref), verbs[1],
                buffer_text(&linking->line));
    bool is_begun = edit_begin(linking->workbook, buffer_text(&label), fault);
    buffer_free(&label);
    return is_begun;
}

/* Writes in the open batch, and commits it or leaves it. */
static bool write_link(const struct linking *linking, int64_t *id, struct fault *fault) {
    struct value values[EVIDENCE_LINK_FIELDS] = {0};
    int64_t link = 0;
    *id = linking->plan->id;
    bool is_stored = *id != 0 || add_record(linking, id, fault);
    fill_link(linking, *id, values);
    is_stored = is_stored &&
                edit_insert(linking->workbook, REGISTER_EVIDENCE_LINK, values, &link, fault) &&
                edit_commit(linking->workbook, fault);
    if (!is_stored) {
        edit_abandon(linking->workbook);
    }
    values_free(values, EVIDENCE_LINK_FIELDS);
    return is_stored;
}

bool evidence_link(struct workbook *workbook, const struct evidence_plan *plan, int64_t *id,
                   struct fault *fault) {
    struct linking linking = {.workbook = workbook, .plan = plan};
    int64_t link = 0;
    bool is_good = read_names(&linking, fault);
    if (is_good && plan->id != 0) {
        enum lookup found = find_link(&linking, &link, fault);
        is_good = found == LOOKUP_NONE ||
                  (found == LOOKUP_FOUND &&
                   fault_set(fault, FAULT_REFUSED, "%s is linked to %s already",
                             buffer_text(&linking.ref), buffer_text(&linking.line)));
    }
    is_good = is_good && begin(&linking, (const char *[]){"link", "to"}, fault) &&
              write_link(&linking, id, fault);
    free_linking(&linking);
    return is_good;
}

bool evidence_unlink(struct workbook *workbook, int64_t assessment, int64_t id,
                     struct fault *fault) {
    const struct evidence_plan plan = {.assessment = assessment, .id = id};
    struct linking linking = {.workbook = workbook, .plan = &plan};
    int64_t link = 0;
    bool is_good = read_names(&linking, fault);
    enum lookup found = is_good ? find_link(&linking, &link, fault) : LOOKUP_FAULT;
    if (found == LOOKUP_NONE) {
        fault_set(fault, FAULT_REFUSED, "%s is not linked to %s", buffer_text(&linking.ref),
                  buffer_text(&linking.line));
    }
    is_good = found == LOOKUP_FOUND && begin(&linking, (const char *[]){"unlink", "from"}, fault);
    if (is_good) {
        is_good = edit_delete(workbook, REGISTER_EVIDENCE_LINK, link, fault) &&
                  edit_commit(workbook, fault);
        if (!is_good) {
            edit_abandon(workbook);
        }
    }
    free_linking(&linking);
    return is_good;
}
