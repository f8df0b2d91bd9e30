/* A folder of a test's own, gone when the test is. What it hands out belongs to it. */
#ifndef CLAUSE5_TESTS_SUPPORT_PLACE_H
#define CLAUSE5_TESTS_SUPPORT_PLACE_H

#include <stdbool.h>
#include <stddef.h>

struct place;

/* Makes an empty folder below TMPDIR, or /tmp. Release with place_free. */
struct place *place_new(void);

/* Returns the path of NAME in the place, of the place itself for "". Lives as long as the place. */
const char *place_path(struct place *place, const char *name);

/* Makes the folder NAME and those above it; returns its path. */
const char *place_make_folder(struct place *place, const char *name);

/* Writes the file NAME anew; returns its path. */
const char *place_write(struct place *place, const char *name, const char *text);
const char *place_write_bytes(struct place *place, const char *name, const void *bytes,
                              size_t len_bytes);

/* Returns what stands in the file NAME, NUL-terminated, its length in *LEN_BYTES unless that is
 * NULL; fails the test where it cannot be read. Lives as long as the place. */
const char *place_read(struct place *place, const char *name, size_t *len_bytes);

/* True where NAME is there, whatever it is. */
bool place_has(struct place *place, const char *name);

/* Returns how many entries the folder NAME ("" for the place) holds, hidden ones too. */
size_t place_count(struct place *place, const char *name);

/* Reads any file, given its whole path; the caller frees. NULL where it cannot be read. */
char *place_read_path(const char *path, size_t *len_bytes);

/* Removes the folder with all in it, read-only parts too. NULL is nothing. */
void place_free(struct place *place);

#endif
