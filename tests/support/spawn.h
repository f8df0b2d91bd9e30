/* What every program started by a test gets: a fixed environment, and nothing of the tester's. */
#ifndef CLAUSE5_TESTS_SUPPORT_SPAWN_H
#define CLAUSE5_TESTS_SUPPORT_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

/* How long a test waits for what must come, in milliseconds; more under AddressSanitizer. It only
 * bounds a failing test: a passing one goes on as soon as the thing has come. */
int spawn_patience_ms(void);

/* Returns the milliseconds of a clock that only goes forward. */
long spawn_now_ms(void);

/* Returns a NULL-ended environment: the fixed one (TERM, LC_ALL, TZ, CLAUSE5_TODAY, and HOME where
 * HOME_FOLDER is not NULL), PATH and the options of the sanitizers as inherited, and EXTRA, a
 * NULL-ended list of NAME=VALUE that overrides, or NULL. Release with spawn_environment_free. */
char **spawn_environment(const char *home_folder, const char *const *extra);
void spawn_environment_free(char **environment);

/* In a fresh child: gives signals their defaults, goes to FOLDER unless it is NULL, and becomes
 * ARGV, found along PATH. Never returns; where it cannot, says so on standard error, status 127. */
_Noreturn void spawn_become(const char *const *argv, const char *folder, char **environment);

/* Returns the exit status as a shell gives it: 128 and the signal's number for a killed program. */
int spawn_exit_status(int wait_status);

/* True where the process and all below it wait for something to happen, or are stopped: none
 * computes, waits for a disk, or sleeps for a time it chose itself. */
bool spawn_is_waiting(pid_t pid);

/* True where the process is stopped, as by SIGTSTP. */
bool spawn_is_stopped(pid_t pid);

#endif
