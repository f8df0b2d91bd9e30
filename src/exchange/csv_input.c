/* Owns the way from a file's bytes to lines of UTF-8. Knows nothing of quotes or cells. What the
 * encoding does not have becomes CSV_INVALID_BYTE, so that whoever looks at the line can refuse it
 * with its number. */
#include "exchange/csv_input.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clause5/base/buffer.h"
#include "clause5/base/memory.h"

enum { BLOCK_BYTES = 64 * 1024 };

struct csv_input {
    int descriptor; /* -1: the bytes are in memory, or at their end */
    const unsigned char *memory;
    size_t memory_len, memory_pos;
    unsigned char *raw; /* read and not yet decoded: raw_pos up to raw_len */
    size_t raw_pos, raw_len, raw_capacity;
    unsigned char *preview;
    size_t preview_len;
    bool has_read_all;
    iconv_t decoder; /* (iconv_t)-1: the bytes are UTF-8 as they stand */
    size_t unit;     /* bytes of the encoding's smallest unit */
    char *text;      /* decoded: from the mark up to text_len */
    size_t text_pos, text_len, text_capacity;
    size_t mark;
    size_t next_lf; /* position of the next LF; SIZE_MAX: none up to text_len */
    bool is_lf_known;
};

static const iconv_t no_decoder = (iconv_t)-1;

/* Reads up to ROOM bytes; 0 at the end, -1 on failure. */
static ssize_t read_bytes(struct csv_input *input, unsigned char *to, size_t room) {
    if (input->descriptor < 0) {
        size_t left = input->memory_len - input->memory_pos;
        size_t take = left < room ? left : room;
        if (take > 0) {
            memcpy(to, input->memory + input->memory_pos, take);
            input->memory_pos += take;
        }
        return (ssize_t)take;
    }
    ssize_t got;
    do {
        got = read(input->descriptor, to, room);
    } while (got < 0 && errno == EINTR);
    return got;
}

static bool fill_raw(struct csv_input *input, size_t wanted, struct fault *fault) {
    if (input->raw_pos > 0) {
        memmove(input->raw, input->raw + input->raw_pos, input->raw_len - input->raw_pos);
        input->raw_len -= input->raw_pos;
        input->raw_pos = 0;
    }
    input->raw = memory_reserve(input->raw, &input->raw_capacity, wanted, 1);
    while (!input->has_read_all && input->raw_len < wanted) {
        ssize_t got = read_bytes(input, input->raw + input->raw_len, wanted - input->raw_len);
        if (got < 0) {
            return fault_set(fault, FAULT_FAILED, "it cannot be read: %s", strerror(errno));
        }
        input->has_read_all = got == 0;
        input->raw_len += (size_t)got;
    }
    return true;
}

static bool copy_all(int from, int to) {
    char block[BLOCK_BYTES];
    for (;;) {
        ssize_t got = read(from, block, sizeof block);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0;
        }
        for (ssize_t done = 0; done < got;) {
            ssize_t put = write(to, block + done, (size_t)(got - done));
            if (put < 0 && errno != EINTR) {
                return false;
            }
            done += put < 0 ? 0 : put;
        }
    }
}

/* Keeps what can be read only once in a file without a name, readable by nobody else. */
static int keep_pipe(int descriptor, const char *folder, struct fault *fault) {
    struct buffer name = {0};
    buffer_addf(&name, "%s/.clause5-XXXXXX", folder == NULL ? "." : folder);
    char *path = buffer_take(&name);
    int kept = mkstemp(path);
    if (kept < 0) {
        fault_set(fault, FAULT_FAILED, "there is no place to keep it in %s: %s",
                  folder == NULL ? "the current folder" : folder, strerror(errno));
        free(path);
        return -1;
    }
    unlink(path);
    free(path);
    if (!copy_all(descriptor, kept) || lseek(kept, 0, SEEK_SET) < 0) {
        fault_set(fault, FAULT_FAILED, "it cannot be read: %s", strerror(errno));
        close(kept);
        return -1;
    }
    return kept;
}

static int open_descriptor(const struct csv_source *source, struct fault *fault) {
    bool is_input = strcmp(source->path, "-") == 0;
    int descriptor = is_input ? dup(STDIN_FILENO) : open(source->path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) {
        fault_set(fault, FAULT_FAILED, "it cannot be opened: %s", strerror(errno));
        if (descriptor >= 0) {
            close(descriptor);
        }
        return -1;
    }
    if (S_ISDIR(status.st_mode)) {
        fault_set(fault, FAULT_FAILED, "it is a folder, not a CSV file");
        close(descriptor);
        return -1;
    }
    if (S_ISREG(status.st_mode) && !is_input) {
        return descriptor;
    }
    int kept = keep_pipe(descriptor, source->folder, fault);
    close(descriptor);
    return kept;
}

static bool read_preview(struct csv_input *input, struct fault *fault) {
    if (!fill_raw(input, CSV_PREVIEW_BYTES, fault)) {
        return false;
    }
    input->preview_len = input->raw_len;
    input->preview = (unsigned char *)memory_copy_bytes((char *)input->raw, input->raw_len);
    return true;
}

struct csv_input *csv_input_open(const struct csv_source *source, struct fault *fault) {
    struct csv_input *input = memory_zero(1, sizeof *input);
    input->decoder = no_decoder;
    input->descriptor = open_descriptor(source, fault);
    if (input->descriptor < 0 || !read_preview(input, fault)) {
        csv_input_close(input);
        return NULL;
    }
    return input;
}

struct csv_input *csv_input_open_bytes(const void *bytes, size_t len_bytes) {
    struct csv_input *input = memory_zero(1, sizeof *input);
    input->decoder = no_decoder;
    input->descriptor = -1;
    input->memory = bytes;
    input->memory_len = len_bytes;
    struct fault fault = {0};
    read_preview(input, &fault); /* memory does not fail */
    return input;
}

void csv_input_close(struct csv_input *input) {
    if (input == NULL) {
        return;
    }
    if (input->descriptor >= 0) {
        close(input->descriptor);
    }
    if (input->decoder != no_decoder) {
        iconv_close(input->decoder);
    }
    free(input->preview);
    free(input->raw);
    free(input->text);
    free(input);
}

const unsigned char *csv_input_preview(const struct csv_input *input, size_t *len_bytes) {
    *len_bytes = input->preview_len;
    return input->preview;
}

static void forget_text(struct csv_input *input) {
    input->text_pos = input->text_len = input->mark = 0;
    input->is_lf_known = false;
}

/* The encodings of which a mark at the beginning is no part of the text. */
static void skip_byte_order_mark(struct csv_input *input, const char *encoding) {
    static const struct {
        const char *encoding;
        const char *mark;
        size_t len;
    } marks[] = {
        {"UTF-8", "\xEF\xBB\xBF", 3}, {"UTF-16LE", "\xFF\xFE", 2}, {"UTF-16BE", "\xFE\xFF", 2}};
    for (size_t i = 0; i < COUNT(marks); i++) {
        if (strcasecmp(encoding, marks[i].encoding) == 0 && input->raw_len >= marks[i].len &&
            memcmp(input->raw, marks[i].mark, marks[i].len) == 0) {
            input->raw_pos = marks[i].len;
        }
    }
}

bool csv_input_decode(struct csv_input *input, const char *encoding, struct fault *fault) {
    encoding = strcasecmp(encoding, "UTF8") == 0 ? "UTF-8" : encoding;
    if (strcasecmp(encoding, "UTF-8") != 0) {
        if (input->decoder != no_decoder) {
            iconv_close(input->decoder);
        }
        input->decoder = iconv_open("UTF-8", encoding);
        if (input->decoder == no_decoder) {
            return fault_set(fault, FAULT_USAGE,
                             "\"%s\" is not a known encoding (such as utf-8, windows-1252, utf-16)",
                             encoding);
        }
    }
    input->unit = strncasecmp(encoding, "UTF-16", 6) == 0 ? 2 : 1;
    forget_text(input);
    skip_byte_order_mark(input, encoding);
    return true;
}

bool csv_input_restart(struct csv_input *input, struct fault *fault) {
    if (input->descriptor >= 0 && lseek(input->descriptor, 0, SEEK_SET) < 0) {
        return fault_set(fault, FAULT_FAILED, "it cannot be read again: %s", strerror(errno));
    }
    if (input->decoder != no_decoder) {
        iconv(input->decoder, NULL, NULL, NULL, NULL);
    }
    input->memory_pos = 0;
    input->raw_pos = input->raw_len = 0;
    input->has_read_all = false;
    forget_text(input);
    return fill_raw(input, BLOCK_BYTES, fault);
}

/* Decodes the raw bytes at hand behind the text; what does not fit the encoding becomes
 * CSV_INVALID_BYTE, and one unit of it is passed over. */
static void decode_raw(struct csv_input *input) {
    size_t growth_most = input->decoder == no_decoder ? 1 : 4;
    size_t room = (input->raw_len - input->raw_pos) * growth_most + 8;
    input->text = memory_reserve(input->text, &input->text_capacity, input->text_len + room, 1);
    if (input->decoder == no_decoder) {
        size_t len = input->raw_len - input->raw_pos;
        if (len == 0) {
            return;
        }
        memcpy(input->text + input->text_len, input->raw + input->raw_pos, len);
        input->text_len += len;
        input->raw_pos = input->raw_len;
        return;
    }
    char *from = (char *)input->raw + input->raw_pos;
    size_t left = input->raw_len - input->raw_pos;
    char *to = input->text + input->text_len;
    while (left > 0) {
        if (iconv(input->decoder, &from, &left, &to, &room) != (size_t)-1) {
            continue;
        }
        if (errno == EINVAL && !input->has_read_all) {
            break; /* the rest of the character is in the next block */
        }
        if (errno == E2BIG || room == 0) {
            break;
        }
        *to++ = (char)CSV_INVALID_BYTE;
        room--;
        size_t unit = left < input->unit ? left : input->unit;
        from += unit;
        left -= unit;
    }
    input->text_len = (size_t)(to - input->text);
    input->raw_pos = input->raw_len - left;
}

/* Reads and decodes one more block behind the text; false at the end or with the fault. */
static bool extend_text(struct csv_input *input, struct fault *fault) {
    if (input->mark > 0) {
        memmove(input->text, input->text + input->mark, input->text_len - input->mark);
        input->text_len -= input->mark;
        input->text_pos -= input->mark;
        input->mark = 0;
    }
    input->is_lf_known = false;
    if (input->raw_pos == input->raw_len || input->decoder != no_decoder) {
        size_t kept = input->raw_len - input->raw_pos;
        if (!fill_raw(input, kept + BLOCK_BYTES, fault)) {
            return false;
        }
    }
    size_t before = input->text_len;
    decode_raw(input);
    return input->text_len > before;
}

static size_t find_lf(struct csv_input *input, size_t from) {
    if (!input->is_lf_known || input->next_lf < from) {
        const char *found = input->text_len > from
                                ? memchr(input->text + from, '\n', input->text_len - from)
                                : NULL;
        input->next_lf = found == NULL ? SIZE_MAX : (size_t)(found - input->text);
        input->is_lf_known = true;
    }
    return input->next_lf;
}

/* Returns the end of the line that begins at text_pos, looking from FROM on; 0 where it is not yet
 * in memory. A CR at the very end waits for the LF that may follow. */
static size_t find_line_end(struct csv_input *input, size_t from) {
    size_t lf = find_lf(input, from);
    size_t limit = lf == SIZE_MAX ? input->text_len : lf;
    const char *cr = limit > from ? memchr(input->text + from, '\r', limit - from) : NULL;
    if (cr == NULL) {
        return lf == SIZE_MAX ? 0 : lf + 1;
    }
    size_t position = (size_t)(cr - input->text);
    if (position + 1 == input->text_len) {
        return 0;
    }
    return input->text[position + 1] == '\n' ? position + 2 : position + 1;
}

int csv_input_line(struct csv_input *input, struct csv_line *line, struct fault *fault) {
    size_t looked = 0;
    for (;;) {
        size_t end = find_line_end(input, input->text_pos + looked);
        bool is_too_long = input->text_len - input->text_pos > CSV_RECORD_BYTES_MOST;
        if (end == 0 && !is_too_long) {
            looked = input->text_len - input->text_pos;
            looked -= looked > 0 ? 1 : 0; /* the CR that may have waited */
            if (extend_text(input, fault)) {
                continue;
            }
            if (fault->kind != FAULT_NONE) {
                return -1;
            }
            end = input->text_len;
        } else if (end == 0) {
            end = input->text_len;
        }
        if (end == input->text_pos) {
            return 0;
        }
        *line = (struct csv_line){.bytes = input->text + input->text_pos,
                                  .len_bytes = end - input->text_pos};
        input->text_pos = end;
        return 1;
    }
}

void csv_input_mark(struct csv_input *input) {
    input->mark = input->text_pos;
}

void csv_input_return(struct csv_input *input) {
    input->text_pos = input->mark;
    input->is_lf_known = false;
}

size_t csv_input_since_mark(const struct csv_input *input) {
    return input->text_pos - input->mark;
}
