/* Owns the counting of requests for memory; knows nothing of what they are for. */
#include "support/testing.h"

#include "faults/lean_memory.h"

#include <csv.h>
#include <dirent.h>
#include <errno.h>
#include <iconv.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* Memory is the process's own, and so is its count. */
static struct {
    bool is_armed, is_once;
    enum lean_memory memory;
    long left, requests, failures;
} lean;

static sqlite3_mem_methods real_methods;

static bool is_refused(enum lean_memory memory) {
    if (!lean.is_armed || lean.memory != memory) {
        return false;
    }
    lean.requests++;
    if (lean.left > 0) {
        lean.left--;
        return false;
    }
    if (lean.is_once && lean.failures > 0) {
        return false;
    }
    lean.failures++;
    errno = ENOMEM;
    return true;
}

static void *lean_malloc(int size) {
    return is_refused(LEAN_SQLITE) ? NULL : real_methods.xMalloc(size);
}

static void *lean_realloc(void *memory, int size) {
    return is_refused(LEAN_SQLITE) ? NULL : real_methods.xRealloc(memory, size);
}

void lean_memory_install(void) {
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_methods), SQLITE_OK);
    sqlite3_mem_methods methods = real_methods;
    methods.xMalloc = lean_malloc;
    methods.xRealloc = lean_realloc;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
}

void lean_memory_arm(enum lean_memory memory, long calls, bool once) {
    lean.memory = memory;
    lean.left = calls;
    lean.is_once = once;
    lean.requests = 0;
    lean.failures = 0;
    lean.is_armed = true;
}

long lean_memory_disarm(void) {
    lean.is_armed = false;
    return lean.failures;
}

long lean_memory_requests(void) {
    return lean.requests;
}

/* The linker leads the program's calls to these; their names are its own. */
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_reallocarray(void *items, size_t count, size_t size);
void *__wrap_reallocarray(void *items, size_t count, size_t size);
char *__real_realpath(const char *path, char *resolved);
char *__wrap_realpath(const char *path, char *resolved);
DIR *__real_opendir(const char *path);
DIR *__wrap_opendir(const char *path);
FILE *__real_fdopen(int descriptor, const char *mode);
FILE *__wrap_fdopen(int descriptor, const char *mode);
FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode);
iconv_t __real_iconv_open(const char *to, const char *from);
iconv_t __wrap_iconv_open(const char *to, const char *from);
int __real_csv_init(struct csv_parser *parser, unsigned char options);
int __wrap_csv_init(struct csv_parser *parser, unsigned char options);

void *__wrap_calloc(size_t count, size_t size) {
    return is_refused(LEAN_PROGRAM) ? NULL : __real_calloc(count, size);
}

void *__wrap_reallocarray(void *items, size_t count, size_t size) {
    return is_refused(LEAN_PROGRAM) ? NULL : __real_reallocarray(items, count, size);
}

char *__wrap_realpath(const char *path, char *resolved) {
    return is_refused(LEAN_PROGRAM) ? NULL : __real_realpath(path, resolved);
}

DIR *__wrap_opendir(const char *path) {
    return is_refused(LEAN_PROGRAM) ? NULL : __real_opendir(path);
}

FILE *__wrap_fdopen(int descriptor, const char *mode) {
    return is_refused(LEAN_PROGRAM) ? NULL : __real_fdopen(descriptor, mode);
}

FILE *__wrap_fopen(const char *path, const char *mode) {
    return is_refused(LEAN_PROGRAM) ? NULL : __real_fopen(path, mode);
}

iconv_t __wrap_iconv_open(const char *to, const char *from) {
    return is_refused(LEAN_PROGRAM) ? (iconv_t)-1 : __real_iconv_open(to, from);
}

static void *csv_memory(void *memory, size_t size) {
    return is_refused(LEAN_PROGRAM) ? NULL : realloc(memory, size);
}

int __wrap_csv_init(struct csv_parser *parser, unsigned char options) {
    int result = __real_csv_init(parser, options);
    csv_set_realloc_func(parser, csv_memory);
    return result;
}
