/* Any bytes as a file to import, into the register that the first byte chooses: a trial run never
 * fails but by a refusal, counts each row once, and leaves the workbook as it was. */
#include "support/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "clause5/base/die.h"
#include "clause5/exchange/import.h"
#include "clause5/exchange/import_found.h"
#include "clause5/exchange/seed.h"
#include "clause5/store/record.h"

enum { OPTION_BYTES = 2, SHEETS = REGISTER_COUNT + 1 };

/* The workbook of the sample and the file that is imported, made once. */
struct bench {
    struct workbook *workbook;
    char folder[32];
    struct buffer book, file;
    int64_t people;
};

static void remove_bench(void);

static struct bench *bench_at_hand(void) {
    static struct bench bench;
    struct fault fault = {0};
    struct clock clock;
    const struct seed_plan plan = {.set = SEED_SAMPLE, .organisation = "Firm"};
    if (bench.workbook != NULL) {
        return &bench;
    }
    strcpy(bench.folder, "/tmp/clause5-fuzz-XXXXXX");
    if (mkdtemp(bench.folder) == NULL) {
        die("no folder can be made in /tmp");
    }
    buffer_addf(&bench.book, "%s/fuzz.c5", bench.folder);
    buffer_addf(&bench.file, "%s/in.csv", bench.folder);
    if (!clock_read(&clock, &fault) ||
        !seed_create(buffer_text(&bench.book), &plan, &clock, &fault)) {
        die("no workbook can be made: %s", fault_text(&fault));
    }
    bench.workbook = workbook_open(buffer_text(&bench.book), WORKBOOK_WRITE, &clock, &fault);
    if (bench.workbook == NULL) {
        die("the workbook cannot be opened: %s", fault_text(&fault));
    }
    bench.people = record_count(bench.workbook, REGISTER_PERSON, &fault);
    atexit(remove_bench);
    return &bench;
}

static void remove_bench(void) {
    struct bench *bench = bench_at_hand();
    struct buffer lock = {0};
    workbook_close(bench->workbook);
    unlink(buffer_text(&bench->file));
    unlink(buffer_text(&bench->book));
    buffer_addf(&lock, "%s.lock", buffer_text(&bench->book));
    unlink(buffer_text(&lock));
    rmdir(bench->folder);
    buffer_free(&lock);
    buffer_free(&bench->book);
    buffer_free(&bench->file);
}

static void write_file(const char *path, const uint8_t *bytes, size_t len_bytes) {
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, len_bytes, file) != len_bytes || fclose(file) != 0) {
        die("%s cannot be written", path);
    }
}

static const char *sheet_of(uint8_t byte) {
    int chosen = byte % SHEETS;
    return chosen == REGISTER_COUNT ? "raci" : register_describe((enum register_id)chosen)->name;
}

static void keep_found(void *context, const struct import_found *found) {
    buffer_clear(context);
    import_found_print(found, context);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes) {
    struct bench *bench = bench_at_hand();
    struct fault fault = {0};
    struct buffer found = {0};
    struct import_outcome outcome;
    if (len_bytes < OPTION_BYTES) {
        return 0;
    }
    uint8_t options = bytes[1];
    write_file(buffer_text(&bench->file), bytes + OPTION_BYTES, len_bytes - OPTION_BYTES);
    const struct import_plan plan = {
        .sheet = sheet_of(bytes[0]),
        .path = buffer_text(&bench->file),
        .dates = (enum import_dates)(options & 3),
        .decimal = (enum import_decimal)((options >> 2 & 3) % 3),
        .creates_missing = (options & 16) != 0,
        .is_exact = (options & 32) != 0,
        .header_line = (options & 64) != 0 ? IMPORT_NO_HEADER : IMPORT_HEADER_FOUND,
        .is_dry_run = true,
        .found = keep_found,
        .context = &found,
    };
    bool is_done = import_file(bench->workbook, &plan, &outcome, &fault);
    if (!is_done && fault.kind != FAULT_REFUSED && fault.kind != FAULT_USAGE) {
        die("the import failed: %s", fault_text(&fault));
    }
    fault_clear(&fault);
    if (record_count(bench->workbook, REGISTER_PERSON, &fault) != bench->people) {
        die("a trial run changed the workbook");
    }
    buffer_free(&found);
    return 0;
}
