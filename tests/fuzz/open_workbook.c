/* Any bytes as a workbook file, or as changes to a sound one: it is refused with a reason or read
 * to its end, in every way the program reads, and never written to.
 *
 * The first byte chooses. Odd: the rest is the whole file. Even: the rest is a series of changes to
 * a small sound workbook, each a page (2 bytes), a place in it (2), a length (1) and as many bytes;
 * the length 255 cuts the file there. The file lies in TMPDIR while it is read, so that it is still
 * there after a crash: ids in the sound workbook differ from run to run. */
#include "support/fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/audit/check.h"
#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/exchange/export.h"
#include "clause5/exchange/seed.h"
#include "clause5/store/history.h"
#include "clause5/store/look.h"
#include "clause5/store/verify.h"

enum { PATH_SIZE = 512, PAGE_SIZE = 4096, CHANGE_SIZE = 5, CUT = 255, CHECKS_EVERY = 8 };

/* One process, one file: libFuzzer hands nothing on between two runs. */
static struct {
    char path[PATH_SIZE];
    char sheet[PATH_SIZE + 4]; /* what is exported from it */
    unsigned char *sound;
    size_t len_bytes;
    struct clock clock;
} bench;

static void read_file(unsigned char **bytes, size_t *len_bytes) {
    struct stat status;
    int descriptor = open(bench.path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        die("%s cannot be read back", bench.path);
    }
    *len_bytes = (size_t)status.st_size;
    *bytes = memory_zero(*len_bytes, 1);
    if (read(descriptor, *bytes, *len_bytes) != (ssize_t)*len_bytes || close(descriptor) != 0) {
        die("%s cannot be read back", bench.path);
    }
}

static void write_file(const unsigned char *bytes, size_t len_bytes) {
    int descriptor = open(bench.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0 || write(descriptor, bytes, len_bytes) != (ssize_t)len_bytes ||
        close(descriptor) != 0) {
        die("%s cannot be written", bench.path);
    }
}

static void prepare(void) {
    const struct seed_plan plan = {.set = SEED_STARTER, .organisation = "Fuzz Ltd"};
    const char *folder = getenv("TMPDIR");
    struct fault fault = {0};
    snprintf(bench.path, sizeof bench.path, "%s/clause5-fuzz-%ld.c5",
             folder == NULL ? "/tmp" : folder, (long)getpid());
    snprintf(bench.sheet, sizeof bench.sheet, "%s.csv", bench.path);
    if (!clock_read(&bench.clock, &fault) ||
        !seed_create(bench.path, &plan, &bench.clock, &fault)) {
        die("the sound workbook cannot be made: %s", fault_text(&fault));
    }
    read_file(&bench.sound, &bench.len_bytes);
}

static void write_changed(const uint8_t *changes, size_t len_bytes) {
    unsigned char *bytes = (unsigned char *)memory_copy_bytes((char *)bench.sound, bench.len_bytes);
    size_t end = bench.len_bytes;
    while (len_bytes > CHANGE_SIZE) {
        size_t page = (size_t)changes[0] << 8 | changes[1];
        size_t place = ((size_t)changes[2] << 8 | changes[3]) % PAGE_SIZE;
        size_t at = page * PAGE_SIZE % bench.len_bytes + place;
        size_t count = changes[4];
        changes += CHANGE_SIZE;
        len_bytes -= CHANGE_SIZE;
        if (count == CUT) {
            end = at < end ? at : end;
            continue;
        }
        count = count < len_bytes ? count : len_bytes;
        if (at + count <= bench.len_bytes) {
            memcpy(bytes + at, changes, count);
        }
        changes += count;
        len_bytes -= count;
    }
    write_file(bytes, end);
    free(bytes);
}

static void pass_finding(void *context, const char *finding) {
    *(size_t *)context += strlen(finding);
}

static bool pass_change(void *context, const struct history_change *change) {
    *(size_t *)context += strlen(change->old_text) + strlen(change->new_text);
    return true;
}

struct past {
    struct workbook *workbook;
    size_t sum;
};

static bool pass_batch(void *context, const struct history_batch *batch) {
    struct past *past = context;
    struct fault fault = {0};
    const struct change_visitor visitor = {.visit = pass_change, .context = &past->sum};
    history_visit_changes(past->workbook, batch->number, &visitor, &fault);
    fault_clear(&fault);
    return true;
}

static void run_checks(struct workbook *workbook, struct fault *fault) {
    struct check_book *book = check_book_load(fault);
    struct check_run *run = book == NULL ? NULL : check_run_begin(workbook, book, fault);
    if (run != NULL) {
        check_run_all(run, fault);
    }
    check_run_free(run);
    check_book_free(book);
}

/* Reads all that can be read; what is refused on the way is no matter, only how. */
static void read_all(struct workbook *workbook, bool with_checks) {
    struct fault fault = {0};
    struct past past = {.workbook = workbook};
    const struct verify_visitor findings = {.visit = pass_finding, .context = &past.sum};
    const struct history_visitor batches = {.visit = pass_batch, .context = &past};
    verify_pages(workbook, &findings, &fault);
    verify_references(workbook, &findings, &fault);
    history_verify(workbook, &fault);
    history_visit(workbook, 0, &batches, &fault);
    for (int id = 0; id < REGISTER_COUNT; id++) {
        const char *name = register_describe((enum register_id)id)->name;
        export_sheet(workbook, &(struct export_plan){.sheet = name, .path = bench.sheet}, &fault);
    }
    unlink(bench.sheet);
    if (with_checks) {
        run_checks(workbook, &fault);
    }
    if (look_at_day(workbook, bench.clock.today, &fault)) {
        history_verify(workbook, &fault);
        look_at_present(workbook, &fault);
    }
    fault_clear(&fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes) {
    struct fault fault = {0};
    unsigned char *before, *after;
    size_t len_before, len_after;
    if (len_bytes < 1) {
        return 0;
    }
    if (bench.sound == NULL) {
        prepare();
    }
    if (bytes[0] % 2 == 1) {
        write_file(bytes + 1, len_bytes - 1);
    } else {
        write_changed(bytes + 1, len_bytes - 1);
    }
    read_file(&before, &len_before);
    struct workbook *workbook = workbook_open(bench.path, WORKBOOK_READ, &bench.clock, &fault);
    if (workbook != NULL) {
        read_all(workbook, bytes[0] / 2 % CHECKS_EVERY == 0);
    } else if (fault.text.len_bytes == 0) {
        die("it was refused without a reason");
    }
    workbook_close(workbook);
    read_file(&after, &len_after);
    if (len_before != len_after || memcmp(before, after, len_before) != 0) {
        die("it was written to");
    }
    free(before);
    free(after);
    fault_clear(&fault);
    return unlink(bench.path);
}
