/* Owns rows that wait until one statement takes them all: for a small row, beginning and ending a
 * statement costs SQLite as much as the row. Knows nothing of bulks, history and digests. */
#include "store/row_block.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "store/database.h"
#include "store/row.h"
#include "store/state.h"

enum {
    TEXT_BYTES = 32 * 1024, /* of all rows that wait; a larger row goes in alone */
};

struct row_block {
    enum register_id register_id;
    int field_count, row_count;
    int64_t ids[ROWS_TOGETHER];
    struct value *values; /* of all rows, one after the other; their texts lie in TEXTS */
    size_t text_len;
    char texts[TEXT_BYTES];
};

struct row_block *row_block_new(enum register_id register_id) {
    struct row_block *block = memory_zero(1, sizeof *block);
    block->register_id = register_id;
    block->field_count = register_describe(register_id)->field_count;
    block->values = memory_zero((size_t)block->field_count * ROWS_TOGETHER, sizeof *block->values);
    return block;
}

void row_block_free(struct row_block *block) {
    if (block != NULL) {
        free(block->values);
        free(block);
    }
}

static size_t count_text(const struct row_block *block, const struct value *values) {
    size_t len_bytes = 0;
    for (int i = 0; i < block->field_count; i++) {
        len_bytes += values[i].kind == VALUE_TEXT ? values[i].len_bytes : 0;
    }
    return len_bytes;
}

/* The texts have room. They are bound with their lengths, so no NUL is kept. */
static void keep(struct row_block *block, int64_t id, const struct value *values) {
    struct value *kept = &block->values[(ptrdiff_t)block->row_count * block->field_count];
    for (int i = 0; i < block->field_count; i++) {
        kept[i] = values[i];
        if (values[i].kind == VALUE_TEXT) {
            kept[i].text = block->texts + block->text_len;
            memcpy(kept[i].text, values[i].text, values[i].len_bytes);
            block->text_len += values[i].len_bytes;
        }
    }
    block->ids[block->row_count++] = id;
}

static bool judge(enum row_result result, struct fault *fault) {
    return result == ROW_WRITTEN ||
           (result != ROW_FAULT &&
            fault_set(fault, FAULT_FAILED, "an id that was new is taken: try again"));
}

bool row_block_write(struct workbook *workbook, struct row_block *block, struct fault *fault) {
    enum row_result result = ROW_WRITTEN;
    if (block->row_count == ROWS_TOGETHER) {
        result =
            row_insert_together(workbook, block->register_id, block->ids, block->values, fault);
    } else {
        for (int i = 0; i < block->row_count && result == ROW_WRITTEN; i++) {
            result = row_insert(workbook, block->register_id, block->ids[i],
                                &block->values[(ptrdiff_t)i * block->field_count], fault);
        }
    }
    block->row_count = 0;
    block->text_len = 0;
    workbook->batch.is_broken = workbook->batch.is_broken || result != ROW_WRITTEN;
    return judge(result, fault);
}

bool row_block_add(struct workbook *workbook, struct row_block *block, int64_t id,
                   const struct value *values, struct fault *fault) {
    size_t len_bytes = count_text(block, values);
    if (len_bytes > TEXT_BYTES - block->text_len && !row_block_write(workbook, block, fault)) {
        return false;
    }
    if (len_bytes > TEXT_BYTES) {
        return judge(row_insert(workbook, block->register_id, id, values, fault), fault);
    }
    keep(block, id, values);
    return block->row_count < ROWS_TOGETHER || row_block_write(workbook, block, fault);
}
