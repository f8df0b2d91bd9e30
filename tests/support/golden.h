/* Texts that were read by a person once, kept in tests/ROOM/golden/NAME and compared since. */
#ifndef CLAUSE5_TESTS_SUPPORT_GOLDEN_H
#define CLAUSE5_TESTS_SUPPORT_GOLDEN_H

#include <stdbool.h>

#include "clause5/base/buffer.h"

struct golden_name {
    const char *room;
    const char *file;
};

/* Fails the test, showing the lines that differ, where TEXT is not what stands in the golden file.
 * With CLAUSE5_GOLDEN=write in the environment the file is written instead: read it before it is
 * committed. */
#define golden_expect(in_room, named, text)                                                        \
    golden_check(&(struct golden_name){.room = (in_room), .file = (named)}, text, __FILE__,        \
                 __LINE__)
void golden_check(const struct golden_name *name, const char *text, const char *file, int line);

/* Appends the lines in which the two texts differ, "-12 ..." as expected and "+12 ..." as found;
 * returns false where there are none. */
bool golden_compare(struct buffer *out, const char *expected, const char *found);

#endif
