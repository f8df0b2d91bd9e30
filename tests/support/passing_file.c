/* Owns handing calls on; knows nothing of why a disk does so. */
#include "support/testing.h"

#include "support/passing_file.h"

sqlite3_file *passing_real(sqlite3_file *file) {
    return ((struct passing_file *)file)->real;
}

int passing_close(sqlite3_file *file) {
    return passing_real(file)->pMethods->xClose(passing_real(file));
}

int passing_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return passing_real(file)->pMethods->xRead(passing_real(file), bytes, count, offset);
}

int passing_size(sqlite3_file *file, sqlite3_int64 *size) {
    return passing_real(file)->pMethods->xFileSize(passing_real(file), size);
}

int passing_lock(sqlite3_file *file, int level) {
    return passing_real(file)->pMethods->xLock(passing_real(file), level);
}

int passing_unlock(sqlite3_file *file, int level) {
    return passing_real(file)->pMethods->xUnlock(passing_real(file), level);
}

int passing_check_lock(sqlite3_file *file, int *is_reserved) {
    return passing_real(file)->pMethods->xCheckReservedLock(passing_real(file), is_reserved);
}

int passing_control(sqlite3_file *file, int operation, void *argument) {
    return passing_real(file)->pMethods->xFileControl(passing_real(file), operation, argument);
}

int passing_sector(sqlite3_file *file) {
    return passing_real(file)->pMethods->xSectorSize(passing_real(file));
}

int passing_characteristics(sqlite3_file *file) {
    return passing_real(file)->pMethods->xDeviceCharacteristics(passing_real(file));
}
