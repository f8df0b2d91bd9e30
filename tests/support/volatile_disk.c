/* Owns the VFS that notes every call; the account it keeps is disk_account.c. */
#include "support/testing.h"

#include "support/volatile_disk.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "support/disk_account.h"
#include "support/passing_file.h"

struct volatile_disk {
    struct disk_account account;
    char *folder;
};

struct noted_file {
    struct passing_file passed;
    int file; /* in the account, -1 for one that is not in the folder */
    bool syncs_folder;
};

/* SQLite's list of VFS is the process's own, and so is this one. */
static struct volatile_disk *installed;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs noting_vfs;

static struct noted_file *noted_of(sqlite3_file *file) {
    return (struct noted_file *)file;
}

static void note(sqlite3_file *file, struct disk_call call) {
    call.file = noted_of(file)->file;
    if (call.file >= 0) {
        disk_account_note(&installed->account, &call);
    }
}

static int do_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    note(file, (struct disk_call){.kind = DISK_WRITE,
                                  .offset = (size_t)offset,
                                  .len_bytes = (size_t)count,
                                  .bytes = bytes});
    return passing_real(file)->pMethods->xWrite(passing_real(file), bytes, count, offset);
}

static int do_truncate(sqlite3_file *file, sqlite3_int64 size) {
    note(file, (struct disk_call){.kind = DISK_TRUNCATE, .offset = (size_t)size});
    return passing_real(file)->pMethods->xTruncate(passing_real(file), size);
}

/* The real disk need not sync: nobody cuts its power. */
static int do_sync(sqlite3_file *file, int flags) {
    (void)flags;
    note(file, (struct disk_call){.kind = DISK_SYNC});
    if (noted_of(file)->syncs_folder) {
        note(file, (struct disk_call){.kind = DISK_SYNC_FOLDER});
        noted_of(file)->syncs_folder = false;
    }
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {PASSING_METHODS, .xRead = passing_read,
                                           .xWrite = do_write, .xTruncate = do_truncate,
                                           .xSync = do_sync};

/* Returns the name of the path in the folder; NULL where it is elsewhere or has none. */
static const char *name_within(const char *path) {
    size_t len_bytes = strlen(installed->folder);
    bool is_within = path != NULL && strncmp(path, installed->folder, len_bytes) == 0 &&
                     path[len_bytes] == '/' && strchr(path + len_bytes + 1, '/') == NULL;
    return is_within ? path + len_bytes + 1 : NULL;
}

static int do_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                   int *out_flags) {
    struct noted_file *noted = noted_of(file);
    const char *name = name_within(path);
    bool is_made = name != NULL && access(path, F_OK) != 0;
    (void)vfs;
    noted->passed.real = (sqlite3_file *)(noted + 1);
    int result = real_vfs->xOpen(real_vfs, path, noted->passed.real, flags, out_flags);
    noted->passed.base.pMethods = noted->passed.real->pMethods == NULL ? NULL : &methods;
    noted->file = -1;
    noted->syncs_folder = is_made && flags & SQLITE_OPEN_MAIN_JOURNAL;
    if (result == SQLITE_OK && name != NULL && (flags & SQLITE_OPEN_DELETEONCLOSE) == 0) {
        noted->file = is_made ? disk_account_make(&installed->account, name)
                              : disk_account_find(&installed->account, name, path);
    }
    return result;
}

static int do_delete(sqlite3_vfs *vfs, const char *path, int sync_folder) {
    const char *name = name_within(path);
    (void)vfs;
    int result = real_vfs->xDelete(real_vfs, path, 0);
    if (result == SQLITE_OK && name != NULL) {
        disk_account_delete(&installed->account, name);
        if (sync_folder) {
            disk_account_note(&installed->account, &(struct disk_call){.kind = DISK_SYNC_FOLDER});
        }
    }
    return result;
}

struct volatile_disk *volatile_disk_install(const char *folder) {
    struct volatile_disk *disk = memory_zero(1, sizeof *disk);
    installed = disk;
    disk->folder = memory_copy_text(folder);
    real_vfs = sqlite3_vfs_find(NULL);
    noting_vfs = *real_vfs;
    noting_vfs.zName = "volatile";
    noting_vfs.szOsFile = real_vfs->szOsFile + (int)sizeof(struct noted_file);
    noting_vfs.xOpen = do_open;
    noting_vfs.xDelete = do_delete;
    assert_int_equal(sqlite3_vfs_register(&noting_vfs, 1), SQLITE_OK);
    return disk;
}

void volatile_disk_remove(struct volatile_disk *disk) {
    assert_ptr_equal(disk, installed);
    assert_int_equal(sqlite3_vfs_unregister(&noting_vfs), SQLITE_OK);
    assert_int_equal(sqlite3_vfs_register(real_vfs, 1), SQLITE_OK);
    installed = NULL;
}

void volatile_disk_mark(struct volatile_disk *disk) {
    disk_account_note(&disk->account, &(struct disk_call){.kind = DISK_MARK});
}

size_t volatile_disk_calls(const struct volatile_disk *disk) {
    return disk->account.call_count;
}

int volatile_disk_cut(const struct volatile_disk *disk, size_t calls, unsigned seed,
                      const char *folder) {
    return disk_account_cut(&disk->account,
                            &(struct disk_cut){.calls = calls, .seed = seed, .folder = folder});
}

void volatile_disk_free(struct volatile_disk *disk) {
    disk_account_free(&disk->account);
    free(disk->folder);
    free(disk);
}
