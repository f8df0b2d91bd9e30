/* Memory that is there or the program ends: no caller checks for NULL. */
#ifndef CLAUSE5_BASE_MEMORY_H
#define CLAUSE5_BASE_MEMORY_H

#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The end of the program for want of memory, also where a library had none (die.h). */
_Noreturn void memory_lost(void);

/* Returns COUNT items of SIZE bytes, all zero; the caller frees with free. Dies where memory is
 * out. */
void *memory_zero(size_t count, size_t size);

/* Returns ITEMS grown or shrunk to COUNT items of SIZE bytes, as realloc; new bytes are not set.
 * The caller frees with free. */
void *memory_resize(void *items, size_t count, size_t size);

/* Makes room for at least NEEDED items of SIZE bytes in ITEMS, whose room is *CAPACITY items,
 * growing by half at a time. Returns the items, perhaps moved; the caller frees with free. */
void *memory_reserve(void *items, size_t *capacity, size_t needed, size_t size);

/* Returns a copy of TEXT, or NULL for NULL; the caller frees with free. */
char *memory_copy_text(const char *text);

/* Returns a copy of LEN_BYTES bytes with a NUL behind them; the caller frees with free. */
char *memory_copy_bytes(const char *bytes, size_t len_bytes);

#endif
