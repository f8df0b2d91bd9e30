/* Owns what is said of the search for moved evidence; knows nothing of how it is done. */
#include "panes/checklist/moved_keys.h"

#include "clause5/audit/moved.h"
#include "panes/frame/long_work.h"

enum { HANDLED = OUTCOME_HANDLED | OUTCOME_REDRAW };

unsigned moved_keys_find(struct app *app, const char *folder) {
    struct long_work work;
    struct moved moved;
    struct fault fault = {0};
    if (!app_may_write(app)) {
        return HANDLED;
    }
    long_work_begin_reading(&work, app, "Looking for moved evidence");
    bool is_done = moved_find(app_workbook(app), folder, &moved, &fault);
    long_work_end(&work);
    if (!is_done) {
        return app_say_fault(app, &fault);
    }
    if (moved.missing == 0) {
        app_say(app, MEANING_GOOD, "Every sealed file is where the workbook says");
    } else if (moved.found == 0) {
        app_say(app, MEANING_WARNING,
                "None of the %zu missing files was found: :evidence-folder FOLDER looks elsewhere",
                moved.missing);
    } else {
        app_stored(app, "%zu of %zu missing files found again", moved.found, moved.missing);
    }
    return HANDLED;
}
