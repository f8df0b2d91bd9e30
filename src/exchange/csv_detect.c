/* Owns the guesses about a CSV file's dialect. Looks at bytes in memory and nothing else. */
#include "exchange/csv_detect.h"

#include <string.h>
#include <strings.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"

enum { ROWS_LOOKED_AT = 200, CELLS_TOLD_APART = 200, UTF8_BYTES_MOST = 4 };

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
    return is_utf8(bytes, len_bytes, has_more) ? "UTF-8" : csv_detect_code_page(bytes, len_bytes);
}

/* How a delimiter would divide the beginning of a file. */
struct tally {
    int rows[CELLS_TOLD_APART + 1]; /* by how many cells they have */
    int divided;                    /* rows of two cells or more */
    bool divides_first;
    int most_cells, most_rows, row_count;
};

static void count_row(struct tally *tally, int cells) {
    int told = cells < CELLS_TOLD_APART ? cells : CELLS_TOLD_APART;
    tally->rows[told]++;
    tally->divides_first = tally->divides_first || (cells > 1 && tally->row_count == 0);
    tally->divided += cells > 1;
    tally->row_count++;
    bool is_more = tally->rows[told] > tally->most_rows ||
                   (tally->rows[told] == tally->most_rows && told > tally->most_cells);
    if (told > 1 && is_more) {
        tally->most_rows = tally->rows[told];
        tally->most_cells = told;
    }
}

/* Divides without judging: a title with quotation marks above the header, or one broken quote, must
 * not hide what the other rows say. */
static struct tally tally_rows(const char *text, size_t len_bytes, char delimiter) {
    struct tally tally = {0};
    bool is_quoted = false, begins_cell = true, has_text = false;
    int cells = 1;
    for (size_t i = 0; i < len_bytes && tally.row_count < ROWS_LOOKED_AT; i++) {
        char c = text[i];
        bool ends_row = !is_quoted && (c == '\n' || c == '\r');
        if (c == '"' && (is_quoted || begins_cell)) {
            is_quoted = !is_quoted;
        }
        cells += !is_quoted && c == delimiter;
        begins_cell = !is_quoted && (c == delimiter || ends_row);
        has_text = has_text || !ends_row;
        if (ends_row && has_text) {
            count_row(&tally, cells);
        }
        cells = ends_row ? 1 : cells;
        has_text = has_text && !ends_row;
    }
    if (has_text) {
        count_row(&tally, cells);
    }
    return tally;
}

/* A sign in some cells of a file with one column divides nothing: a delimiter divides the first
 * row, or most rows, or below a long title some rows into as many cells. */
static bool is_delimiter(const struct tally *tally) {
    return tally->divides_first || 2 * tally->divided > tally->row_count ||
           (tally->most_rows > 1 && tally->most_cells > 2);
}

char csv_detect_delimiter(const char *text, size_t len_bytes) {
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    struct tally best_tally = {0};
    for (size_t i = 0; i < COUNT(candidates); i++) {
        struct tally tally = tally_rows(text, len_bytes, candidates[i]);
        int weight = tally.most_rows + tally.divided;
        int best_weight = best_tally.most_rows + best_tally.divided;
        if (is_delimiter(&tally) &&
            (weight > best_weight ||
             (weight == best_weight && tally.most_cells > best_tally.most_cells))) {
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
