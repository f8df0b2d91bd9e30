/* Memory that runs out when it is told to: SQLite's own, through its allocator, and what the
 * program and the libraries it calls ask for, through the linker (--wrap in tests/CMakeLists.txt).
 */
#ifndef CLAUSE5_TESTS_FAULTS_LEAN_MEMORY_H
#define CLAUSE5_TESTS_FAULTS_LEAN_MEMORY_H

#include <stdbool.h>

enum lean_memory { LEAN_SQLITE, LEAN_PROGRAM, LEAN_MEMORIES };

/* Puts the allocator under SQLite; before SQLite is used at all. */
void lean_memory_install(void);

/* From now on CALLS requests of that memory are met, and the next is not; where ONCE those after it
 * are again. */
void lean_memory_arm(enum lean_memory memory, long calls, bool once);

/* Meets every request again. Returns how many were not met since it was armed. */
long lean_memory_disarm(void);

/* Returns how many requests of that memory there were since it was last armed. */
long lean_memory_requests(void);

#endif
