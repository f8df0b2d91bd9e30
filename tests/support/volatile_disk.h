/* A disk that loses what was not synced: a VFS under SQLite that keeps account of every call in one
 * folder, and builds what could be found there after the power was cut at any of them.
 *
 * A write that was not synced survives or not, each for itself, perhaps in part (sectors of 512
 * bytes); where a file grew, a hole that was never written holds anything. A name that was made or
 * removed is not there, or still there, until its folder is synced: with the deletion where SQLite
 * asks for that, and with the first sync of a journal. What goes past SQLite (a file that the
 * program makes itself, a renaming) counts as durable when SQLite first opens it. */
#ifndef CLAUSE5_TESTS_SUPPORT_VOLATILE_DISK_H
#define CLAUSE5_TESTS_SUPPORT_VOLATILE_DISK_H

#include <stdbool.h>
#include <stddef.h>

struct volatile_disk;

/* Puts the disk under every file that SQLite opens from now on, with what lies in FOLDER now as
 * durable. One at a time. Release with volatile_disk_free, after the last cut. */
struct volatile_disk *volatile_disk_install(const char *folder);

/* Takes it away again, when all files are closed; what it noted stays. */
void volatile_disk_remove(struct volatile_disk *disk);

/* Notes that something has been accepted: what came before must survive. */
void volatile_disk_mark(struct volatile_disk *disk);

/* Returns how many calls were noted so far, marks among them. */
size_t volatile_disk_calls(const struct volatile_disk *disk);

/* Writes into FOLDER what a cut after CALLS calls can leave; the same SEED gives the same. Returns
 * how many marks came before the cut. */
int volatile_disk_cut(const struct volatile_disk *disk, size_t calls, unsigned seed,
                      const char *folder);

void volatile_disk_free(struct volatile_disk *disk);

#endif
