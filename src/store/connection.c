/* Owns how SQLite is set up and what is looked at before it may read; knows nothing of registers.
 *
 * The file's header is read through SQLite's own descriptor: POSIX locks fall when any descriptor
 * of a file is closed, so a process that has a workbook open must never open and close it by
 * itself. */
#include "store/connection.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "store/backup_shelf.h"
#include "store/database.h"
#include "store/functions.h"
#include "store/schema.h"
#include "store/state.h"

enum {
    BUSY_MS = 5000, /* the short moment of somebody else's commit or read */
    HEADER_SIZE = 100,
    HEADER_WRITE_VERSION = 18, /* 2: write-ahead mode */
    HEADER_READ_VERSION = 19,
    HEADER_USER_VERSION = 60,
    HEADER_APPLICATION_ID = 68,
    STEPS_BETWEEN_LOOKS = 20000, /* of SQLite's machine, between two calls of the watcher */
};

static const struct {
    int limit, most;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 64 << 20},      {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
    {SQLITE_LIMIT_COLUMN, 256},           {SQLITE_LIMIT_EXPR_DEPTH, 200},
    {SQLITE_LIMIT_COMPOUND_SELECT, 100},  {SQLITE_LIMIT_VDBE_OP, 100000},
    {SQLITE_LIMIT_FUNCTION_ARG, 32},      {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 1000}, {SQLITE_LIMIT_TRIGGER_DEPTH, 8},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

bool connection_check_place(const char *path, const char *file, struct fault *fault) {
    struct stat status;
    if (stat(file, &status) != 0) {
        return fault_set(fault, FAULT_FAILED, "%s: %s", path, strerror(errno));
    }
    if (S_ISDIR(status.st_mode)) {
        return fault_set(fault, FAULT_FAILED, "%s is a folder, not a workbook", path);
    }
    if (!S_ISREG(status.st_mode)) {
        return fault_set(fault, FAULT_FAILED,
                         "%s is a pipe or a device, not a workbook: name a plain file", path);
    }
    return true;
}

char *connection_folder(const char *file) {
    const char *slash = strrchr(file, '/');
    if (slash == NULL) {
        return memory_copy_text(".");
    }
    return memory_copy_bytes(file, slash == file ? 1 : (size_t)(slash - file));
}

/* Large sorts go to unlinked files beside the workbook, never to a folder that others share. SQLite
 * keeps one such folder for the whole process: the one of the workbook opened last. */
static void set_temporary_folder(const char *file) {
    char *folder = connection_folder(file);
    sqlite3_free(sqlite3_temp_directory);
    sqlite3_temp_directory = sqlite3_mprintf("%s", folder);
    free(folder);
}

void connection_use_folder(const struct workbook *workbook) {
    set_temporary_folder(workbook->file);
}

static int look_for_stop(void *context) {
    struct workbook *workbook = context;
    return workbook->should_stop != NULL && workbook->should_stop(workbook->stop_context);
}

static bool configure(struct workbook *workbook, struct fault *fault) {
    sqlite3 *database = workbook->database;
    char *folder = connection_folder(workbook->file);
    bool is_folder_writable = access(folder, W_OK) == 0;
    free(folder);
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, BUSY_MS);
    sqlite3_progress_handler(database, STEPS_BETWEEN_LOOKS, look_for_stop, workbook);
    for (size_t i = 0; i < COUNT(limits); i++) {
        sqlite3_limit(database, limits[i].limit, limits[i].most);
    }
    if (sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK ||
        sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL) != SQLITE_OK ||
        sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL) != SQLITE_OK ||
        sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) != SQLITE_OK ||
        sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL) != SQLITE_OK ||
        sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) != SQLITE_OK) {
        return database_fault(workbook, fault, "open it safely");
    }
    /* The limit is one for the process: near it, SQLite takes its oldest pages for new ones, and
     * temporary tables go to their files, which would take 2 MiB each otherwise. */
    return database_run(workbook,
                        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
                        "PRAGMA cache_size = -4096; PRAGMA synchronous = EXTRA;"
                        "PRAGMA soft_heap_limit = 6291456;",
                        fault) &&
           (is_folder_writable || database_run(workbook, "PRAGMA temp_store = MEMORY", fault));
}

bool connection_open(struct workbook *workbook, struct fault *fault) {
    int flags = workbook->mode == WORKBOOK_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    set_temporary_folder(workbook->file);
    if (sqlite3_open_v2(workbook->file, &workbook->database,
                        flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                        NULL) != SQLITE_OK) {
        return database_fault(workbook, fault, "open it");
    }
    if (!connection_check_header(workbook, fault) || !configure(workbook, fault)) {
        return false;
    }
    workbook->rolling_back = database_prepare(workbook, "ROLLBACK", fault);
    return workbook->rolling_back != NULL && functions_register(workbook, fault);
}

static uint32_t read_u32(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool is_of_workbook(const unsigned char *header) {
    return memcmp(header, "SQLite format 3", 16) == 0 &&
           read_u32(header + HEADER_APPLICATION_ID) == SCHEMA_APPLICATION_ID;
}

/* Refuses what is no workbook by its first bytes. It may be one whose beginning is damaged: where
 * backups lie beside it, or where its name says so and it is no other program's database. */
static bool refuse_stranger(const struct workbook *workbook, bool is_database,
                            struct fault *fault) {
    static const char ending[] = ".c5";
    const size_t len_bytes = strlen(workbook->file);
    struct buffer folder = {0};
    struct stat status;
    backup_shelf_folder(workbook->file, &folder);
    bool has_backups = stat(buffer_text(&folder), &status) == 0 && S_ISDIR(status.st_mode);
    buffer_free(&folder);
    bool is_named = len_bytes >= sizeof ending &&
                    strcmp(workbook->file + len_bytes - (sizeof ending - 1), ending) == 0;
    if (has_backups || (is_named && !is_database)) {
        return fault_set(fault, FAULT_DAMAGED,
                         "%s is no clause5 workbook, or its beginning is damaged", workbook->path);
    }
    return fault_set(fault, FAULT_FAILED, "%s is no clause5 workbook: clause5 new FILE makes one",
                     workbook->path);
}

bool workbook_is_at(const char *path) {
    unsigned char header[HEADER_SIZE];
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return false;
    }
    bool is_workbook =
        read(file, header, sizeof header) == (ssize_t)sizeof header && is_of_workbook(header);
    close(file); /* it was only read */
    return is_workbook;
}

static bool judge_header(const struct workbook *workbook, const unsigned char *header,
                         struct fault *fault) {
    uint32_t version = read_u32(header + HEADER_USER_VERSION);
    if (!is_of_workbook(header)) {
        bool is_database = memcmp(header, "SQLite format 3", 16) == 0;
        return refuse_stranger(workbook, is_database, fault);
    }
    if (header[HEADER_WRITE_VERSION] != 1 || header[HEADER_READ_VERSION] != 1) {
        return fault_set(fault, FAULT_FAILED,
                         "%s was put into write-ahead mode by another program: turn it back with "
                         "sqlite3 FILE 'PRAGMA journal_mode=DELETE'",
                         workbook->path);
    }
    if (version > SCHEMA_VERSION) {
        return fault_set(fault, FAULT_FAILED,
                         "%s has schema version %u, this program knows up to %d: a newer clause5 "
                         "that knows version %u is needed",
                         workbook->path, version, SCHEMA_VERSION, version);
    }
    return true;
}

bool connection_check_header(struct workbook *workbook, struct fault *fault) {
    unsigned char header[HEADER_SIZE];
    sqlite3_file *file = NULL;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(workbook->database, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
            SQLITE_OK ||
        file == NULL || file->pMethods == NULL) {
        return database_fault(workbook, fault, "look at it");
    }
    int result = file->pMethods->xFileSize(file, &size);
    if (result == SQLITE_OK && workbook->is_new && size == 0) {
        return true;
    }
    if (result == SQLITE_OK && size >= HEADER_SIZE) {
        result = file->pMethods->xRead(file, header, sizeof header, 0);
    }
    if (result != SQLITE_OK && result != SQLITE_IOERR_SHORT_READ) {
        return database_fault_of(workbook, result & 0xff, fault, "look at it");
    }
    if (result != SQLITE_OK || size < HEADER_SIZE) {
        return refuse_stranger(workbook, size == 0, fault);
    }
    return judge_header(workbook, header, fault);
}

/* A writer that was killed before its journal held anything leaves an empty one, which SQLite
 * passes over. Called under the write lock, where a journal that matters has been played back and
 * is gone. */
static void remove_cold_journal(const char *file) {
    struct buffer journal = {0};
    struct stat status;
    buffer_addf(&journal, "%s-journal", file);
    if (lstat(journal.bytes, &status) == 0 && S_ISREG(status.st_mode)) {
        unlink(journal.bytes);
    }
    buffer_free(&journal);
}

bool connection_stand(struct workbook *workbook, struct fault *fault) {
    if (sqlite3_db_readonly(workbook->database, "main") != 0) {
        return fault_set(fault, FAULT_FAILED,
                         "%s may not be written to: open it read-only, or copy it to a folder of "
                         "your own",
                         workbook->path);
    }
    /* Taking the write lock once finds a program that is in the middle of writing. */
    if (!database_run(workbook, "BEGIN IMMEDIATE", fault)) {
        return false;
    }
    remove_cold_journal(workbook->file);
    if (!database_run(workbook, "COMMIT", fault)) {
        return false;
    }
    workbook->standing = database_prepare(workbook, "SELECT name FROM sqlite_schema", fault);
    return workbook->standing != NULL && (sqlite3_step(workbook->standing) == SQLITE_ROW ||
                                          database_fault(workbook, fault, "keep it open"));
}

void connection_close(struct workbook *workbook) {
    sqlite3_finalize(workbook->standing);
    workbook->standing = NULL;
    sqlite3_finalize(workbook->rolling_back);
    workbook->rolling_back = NULL;
    database_drop_statements(workbook);
    sqlite3_close_v2(workbook->database);
    workbook->database = NULL;
}

bool connection_sync_folder(const char *file) {
    char *folder = connection_folder(file);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = descriptor >= 0 && (fsync(descriptor) == 0 || errno == EINVAL);
    if (descriptor >= 0 && close(descriptor) != 0) {
        good = false;
    }
    free(folder);
    return good;
}
