/* Owns a VFS that hands every call on to the real one until its count runs out. */
#include "support/testing.h"

#include "support/faulty_disk.h"

#include <string.h>

#include "support/passing_file.h"

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

static int do_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return fails() ? SQLITE_IOERR_READ
                   : passing_real(file)->pMethods->xRead(passing_real(file), bytes, count, offset);
}

static int do_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    if (fails()) {
        return disk->is_full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    return passing_real(file)->pMethods->xWrite(passing_real(file), bytes, count, offset);
}

static int do_truncate(sqlite3_file *file, sqlite3_int64 size) {
    return fails() ? SQLITE_IOERR_TRUNCATE
                   : passing_real(file)->pMethods->xTruncate(passing_real(file), size);
}

static int do_sync(sqlite3_file *file, int flags) {
    return fails() ? SQLITE_IOERR_FSYNC
                   : passing_real(file)->pMethods->xSync(passing_real(file), flags);
}

static const sqlite3_io_methods methods = {PASSING_METHODS, .xRead = do_read, .xWrite = do_write,
                                           .xTruncate = do_truncate, .xSync = do_sync};

static int do_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                   int *out_flags) {
    struct passing_file *faulty = (struct passing_file *)file;
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
    faulty_vfs.szOsFile = real_vfs->szOsFile + (int)sizeof(struct passing_file);
    faulty_vfs.xOpen = do_open;
    faulty_vfs.xDelete = do_delete;
    assert_int_equal(sqlite3_vfs_register(&faulty_vfs, 1), SQLITE_OK);
}

void faulty_disk_remove(void) {
    assert_int_equal(sqlite3_vfs_unregister(&faulty_vfs), SQLITE_OK);
    assert_int_equal(sqlite3_vfs_register(real_vfs, 1), SQLITE_OK);
}
