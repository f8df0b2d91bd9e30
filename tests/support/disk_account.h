/* What volatile_disk.c notes, and what a cut makes of it. Private to these two. */
#ifndef CLAUSE5_TESTS_SUPPORT_DISK_ACCOUNT_H
#define CLAUSE5_TESTS_SUPPORT_DISK_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>

enum disk_call_kind {
    DISK_WRITE,
    DISK_TRUNCATE,
    DISK_SYNC,
    DISK_SYNC_FOLDER,
    DISK_MAKE,
    DISK_DELETE,
    DISK_MARK,
};

struct disk_call {
    enum disk_call_kind kind;
    int file;      /* index among the files; of a DELETE that whose name goes */
    size_t offset; /* of a TRUNCATE the size */
    size_t len_bytes;
    const void *bytes; /* copied when noted */
};

/* A file as it was made: a name that is made twice names two of them. */
struct disk_file {
    char *name;
    char *bytes; /* that were durable when it was first seen; NULL for one that was made */
    size_t len_bytes;
};

struct disk_account {
    struct disk_call *calls;
    size_t call_count, call_capacity;
    struct disk_file *files;
    size_t file_count, file_capacity;
};

void disk_account_note(struct disk_account *account, const struct disk_call *call);

/* Return the index of a file: of one that is made, and of one that is there, at PATH, where it is
 * not known yet. */
int disk_account_make(struct disk_account *account, const char *name);
int disk_account_find(struct disk_account *account, const char *name, const char *path);

/* Notes that the name goes; nothing where it is not known. */
void disk_account_delete(struct disk_account *account, const char *name);

struct disk_cut {
    size_t calls;
    unsigned seed;
    const char *folder;
};

/* As volatile_disk_cut. */
int disk_account_cut(const struct disk_account *account, const struct disk_cut *cut);

void disk_account_free(struct disk_account *account);

#endif
