/* An open file of SQLite that hands calls on to the one behind it: what a disk of the tests does
 * not meddle with. */
#ifndef CLAUSE5_TESTS_SUPPORT_PASSING_FILE_H
#define CLAUSE5_TESTS_SUPPORT_PASSING_FILE_H

#include <sqlite3.h>

/* The beginning of such a file; the real one is opened by the disk. */
struct passing_file {
    sqlite3_file base;
    sqlite3_file *real;
};

sqlite3_file *passing_real(sqlite3_file *file);

int passing_close(sqlite3_file *file);
int passing_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset);
int passing_size(sqlite3_file *file, sqlite3_int64 *size);
int passing_lock(sqlite3_file *file, int level);
int passing_unlock(sqlite3_file *file, int level);
int passing_check_lock(sqlite3_file *file, int *is_reserved);
int passing_control(sqlite3_file *file, int operation, void *argument);
int passing_sector(sqlite3_file *file);
int passing_characteristics(sqlite3_file *file);

/* The methods that every disk leaves alone; it adds xRead, xWrite, xTruncate and xSync. */
#define PASSING_METHODS                                                                            \
    .iVersion = 1, .xClose = passing_close, .xFileSize = passing_size, .xLock = passing_lock,      \
    .xUnlock = passing_unlock, .xCheckReservedLock = passing_check_lock,                           \
    .xFileControl = passing_control, .xSectorSize = passing_sector,                                \
    .xDeviceCharacteristics = passing_characteristics

#endif
