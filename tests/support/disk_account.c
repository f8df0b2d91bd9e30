/* Owns what is durable and what is not, and what survives a cut; knows nothing of SQLite. */
#include "support/testing.h"

#include "support/disk_account.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "support/place.h"

enum { SECTOR_SIZE = 512 };

void disk_account_note(struct disk_account *account, const struct disk_call *call) {
    account->calls = memory_reserve(account->calls, &account->call_capacity,
                                    account->call_count + 1, sizeof *account->calls);
    struct disk_call *noted = &account->calls[account->call_count++];
    *noted = *call;
    noted->bytes = call->bytes == NULL ? NULL : memory_copy_bytes(call->bytes, call->len_bytes);
}

static int add_file(struct disk_account *account, struct disk_file file) {
    account->files = memory_reserve(account->files, &account->file_capacity,
                                    account->file_count + 1, sizeof *account->files);
    account->files[account->file_count] = file;
    return (int)account->file_count++;
}

int disk_account_make(struct disk_account *account, const char *name) {
    int file = add_file(account, (struct disk_file){.name = memory_copy_text(name)});
    disk_account_note(account, &(struct disk_call){.kind = DISK_MAKE, .file = file});
    return file;
}

/* The newest file of that name, -1 where there was none. */
static int newest_named(const struct disk_account *account, const char *name) {
    for (size_t i = account->file_count; i > 0; i--) {
        if (strcmp(account->files[i - 1].name, name) == 0) {
            return (int)i - 1;
        }
    }
    return -1;
}

int disk_account_find(struct disk_account *account, const char *name, const char *path) {
    int known = newest_named(account, name);
    if (known >= 0) {
        return known;
    }
    struct disk_file file = {.name = memory_copy_text(name)};
    file.bytes = place_read_path(path, &file.len_bytes);
    assert_non_null(file.bytes);
    return add_file(account, file);
}

void disk_account_delete(struct disk_account *account, const char *name) {
    int known = newest_named(account, name);
    if (known >= 0) {
        disk_account_note(account, &(struct disk_call){.kind = DISK_DELETE, .file = known});
    }
}

void disk_account_free(struct disk_account *account) {
    for (size_t i = 0; i < account->call_count; i++) {
        free((void *)(uintptr_t)account->calls[i].bytes);
    }
    for (size_t i = 0; i < account->file_count; i++) {
        free(account->files[i].name);
        free(account->files[i].bytes);
    }
    free(account->calls);
    free(account->files);
}

/* A file while the calls are gone through again. */
struct image {
    unsigned char *bytes;
    size_t len_bytes, capacity;
    bool is_named; /* its name leads to it, durably */
    size_t synced; /* the calls before this one are in it */
};

struct replay {
    const struct disk_account *account;
    const struct disk_cut *cut;
    struct image *images;
    size_t folder_synced; /* names are durable as of this call */
    uint64_t dice;
    unsigned share; /* of 100 unsynced writes, how many survive */
};

/* splitmix64 */
static unsigned roll(struct replay *replay, unsigned limit) {
    uint64_t z = replay->dice += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (unsigned)((z ^ (z >> 31)) % limit);
}

/* What was never written between the old end and the new one is whatever lay there on the disk. */
static void resize(struct replay *replay, struct image *image, size_t len_bytes) {
    size_t old = image->len_bytes;
    image->bytes = memory_reserve(image->bytes, &image->capacity, len_bytes + 1, 1);
    if (len_bytes > old) {
        memset(image->bytes + old, roll(replay, 2) == 0 ? 0 : 0xa5, len_bytes - old);
    }
    image->len_bytes = len_bytes;
}

/* Writes sector by sector; where it is torn, each sector comes or stays out. */
static void apply(struct replay *replay, struct image *image, const struct disk_call *call,
                  bool is_torn) {
    if (call->kind == DISK_TRUNCATE) {
        resize(replay, image, call->offset);
        return;
    }
    if (call->offset + call->len_bytes > image->len_bytes) {
        resize(replay, image, call->offset + call->len_bytes);
    }
    for (size_t at = 0; at < call->len_bytes;) {
        size_t part = SECTOR_SIZE - (call->offset + at) % SECTOR_SIZE;
        part = part < call->len_bytes - at ? part : call->len_bytes - at;
        if (!is_torn || roll(replay, 2) == 0) {
            memcpy(image->bytes + call->offset + at, (const char *)call->bytes + at, part);
        }
        at += part;
    }
}

/* Makes all that came before the call END durable in the file. */
static void sync_file(struct replay *replay, int file, size_t end) {
    struct image *image = &replay->images[file];
    for (size_t i = image->synced; i < end; i++) {
        const struct disk_call *call = &replay->account->calls[i];
        if (call->file == file && (call->kind == DISK_WRITE || call->kind == DISK_TRUNCATE)) {
            apply(replay, image, call, false);
        }
    }
    image->synced = end;
}

static void sync_folder(struct replay *replay, size_t end) {
    for (size_t i = replay->folder_synced; i < end; i++) {
        const struct disk_call *call = &replay->account->calls[i];
        if (call->kind == DISK_MAKE || call->kind == DISK_DELETE) {
            replay->images[call->file].is_named = call->kind == DISK_MAKE;
        }
    }
    replay->folder_synced = end;
}

/* Lets some of what was written and not synced survive. */
static void survive_writes(struct replay *replay, int file) {
    struct image *image = &replay->images[file];
    for (size_t i = image->synced; i < replay->cut->calls; i++) {
        const struct disk_call *call = &replay->account->calls[i];
        if (call->file == file && (call->kind == DISK_WRITE || call->kind == DISK_TRUNCATE) &&
            roll(replay, 100) < replay->share) {
            apply(replay, image, call, roll(replay, 4) == 0);
        }
    }
}

/* Names come and go in their order, up to some moment. */
static void survive_names(struct replay *replay) {
    size_t unsynced = replay->cut->calls - replay->folder_synced;
    sync_folder(replay, replay->folder_synced + roll(replay, (unsigned)unsynced + 1));
}

static void write_image(const struct replay *replay, int file) {
    const struct image *image = &replay->images[file];
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", replay->cut->folder, replay->account->files[file].name);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, image->bytes, image->len_bytes), image->len_bytes);
    assert_int_equal(close(descriptor), 0);
}

static int go_to_cut(struct replay *replay) {
    int marks = 0;
    for (size_t i = 0; i < replay->cut->calls; i++) {
        const struct disk_call *call = &replay->account->calls[i];
        if (call->kind == DISK_SYNC) {
            sync_file(replay, call->file, i);
        } else if (call->kind == DISK_SYNC_FOLDER) {
            sync_folder(replay, i);
        }
        marks += call->kind == DISK_MARK;
    }
    return marks;
}

int disk_account_cut(const struct disk_account *account, const struct disk_cut *cut) {
    static const unsigned shares[] = {0, 20, 50, 80, 100};
    struct replay replay = {.account = account, .cut = cut, .dice = cut->seed};
    replay.images = memory_zero(account->file_count, sizeof *replay.images);
    replay.share = shares[roll(&replay, sizeof shares / sizeof shares[0])];
    for (size_t i = 0; i < account->file_count; i++) {
        const struct disk_file *file = &account->files[i];
        replay.images[i].is_named = file->bytes != NULL;
        resize(&replay, &replay.images[i], file->len_bytes);
        if (file->len_bytes > 0) {
            memcpy(replay.images[i].bytes, file->bytes, file->len_bytes);
        }
    }
    int marks = go_to_cut(&replay);
    survive_names(&replay);
    for (size_t i = 0; i < account->file_count; i++) {
        if (replay.images[i].is_named) {
            survive_writes(&replay, (int)i);
            write_image(&replay, (int)i);
        }
        free(replay.images[i].bytes);
    }
    free(replay.images);
    return marks;
}
