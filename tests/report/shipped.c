/* Owns making workbooks of the shipped sets for tests; knows nothing of what is read from them. */
#include "report/shipped.h"

#include "clause5/base/clock.h"
#include "support/testing.h"
#include "support/workbook.h"

struct workbook *shipped_new(struct place *place, enum seed_set set) {
    const struct seed_plan plan = {.set = set,
                                   .organisation = set == SEED_SAMPLE ? NULL : "Acme Ltd",
                                   .leader = set == SEED_SAMPLE ? NULL : "Ada Lovelace",
                                   .security = set == SEED_SAMPLE ? NULL : "Alan Turing"};
    struct clock clock;
    struct fault fault = {0};
    assert_true(clock_read(&clock, &fault));
    if (!seed_create(place_path(place, "test.c5"), &plan, &clock, &fault)) {
        fail_msg("%s", fault_text(&fault));
    }
    return support_workbook_open(place, WORKBOOK_WRITE);
}
