/* Owns a VFS that hands every call on to the real one until its count runs out. */
#include "support/testing.h"

#include "support/faulty_disk.h"

#include <sqlite3.h>
#include <string.h>

struct faulty_file {
    sqlite3_file base;
    sqlite3_file *real;
};

/* SQLite's list of VFS is the process's own, and so is this one. */
static struct faulty_disk *disk;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs faulty_vfs;

static bool fails(void) {
    disk->calls++;
    if (disk->calls_left < 0) {
        return false;
    }
    if (disk->calls_left > 0) {
        disk->calls_left--;
        return false;
    }
    disk->failures++;
    if (disk->fails_once) {
        disk->calls_left = -1;
    }
    return true;
}

static sqlite3_file *real_of(sqlite3_file *file) {
    return ((struct faulty_file *)file)->real;
}

static int do_close(sqlite3_file *file) {
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int do_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return fails() ? SQLITE_IOERR_READ
                   : real_of(file)->pMethods->xRead(real_of(file), bytes, count, offset);
}

static int do_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    if (fails()) {
        return disk->is_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return real_of(file)->pMethods->xWrite(real_of(file), bytes, count, offset);
}

static int do_truncate(sqlite3_file *file, sqlite3_int64 size) {
    return fails() ? SQLITE_IOERR_TRUNCATE
                   : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int do_sync(sqlite3_file *file, int flags) {
    return fails() ? SQLITE_IOERR_FSYNC : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int do_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int do_lock(sqlite3_file *file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int do_unlock(sqlite3_file *file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int do_check_lock(sqlite3_file *file, int *is_reserved) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is_reserved);
}

static int do_control(sqlite3_file *file, int operation, void *argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int do_sector(sqlite3_file *file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int do_characteristics(sqlite3_file *file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods methods = {.iVersion = 1,
                                           .xClose = do_close,
                                           .xRead = do_read,
                                           .xWrite = do_write,
                                           .xTruncate = do_truncate,
                                           .xSync = do_sync,
                                           .xFileSize = do_size,
                                           .xLock = do_lock,
                                           .xUnlock = do_unlock,
                                           .xCheckReservedLock = do_check_lock,
                                           .xFileControl = do_control,
                                           .xSectorSize = do_sector,
                                           .xDeviceCharacteristics = do_characteristics};

static int do_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                   int *out_flags) {
    struct faulty_file *faulty = (struct faulty_file *)file;
    (void)vfs;
    if (fails()) {
        faulty->base.pMethods = NULL;
        return disk->is_full ? SQLITE_FULL : SQLITE_CANTOPEN;
    }
    faulty->real = (sqlite3_file *)(faulty + 1);
    int result = real_vfs->xOpen(real_vfs, name, faulty->real, flags, out_flags);
    faulty->base.pMethods = faulty->real->pMethods == NULL ? NULL : &methods;
    return result;
}

static int do_delete(sqlite3_vfs *vfs, const char *name, int sync_folder) {
    (void)vfs;
    return fails() ? SQLITE_IOERR_DELETE : real_vfs->xDelete(real_vfs, name, sync_folder);
}

void faulty_disk_install(struct faulty_disk *installed) {
    disk = installed;
    real_vfs = sqlite3_vfs_find(NULL);
    faulty_vfs = *real_vfs;
    faulty_vfs.zName = "faulty";
    faulty_vfs.szOsFile = real_vfs->szOsFile + (int)sizeof(struct faulty_file);
    faulty_vfs.xOpen = do_open;
    faulty_vfs.xDelete = do_delete;
    assert_int_equal(sqlite3_vfs_register(&faulty_vfs, 1), SQLITE_OK);
}

void faulty_disk_remove(void) {
    assert_int_equal(sqlite3_vfs_unregister(&faulty_vfs), SQLITE_OK);
    assert_int_equal(sqlite3_vfs_register(real_vfs, 1), SQLITE_OK);
}
