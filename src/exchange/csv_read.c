/* Owns the reading of CSV records: libcsv in strict mode, fed a physical line at a time, so that
 * the line number is known and a broken quote costs one line and not the rest of the file. Knows
 * nothing of registers. libcsv's own blank trimming is turned off: texts are stored as they came.
 */
#include "clause5/exchange/csv_read.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "exchange/csv_detect.h"
#include "exchange/csv_input.h"

static const char broken_quote[] =
    "a quotation mark stands where none may, or is never closed (inside a quoted cell write \"\")";
static const char broken_nul[] = "it holds a NUL byte, which no text has";
static const char broken_bytes[] =
    "it holds bytes that are not in the file's encoding (name it with --encoding)";
static const char broken_length[] = "it is longer than 16 MiB: a quotation mark is not closed";

struct csv_reader {
    struct csv_input *input;
    struct csv_parser parser;
    bool has_parser;
    char delimiter;
    const char *encoding;
    char *encoding_asked;
    enum csv_line_ends line_ends;
    int64_t line; /* of the line last read */
    bool is_first_record;
    struct buffer bytes; /* the cells of the record at hand, each closed by a NUL */
    size_t *starts;
    size_t cell_count, start_capacity;
    char **cells;
    size_t cell_capacity;
    bool is_complete; /* the record at hand has ended */
};

static int never_a_blank(unsigned char byte) {
    (void)byte;
    return 0;
}

static void take_cell(void *cell, size_t len_bytes, void *context) {
    struct csv_reader *reader = context;
    reader->starts = memory_reserve(reader->starts, &reader->start_capacity, reader->cell_count + 1,
                                    sizeof *reader->starts);
    reader->starts[reader->cell_count++] = reader->bytes.len_bytes;
    if (len_bytes > 0) {
        buffer_append(&reader->bytes, cell, len_bytes);
    }
    buffer_add_byte(&reader->bytes, '\0');
}

static void take_record(int end, void *context) {
    (void)end;
    ((struct csv_reader *)context)->is_complete = true;
}

static void begin_parser(struct csv_reader *reader) {
    if (reader->has_parser) {
        csv_free(&reader->parser);
    }
    if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        abort(); /* only for a NULL parser */
    }
    reader->has_parser = true;
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    csv_set_space_func(&reader->parser, never_a_blank);
    csv_set_blk_size(&reader->parser, 4096);
}

static void begin_record(struct csv_reader *reader) {
    buffer_clear(&reader->bytes);
    reader->cell_count = 0;
    reader->is_complete = false;
}

/* Where the first line is `sep=;`, passes over it and returns its delimiter. */
static bool skip_sep_line(struct csv_reader *reader, char *delimiter, struct fault *fault) {
    struct csv_line line;
    csv_input_mark(reader->input);
    int got = csv_input_line(reader->input, &line, fault);
    if (got < 0) {
        return false;
    }
    char found = '\0';
    if (got == 1) {
        found = csv_detect_sep_line(line.bytes, line.len_bytes);
    }
    if (found == '\0') {
        csv_input_return(reader->input);
        return true;
    }
    *delimiter = found;
    reader->line = 1;
    return true;
}

static enum csv_line_ends end_of(const struct csv_line *line) {
    bool has_lf = line->bytes[line->len_bytes - 1] == '\n';
    bool has_cr = line->len_bytes > (has_lf ? 1 : 0) &&
                  line->bytes[line->len_bytes - (has_lf ? 2 : 1)] == '\r';
    return has_lf && has_cr ? CSV_ENDS_CRLF
           : has_lf         ? CSV_ENDS_LF
           : has_cr         ? CSV_ENDS_CR
                            : CSV_ENDS_MIXED;
}

/* Reads the beginning as text, to find out the delimiter and the line ends, and goes back. */
static bool look_ahead(struct csv_reader *reader, struct fault *fault) {
    struct buffer text = {0};
    struct csv_line line;
    bool counts[CSV_ENDS_MIXED + 1] = {false};
    int got = 0;
    csv_input_mark(reader->input);
    while (text.len_bytes < CSV_PREVIEW_BYTES / 4 &&
           (got = csv_input_line(reader->input, &line, fault)) == 1) {
        buffer_append(&text, line.bytes, line.len_bytes);
        counts[end_of(&line)] = true;
    }
    csv_input_return(reader->input);
    if (got >= 0 && reader->delimiter == '\0') {
        reader->delimiter = csv_detect_delimiter(buffer_text(&text), text.len_bytes);
    }
    reader->line_ends = counts[CSV_ENDS_LF] + counts[CSV_ENDS_CRLF] + counts[CSV_ENDS_CR] > 1
                            ? CSV_ENDS_MIXED
                        : counts[CSV_ENDS_CRLF] ? CSV_ENDS_CRLF
                        : counts[CSV_ENDS_CR]   ? CSV_ENDS_CR
                                                : CSV_ENDS_LF;
    buffer_free(&text);
    return got >= 0;
}

static bool find_out(struct csv_reader *reader, const struct csv_format *format,
                     struct fault *fault) {
    size_t len_bytes;
    const unsigned char *preview = csv_input_preview(reader->input, &len_bytes);
    reader->encoding_asked = memory_copy_text(format->encoding);
    reader->encoding =
        format->encoding != NULL
            ? reader->encoding_asked
            : csv_detect_encoding(preview, len_bytes, len_bytes == CSV_PREVIEW_BYTES);
    reader->is_first_record = true;
    if (!csv_input_decode(reader->input, reader->encoding, fault) ||
        !skip_sep_line(reader, &reader->delimiter, fault)) {
        return false;
    }
    if (format->delimiter != '\0') {
        reader->delimiter = format->delimiter;
    }
    if (!look_ahead(reader, fault)) {
        return false;
    }
    begin_parser(reader);
    return true;
}

static struct csv_reader *begin_reading(struct csv_input *input, const struct csv_format *format,
                                        struct fault *fault) {
    if (input == NULL) {
        return NULL;
    }
    struct csv_reader *reader = memory_zero(1, sizeof *reader);
    reader->input = input;
    if (!find_out(reader, format, fault)) {
        csv_close(reader);
        return NULL;
    }
    return reader;
}

struct csv_reader *csv_open(const struct csv_source *source, const struct csv_format *format,
                            struct fault *fault) {
    return begin_reading(csv_input_open(source, fault), format, fault);
}

struct csv_reader *csv_open_bytes(const void *bytes, size_t len_bytes,
                                  const struct csv_format *format, struct fault *fault) {
    return begin_reading(csv_input_open_bytes(bytes, len_bytes), format, fault);
}

bool csv_restart(struct csv_reader *reader, struct fault *fault) {
    char ignored = '\0';
    reader->line = 0;
    reader->is_first_record = true;
    if (!csv_input_restart(reader->input, fault) ||
        !csv_input_decode(reader->input, reader->encoding, fault) ||
        !skip_sep_line(reader, &ignored, fault)) {
        return false;
    }
    begin_parser(reader);
    return true;
}

/* Returns why the line may not be read, or NULL. Most lines are plain ASCII, which is seen without
 * decoding. */
static const char *find_foreign_bytes(const char *bytes, size_t len_bytes) {
    unsigned char all = 0;
    for (size_t i = 0; i < len_bytes; i++) {
        all |= (unsigned char)bytes[i];
    }
    if (memchr(bytes, '\0', len_bytes) != NULL) {
        return broken_nul;
    }
    if ((all & 0x80) == 0) {
        return NULL;
    }
    return text_find_invalid(bytes, len_bytes) < len_bytes ? broken_bytes : NULL;
}

static bool is_line_blank(const struct csv_line *line) {
    for (size_t i = 0; i < line->len_bytes; i++) {
        if (line->bytes[i] != '\n' && line->bytes[i] != '\r') {
            return false;
        }
    }
    return true;
}

/* Feeds lines until a record is whole. 1 a record, 0 the end, -1 with the fault; *BROKEN says why
 * the record cannot be read. *BEGINS is the line it begins on. */
static int feed_record(struct csv_reader *reader, int64_t *begins, const char **broken,
                       struct fault *fault) {
    bool has_begun = false;
    *broken = NULL;
    for (;;) {
        if (!has_begun) {
            csv_input_mark(reader->input);
        }
        struct csv_line line;
        int got = csv_input_line(reader->input, &line, fault);
        if (got < 0 || (got == 0 && !has_begun)) {
            return got;
        }
        if (got == 0) {
            bool is_closed = csv_fini(&reader->parser, take_cell, take_record, reader) == 0;
            *broken = is_closed ? NULL : broken_quote;
            return 1;
        }
        reader->line++;
        if (!has_begun && is_line_blank(&line)) {
            continue;
        }
        *begins = has_begun ? *begins : reader->line;
        has_begun = true;
        *broken = find_foreign_bytes(line.bytes, line.len_bytes);
        if (*broken == NULL && csv_parse(&reader->parser, line.bytes, line.len_bytes, take_cell,
                                         take_record, reader) != line.len_bytes) {
            *broken = broken_quote;
        }
        if (*broken == NULL && !reader->is_complete &&
            csv_input_since_mark(reader->input) > CSV_RECORD_BYTES_MOST) {
            *broken = broken_length;
        }
        if (*broken != NULL || reader->is_complete) {
            return 1;
        }
    }
}

/* True where no cell of the line begins with a quotation mark: those inside are then plain text, as
 * in 5" disk, and the line can be divided at its delimiters. */
static bool is_without_quoted_cells(const char *line, size_t len_bytes, char delimiter) {
    bool begins_cell = true;
    for (size_t i = 0; i < len_bytes; i++) {
        if (begins_cell && line[i] == '"') {
            return false;
        }
        begins_cell = line[i] == delimiter;
    }
    return true;
}

/* Divides a line at its delimiters, or takes it as one cell. What is no text is shown as such. */
static void take_plain_line(struct csv_reader *reader, const struct csv_line *line,
                            bool is_divided) {
    size_t begin = 0;
    for (size_t at = 0; at <= line->len_bytes; at++) {
        if (at < line->len_bytes && !(is_divided && line->bytes[at] == reader->delimiter)) {
            continue;
        }
        struct buffer cell = {0};
        for (size_t i = begin; i < at;) {
            uint32_t code;
            size_t step = text_decode(line->bytes + i, at - i, &code);
            text_encode(&cell, step == 0 || code == 0 ? 0xFFFD : code);
            i += step == 0 ? 1 : step;
        }
        take_cell(cell.bytes, cell.len_bytes, reader);
        buffer_free(&cell);
        begin = at + 1;
    }
}

/* Gives the first line of a record that libcsv refused: divided where that leaves no doubt, else as
 * its only cell. Reading goes on behind that line. */
static bool give_first_line(struct csv_reader *reader, int64_t begins, const char **broken,
                            struct fault *fault) {
    struct csv_line line;
    csv_input_return(reader->input);
    if (csv_input_line(reader->input, &line, fault) < 0) {
        return false;
    }
    begin_record(reader);
    begin_parser(reader);
    reader->line = begins;
    while (line.len_bytes > 0 &&
           (line.bytes[line.len_bytes - 1] == '\n' || line.bytes[line.len_bytes - 1] == '\r')) {
        line.len_bytes--;
    }
    bool is_divided = *broken == broken_quote &&
                      is_without_quoted_cells(line.bytes, line.len_bytes, reader->delimiter);
    take_plain_line(reader, &line, is_divided);
    *broken = is_divided ? NULL : *broken;
    return true;
}

static void point_at_cells(struct csv_reader *reader) {
    reader->cells = memory_reserve(reader->cells, &reader->cell_capacity, reader->cell_count + 1,
                                   sizeof *reader->cells);
    for (size_t i = 0; i < reader->cell_count; i++) {
        reader->cells[i] = reader->bytes.bytes + reader->starts[i];
    }
    if (reader->is_first_record && reader->cell_count > 0 &&
        strncmp(reader->cells[0], "\xEF\xBB\xBF", 3) == 0) {
        reader->cells[0] += 3; /* a byte order mark that was quoted with the first name */
    }
    reader->is_first_record = false;
}

int csv_next(struct csv_reader *reader, struct csv_row *row, struct fault *fault) {
    const char *broken;
    int64_t begins = 0;
    begin_record(reader);
    int got = feed_record(reader, &begins, &broken, fault);
    if (got <= 0) {
        return got;
    }
    if (broken != NULL && !give_first_line(reader, begins, &broken, fault)) {
        return -1;
    }
    point_at_cells(reader);
    *row = (struct csv_row){.line = begins,
                            .cell_count = (int)reader->cell_count,
                            .cells = reader->cells,
                            .broken = broken};
    return 1;
}

char csv_delimiter(const struct csv_reader *reader) {
    return reader->delimiter;
}

const char *csv_encoding(const struct csv_reader *reader) {
    return reader->encoding;
}

enum csv_line_ends csv_line_ends(const struct csv_reader *reader) {
    return reader->line_ends;
}

void csv_close(struct csv_reader *reader) {
    if (reader == NULL) {
        return;
    }
    csv_input_close(reader->input);
    if (reader->has_parser) {
        csv_free(&reader->parser);
    }
    buffer_free(&reader->bytes);
    free(reader->starts);
    free(reader->cells);
    free(reader->encoding_asked);
    free(reader);
}
