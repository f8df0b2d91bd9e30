/* Owns the guesses about a CSV file's dialect. Looks at bytes in memory and nothing else. */
#include "exchange/csv_detect.h"

#include <csv.h>
#include <string.h>
#include <strings.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"

enum { ROWS_LOOKED_AT = 200, UTF8_BYTES_MOST = 4 };

static bool is_utf8(const unsigned char *bytes, size_t len_bytes, bool has_more) {
    for (size_t at = 0; at < len_bytes;) {
        uint32_t code;
        size_t len = text_decode((const char *)bytes + at, len_bytes - at, &code);
        if (len == 0) {
            return has_more && len_bytes - at < UTF8_BYTES_MOST;
        }
        at += len;
    }
    return true;
}

/* Western text in UTF-16 has a NUL in every other byte: in the second of a pair where the low byte
 * comes first. */
static const char *find_utf16(const unsigned char *bytes, size_t len_bytes) {
    size_t pairs = len_bytes / 2;
    size_t nul_first = 0, nul_second = 0;
    for (size_t i = 0; i < pairs; i++) {
        nul_first += bytes[2 * i] == 0;
        nul_second += bytes[2 * i + 1] == 0;
    }
    if (nul_second > pairs / 2 && nul_first == 0) {
        return "UTF-16LE";
    }
    return nul_first > pairs / 2 && nul_second == 0 ? "UTF-16BE" : NULL;
}

const char *csv_detect_encoding(const unsigned char *bytes, size_t len_bytes, bool has_more) {
    if (len_bytes >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE) {
        return "UTF-16LE";
    }
    if (len_bytes >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF) {
        return "UTF-16BE";
    }
    const char *utf16 = find_utf16(bytes, len_bytes);
    if (utf16 != NULL) {
        return utf16;
    }
    /* A NUL is refused with its line; it says nothing of a code page. */
    return is_utf8(bytes, len_bytes, has_more) ? "UTF-8" : "WINDOWS-1252";
}

/* How many rows have as many cells as the first, and how many that is. */
struct tally {
    int cells, cells_of_header, rows, even_rows;
};

static void count_cell(void *cell, size_t len_bytes, void *context) {
    (void)cell;
    (void)len_bytes;
    ((struct tally *)context)->cells++;
}

static void count_row(int end, void *context) {
    (void)end;
    struct tally *tally = context;
    if (tally->rows == 0) {
        tally->cells_of_header = tally->cells;
    }
    if (tally->rows < ROWS_LOOKED_AT) {
        tally->rows++;
        tally->even_rows += tally->cells == tally->cells_of_header;
    }
    tally->cells = 0;
}

static struct tally tally_rows(const char *text, size_t len_bytes, char delimiter) {
    struct tally tally = {0};
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT) != 0) {
        return tally;
    }
    csv_set_delim(&parser, (unsigned char)delimiter);
    bool is_whole = csv_parse(&parser, text, len_bytes, count_cell, count_row, &tally) == len_bytes;
    if (is_whole && tally.rows == 0) {
        csv_fini(&parser, count_cell, count_row, &tally);
    }
    csv_free(&parser);
    return tally;
}

char csv_detect_delimiter(const char *text, size_t len_bytes) {
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    struct tally best_tally = {0};
    for (size_t i = 0; i < COUNT(candidates); i++) {
        struct tally tally = tally_rows(text, len_bytes, candidates[i]);
        if (tally.cells_of_header < 2) {
            continue;
        }
        if (tally.even_rows > best_tally.even_rows ||
            (tally.even_rows == best_tally.even_rows &&
             tally.cells_of_header > best_tally.cells_of_header)) {
            best = candidates[i];
            best_tally = tally;
        }
    }
    return best;
}

char csv_detect_sep_line(const char *line, size_t len_bytes) {
    while (len_bytes > 0 && (line[len_bytes - 1] == '\n' || line[len_bytes - 1] == '\r')) {
        len_bytes--;
    }
    if (len_bytes > 2 && line[0] == '"' && line[len_bytes - 1] == '"') {
        line++;
        len_bytes -= 2;
    }
    if (len_bytes != 5 || strncasecmp(line, "sep=", 4) != 0) {
        return '\0';
    }
    return line[4];
}
