/* Owns the questions before an import: which file, into what. */
#include "panes/staging/staging_open.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/exchange/csv_read.h"
#include "clause5/store/mapping.h"
#include "panes/frame/complete_path.h"
#include "panes/staging/staging_pages.h"

enum { SHEETS_MOST = REGISTER_COUNT + 1 };

static void complete(void *context, const char *typed, struct candidates *out) {
    (void)context;
    complete_path(typed, out);
}

static bool is_readable(void *context, const char *text, struct fault *fault) {
    (void)context;
    struct stat status;
    char *trimmed = text_trim(text);
    char *path = complete_path_home(trimmed);
    bool is_there = stat(path, &status) == 0;
    free(trimmed);
    free(path);
    return is_there ||
           fault_set(fault, FAULT_REFUSED, "There is no file or folder %s (Tab completes)", text);
}

static bool ask_path(struct app *app, struct buffer *path) {
    const struct prompt_options options = {
        .label = "Import the CSV file or folder: ", .complete = complete, .accept = is_readable};
    return dialog_prompt(app_stage(app), &options, path) && path->len_bytes > 0;
}

/* Returns the sheet that the file is most likely of, else what the present view shows. */
static const char *propose(const char *path, enum register_id shown) {
    const char *here = shown >= 0 && shown < REGISTER_COUNT ? register_describe(shown)->name : NULL;
    const char *proposed = import_propose_sheet(path, here);
    return proposed != NULL ? proposed : here != NULL ? here : "policy";
}

/* Appends the first row of the file as a header is remembered by. */
static void read_header(const char *path, struct buffer *out) {
    const struct csv_source source = {.path = path};
    const struct csv_format format = {0};
    struct csv_row row;
    struct fault fault = {0};
    struct csv_reader *reader = csv_open(&source, &format, &fault);
    if (reader != NULL && csv_next(reader, &row, &fault) == 1) {
        staging_print_header(row.cells, (size_t)row.cell_count, out);
    }
    csv_close(reader);
    fault_clear(&fault);
}

/* Returns the sheet that a file with this header went into before, or NULL; the caller frees. */
static char *remembered_sheet(struct app *app, const char *header) {
    struct mapping mapping = {0};
    struct fault fault = {0};
    char *sheet = NULL;
    if (mapping_load(app_workbook(app), header, &mapping, &fault) == LOOKUP_FOUND) {
        sheet = memory_copy_text(mapping.sheet);
    }
    mapping_free(&mapping);
    fault_clear(&fault);
    return sheet;
}

/* Asks which register; NULL where the question was left. */
static const char *ask_sheet(struct app *app, const char *path, const char *header,
                             enum register_id shown) {
    struct menu_item items[SHEETS_MOST];
    char *remembered = remembered_sheet(app, header);
    const char *proposed = remembered != NULL ? remembered : propose(path, shown);
    size_t count = 0, chosen = 0;
    items[count++] = (struct menu_item){.label = "Responsibility matrix", .detail = "raci"};
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const struct register_description *described = register_describe((enum register_id)id);
        chosen = strcmp(described->name, proposed) == 0 ? count : chosen;
        items[count++] = (struct menu_item){.label = described->label, .detail = described->name};
    }
    const struct menu menu = {
        .title = "Import into", .items = items, .count = count, .chosen = chosen};
    int answer = dialog_choose(app_stage(app), &menu);
    free(remembered);
    return answer == DIALOG_NO_ANSWER ? NULL : items[answer].detail;
}

static unsigned open_rows(struct app *app, const char *path, const char *sheet,
                          const char *header) {
    struct staging *staging = staging_new(app, path, sheet);
    const struct view_place place = {
        .register_id = REGISTER_NONE, .owner_field = -1, .subject = staging};
    staging_remember(staging, header);
    staging_try(staging);
    if (!staging->is_mapping_remembered && staging_remember_seen(staging)) {
        staging_try(staging);
    }
    if (!staging->is_tried &&
        (staging->fault.kind == FAULT_STOPPED || staging->fault.kind == FAULT_FAILED)) {
        app_say(app, MEANING_FAULT, "%s", fault_text(&staging->fault));
        staging_free(staging);
        return OUTCOME_HANDLED | OUTCOME_REDRAW;
    }
    return app_open_page(app, &staging_view_ops, &place);
}

unsigned staging_open(struct app *app, enum register_id shown) {
    struct buffer typed = {0}, header = {0};
    struct stat status;
    if (app_may_write(app) && ask_path(app, &typed)) {
        char *trimmed = text_trim(buffer_text(&typed));
        char *path = complete_path_home(trimmed);
        free(trimmed);
        bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
        if (!is_folder) {
            read_header(path, &header);
        }
        const char *sheet = is_folder ? "all" : ask_sheet(app, path, buffer_text(&header), shown);
        if (sheet != NULL) {
            open_rows(app, path, sheet, buffer_text(&header));
        }
        free(path);
    }
    buffer_free(&typed);
    buffer_free(&header);
    return OUTCOME_HANDLED | OUTCOME_REDRAW;
}
