/* A program on a pseudo-terminal, and when it says what. */
#ifndef CLAUSE5_TESTS_BENCH_WATCH_H
#define CLAUSE5_TESTS_BENCH_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { WATCH_ROWS = 24, WATCH_COLUMNS = 80 };

struct watch {
    pid_t pid;
    int terminal;                                                     /* the master's end */
    int64_t started_ns;                                               /* just before exec */
    void (*hear)(void *context, const char *bytes, size_t len_bytes); /* what it says; or NULL */
    void *context;
};

/* Returns nanoseconds of a clock that only goes forward. */
int64_t watch_now_ns(void);

/* Starts ARGV, found along PATH, on a terminal of its own; WATCH is zeroed but for who hears.
 * False, with a message on standard error, where there is no terminal to be had. */
bool watch_start(struct watch *watch, char *const *argv);

/* Reads what the program says until it has been still for QUIET_MS. Returns when its last byte
 * came; 0 where it said nothing for PATIENCE_MS. */
int64_t watch_until_still(struct watch *watch, int quiet_ms, int patience_ms);

/* Types KEYS. Returns when. */
int64_t watch_type(struct watch *watch, const char *keys);

/* Returns the most memory that the program has held so far, in KiB; 0 where it is gone. */
long watch_peak_kib(const struct watch *watch);

/* Takes the terminal away and waits for the program to end, killing it where that is not enough. */
void watch_end(struct watch *watch);

#endif
