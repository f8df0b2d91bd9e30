/* Owns how a damaged file is made readable: copied, its header written anew, its tables found.
 * Knows nothing of rows. */
#include "clause5/store/wreck.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "store/connection.h"
#include "store/state.h"
#include "store/wreck_inside.h"

enum {
    PAGE_BYTES = 4096, /* of every workbook: workbook.c */
    PIECE_BYTES = 1 << 18,
    HEADER_BYTES = 100,
    HEADER_SIZES = 16,     /* page size and what goes with it, to COUNTER */
    HEADER_COUNTER = 24,   /* of changes */
    HEADER_PAGES = 28,     /* how many pages the file has */
    HEADER_FREE = 32,      /* the free pages: none, as nothing is written */
    HEADER_COOKIE = 40,    /* of the schema */
    HEADER_FORMAT = 44,    /* schema format, encoding, versions, to the end */
    HEADER_VALID_FOR = 92, /* the counter that PAGES goes with */
    LEAF_CONTENT = 105,    /* of page 1: where its rows begin */
    LEAF_TABLE = 0x0d,
};

/* A new, empty workbook to compare with, and to look up where tables lie. */
struct pattern {
    struct workbook *workbook;
    unsigned char header[HEADER_BYTES];
    sqlite3_int64 size_bytes;
};

bool wreck_fault(const struct wreck *wreck, struct fault *fault) {
    return fault_set(fault, FAULT_FAILED, "%s: the copy to salvage from cannot be read: %s",
                     wreck->path, sqlite3_errmsg(wreck->database));
}

static bool cannot_copy(const struct wreck *wreck, int error, struct fault *fault) {
    return fault_set(fault, FAULT_FAILED, "%s cannot be copied to be looked at: %s", wreck->path,
                     strerror(error));
}

static bool write_wholly(int descriptor, const unsigned char *bytes, size_t len_bytes) {
    while (len_bytes > 0) {
        ssize_t written = write(descriptor, bytes, len_bytes);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        len_bytes -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* Reads a piece; where it cannot be had whole, its pages one by one. A failing disk may hand over
 * what stands before a bad sector and say nothing: what it keeps to itself becomes zeroes. */
static void read_piece(int from, unsigned char *piece, size_t wanted, off_t at) {
    memset(piece, 0, PIECE_BYTES);
    if (pread(from, piece, wanted, at) == (ssize_t)wanted) {
        return;
    }
    for (size_t page = 0; page < wanted; page += PAGE_BYTES) {
        size_t part = wanted - page < PAGE_BYTES ? wanted - page : (size_t)PAGE_BYTES;
        if (pread(from, piece + page, part, at + (off_t)page) < 0) {
            memset(piece + page, 0, part);
        }
    }
}

/* Copies what can be read. */
static bool copy_pieces(const struct wreck *wreck, int from, int to, struct fault *fault) {
    unsigned char *piece = memory_zero(PIECE_BYTES, 1);
    struct stat status = {0};
    bool good = fstat(from, &status) == 0;
    for (off_t at = 0; good && at < status.st_size; at += PIECE_BYTES) {
        size_t wanted =
            status.st_size - at < PIECE_BYTES ? (size_t)(status.st_size - at) : (size_t)PIECE_BYTES;
        read_piece(from, piece, wanted, at);
        wanted = (wanted + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES; /* the last page is whole */
        good = write_wholly(to, piece, wanted);
    }
    free(piece);
    return good || cannot_copy(wreck, errno, fault);
}

static bool copy_file(const struct wreck *wreck, const char *from, const char *to,
                      struct fault *fault) {
    int source = open(from, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    int target = open(to, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool good = source >= 0 && target >= 0 ? copy_pieces(wreck, source, target, fault)
                                           : cannot_copy(wreck, errno, fault);
    if (source >= 0) {
        close(source); /* it was only read */
    }
    if (target >= 0 && close(target) != 0 && good) {
        good = cannot_copy(wreck, errno, fault);
    }
    return good;
}

/* The copy, and the journal of a save that was cut off, which SQLite then plays back into it. */
static bool make_copy(struct wreck *wreck, struct fault *fault) {
    struct buffer copy = {0};
    struct buffer journal = {0};
    struct buffer copied = {0};
    char *folder = connection_folder(wreck->file);
    const char *name = strrchr(wreck->file, '/') + 1;
    buffer_addf(&copy, "%s/.%s.wreck-%ld", folder, name, (long)getpid());
    wreck->copy = buffer_take(&copy);
    buffer_addf(&journal, "%s-journal", wreck->file);
    buffer_addf(&copied, "%s-journal", wreck->copy);
    bool good =
        copy_file(wreck, wreck->file, wreck->copy, fault) &&
        (access(journal.bytes, F_OK) != 0 || copy_file(wreck, journal.bytes, copied.bytes, fault));
    buffer_free(&journal);
    buffer_free(&copied);
    free(folder);
    return good;
}

static bool pattern_open(struct pattern *pattern, const struct wreck *wreck,
                         const struct clock *clock, struct fault *fault) {
    struct buffer path = {0};
    sqlite3_file *file = NULL;
    buffer_addf(&path, "%s-pattern", wreck->copy);
    pattern->workbook = workbook_create(path.bytes, clock, fault);
    buffer_free(&path);
    if (pattern->workbook == NULL) {
        return false;
    }
    return (sqlite3_file_control(pattern->workbook->database, "main", SQLITE_FCNTL_FILE_POINTER,
                                 &file) == SQLITE_OK &&
            file->pMethods->xRead(file, pattern->header, HEADER_BYTES, 0) == SQLITE_OK &&
            file->pMethods->xFileSize(file, &pattern->size_bytes) == SQLITE_OK) ||
           wreck_fault(wreck, fault);
}

static void put_u32(unsigned char *bytes, uint32_t number) {
    for (int i = 3; i >= 0; i--, number >>= 8) {
        bytes[i] = (unsigned char)(number & 0xff);
    }
}

/* Writes the parts of the header anew that are the same in every workbook, and the count of pages
 * as the file has it. */
static void mend_header(unsigned char *header, const struct pattern *pattern, off_t size_bytes) {
    memcpy(header, pattern->header, HEADER_COUNTER);
    put_u32(header + HEADER_PAGES, (uint32_t)(size_bytes / PAGE_BYTES));
    memset(header + HEADER_FREE, 0, HEADER_COOKIE - HEADER_FREE);
    memcpy(header + HEADER_FORMAT, pattern->header + HEADER_FORMAT, HEADER_BYTES - HEADER_FORMAT);
    memcpy(header + HEADER_VALID_FOR, header + HEADER_COUNTER, 4);
}

/* Writes page 1 of the copy: with a new header, and as an empty leaf where IS_EMPTIED. Then the
 * copy is at least as long as a new workbook, so that what is put into the schema takes no page
 * that belongs to a table. */
static bool mend_page(struct wreck *wreck, const struct pattern *pattern, bool is_emptied,
                      struct fault *fault) {
    unsigned char page[PAGE_BYTES];
    struct stat status;
    int file = open(wreck->copy, O_RDWR | O_CLOEXEC);
    bool good = file >= 0 && fstat(file, &status) == 0;
    if (good && is_emptied && status.st_size < pattern->size_bytes) {
        status.st_size = pattern->size_bytes;
        good = ftruncate(file, pattern->size_bytes) == 0;
    }
    good = good && pread(file, page, sizeof page, 0) == (ssize_t)sizeof page;
    if (good && is_emptied) {
        memset(page + HEADER_BYTES, 0, sizeof page - HEADER_BYTES);
        page[HEADER_BYTES] = LEAF_TABLE;
        page[LEAF_CONTENT] = PAGE_BYTES >> 8;
    }
    if (good) {
        wreck->size_bytes = (int64_t)status.st_size;
        mend_header(page, pattern, status.st_size);
        good = pwrite(file, page, sizeof page, 0) == (ssize_t)sizeof page;
    }
    good = (file < 0 || close(file) == 0) && good;
    return good ||
           fault_set(fault, FAULT_FAILED, "%s is too short to hold anything that could be salvaged",
                     wreck->path);
}

/* SQLite without trust: nothing in the schema of the copy is ever run, and what is wrong with it
 * stops nothing. */
static bool open_copy(struct wreck *wreck, struct fault *fault) {
    static const int off[] = {
        SQLITE_DBCONFIG_DEFENSIVE,      SQLITE_DBCONFIG_TRUSTED_SCHEMA,
        SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
        SQLITE_DBCONFIG_ENABLE_FKEY,    SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION};
    sqlite3_close(wreck->database);
    wreck->database = NULL;
    if (sqlite3_open_v2(wreck->copy, &wreck->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                        NULL) != SQLITE_OK) {
        return wreck_fault(wreck, fault);
    }
    for (size_t i = 0; i < COUNT(off); i++) {
        if (sqlite3_db_config(wreck->database, off[i], 0, NULL) != SQLITE_OK) {
            return wreck_fault(wreck, fault);
        }
    }
    return sqlite3_exec(wreck->database,
                        "PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON;"
                        "PRAGMA cache_size = -4096; PRAGMA synchronous = OFF",
                        NULL, NULL, NULL) == SQLITE_OK ||
           wreck_fault(wreck, fault);
}

/* True where SQLite takes the schema well enough to read from that table. */
static bool can_prepare(const struct wreck *wreck, const char *table) {
    struct buffer sql = {0};
    sqlite3_stmt *statement = NULL;
    buffer_addf(&sql, "SELECT 1 FROM main.\"%s\" NOT INDEXED", table);
    bool can = sqlite3_prepare_v2(wreck->database, sql.bytes, -1, &statement, NULL) == SQLITE_OK;
    sqlite3_finalize(statement);
    buffer_free(&sql);
    return can;
}

/* True where every table that a workbook has is known to lie somewhere. */
static bool has_tables(const struct wreck *wreck, const struct pattern *pattern) {
    static const char look[] = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1";
    sqlite3_stmt *wanted = NULL;
    sqlite3_stmt *found = NULL;
    bool has_all = sqlite3_prepare_v2(pattern->workbook->database,
                                      "SELECT name, sql FROM sqlite_schema WHERE type = 'table'",
                                      -1, &wanted, NULL) == SQLITE_OK &&
                   sqlite3_prepare_v2(wreck->database, look, -1, &found, NULL) == SQLITE_OK;
    while (has_all && sqlite3_step(wanted) == SQLITE_ROW) {
        sqlite3_reset(found);
        sqlite3_bind_text(found, 1, (const char *)sqlite3_column_text(wanted, 0), -1,
                          SQLITE_TRANSIENT);
        has_all = sqlite3_step(found) == SQLITE_ROW && sqlite3_column_text(found, 0) != NULL &&
                  strcmp((const char *)sqlite3_column_text(found, 0),
                         (const char *)sqlite3_column_text(wanted, 1)) == 0 &&
                  can_prepare(wreck, (const char *)sqlite3_column_text(wanted, 0));
    }
    sqlite3_finalize(wanted);
    sqlite3_finalize(found);
    return has_all;
}

/* Puts the tables and indexes of the pattern into the emptied schema of the copy, at the same
 * pages. Indexes may have moved since, so that they only serve to name what is lost. */
static bool put_tables(struct wreck *wreck, const struct pattern *pattern, struct fault *fault) {
    sqlite3_stmt *from = NULL;
    sqlite3_stmt *to = NULL;
    bool good =
        sqlite3_prepare_v2(pattern->workbook->database,
                           "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema\n"
                           " WHERE type IN ('table', 'index')",
                           -1, &from, NULL) == SQLITE_OK &&
        sqlite3_exec(wreck->database, "BEGIN", NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(wreck->database,
                           "INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql)\n"
                           "VALUES (?1, ?2, ?3, ?4, ?5)",
                           -1, &to, NULL) == SQLITE_OK;
    while (good && sqlite3_step(from) == SQLITE_ROW) {
        sqlite3_reset(to);
        for (int i = 0; i < sqlite3_column_count(from); i++) {
            sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
        }
        good = sqlite3_step(to) == SQLITE_DONE;
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
    return (good && sqlite3_exec(wreck->database, "COMMIT", NULL, NULL, NULL) == SQLITE_OK) ||
           wreck_fault(wreck, fault);
}

/* Finds the tables: as the file says, else where a new workbook has them. */
static bool find_tables(struct wreck *wreck, const struct pattern *pattern, struct fault *fault) {
    if (has_tables(wreck, pattern)) {
        return true;
    }
    wreck->has_lost_schema = true;
    sqlite3_close(wreck->database);
    wreck->database = NULL;
    return mend_page(wreck, pattern, true, fault) && open_copy(wreck, fault) &&
           put_tables(wreck, pattern, fault) && open_copy(wreck, fault);
}

struct wreck *wreck_open(const char *path, const struct clock *clock, struct fault *fault) {
    struct wreck *wreck = memory_zero(1, sizeof *wreck);
    struct pattern pattern = {0};
    wreck->path = memory_copy_text(path);
    wreck->file = realpath(path, NULL);
    bool good = wreck->file != NULL
                    ? connection_check_place(path, wreck->file, fault)
                    : fault_set(fault, FAULT_FAILED, "%s: %s", path, strerror(errno));
    good = good && lock_take(&wreck->lock, wreck->file, fault) && make_copy(wreck, fault) &&
           pattern_open(&pattern, wreck, clock, fault) &&
           mend_page(wreck, &pattern, false, fault) && open_copy(wreck, fault) &&
           find_tables(wreck, &pattern, fault);
    workbook_close(pattern.workbook);
    if (!good) {
        wreck_close(wreck);
        return NULL;
    }
    return wreck;
}

void wreck_close(struct wreck *wreck) {
    if (wreck == NULL) {
        return;
    }
    sqlite3_close(wreck->database);
    if (wreck->copy != NULL) {
        struct buffer journal = {0};
        buffer_addf(&journal, "%s-journal", wreck->copy);
        unlink(wreck->copy);
        unlink(journal.bytes);
        buffer_free(&journal);
    }
    lock_release(&wreck->lock);
    free(wreck->copy);
    free(wreck->file);
    free(wreck->path);
    free(wreck);
}

bool wreck_has_lost_schema(const struct wreck *wreck) {
    return wreck->has_lost_schema;
}
