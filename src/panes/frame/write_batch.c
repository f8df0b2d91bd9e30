/* Owns the frame of a batch; knows nothing of what is written in it. */
#include "panes/frame/write_batch.h"

#include "clause5/rules/edit.h"

bool write_batch(struct app *app, const char *label,
                 bool (*write)(void *context, struct workbook *workbook, struct fault *fault),
                 void *context) {
    struct workbook *workbook = app_workbook(app);
    struct fault fault = {0};
    if (!app_may_write(app)) {
        return false;
    }
    bool is_open = edit_begin(workbook, label, &fault);
    bool is_done = is_open && write(context, workbook, &fault);
    if (is_done) {
        is_done = edit_commit(workbook, &fault);
    } else if (is_open) {
        edit_abandon(workbook);
    }
    if (is_done) {
        app_stored(app, "%s", label);
    } else {
        app_say_fault(app, &fault);
    }
    return is_done;
}
