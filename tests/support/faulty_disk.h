/* A disk under SQLite that fails when it is told to. */
#ifndef CLAUSE5_TESTS_SUPPORT_FAULTY_DISK_H
#define CLAUSE5_TESTS_SUPPORT_FAULTY_DISK_H

#include <stdbool.h>

/* What the disk does, and what it did. */
struct faulty_disk {
    long calls_left; /* this many reads, writes, syncs, truncations, opens and deletions still
                        work; -1: all */
    bool fails_once; /* works again after the first failure; else fails from then on */
    bool is_full;    /* failures of writing say that the disk is full */
    long failures;   /* how many calls failed so far */
    long calls;      /* how many were made so far */
};

/* Puts the disk under every file that SQLite opens from now on; DISK lives on. */
void faulty_disk_install(struct faulty_disk *disk);
void faulty_disk_remove(void);

#endif
