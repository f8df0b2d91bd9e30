/* Samples: items drawn at random so that anybody can repeat the draw, or chosen, for one line of a
 * round.
 *
 * The draw, named sha256-rank in the records. The items are numbered 1 to N. Each number has a
 * rank: the SHA-256 of the text SEED:NUMBER (UTF-8, the number in decimal without zeros before it),
 * read as 64 hexadecimal digits. Drawn are the items of the smallest ranks, as many as the sample
 * is to have; they are told in the order of their numbers. The same seed draws the same items, and
 * a larger sample holds every smaller one. With N 40, size 5 and seed 4f3a, a shell repeats it:
 *
 *     for i in $(seq 40); do printf '%s %s\n' "$(printf '4f3a:%s' $i | sha256sum)" $i; done |
 *         sort | head -5
 */
#ifndef CLAUSE5_AUDIT_SAMPLE_H
#define CLAUSE5_AUDIT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/base/buffer.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/workbook.h"

enum { SAMPLE_POPULATION_MOST = 1000000 };

/* Choices of sample.method, in the order of registers.tsv. */
enum sample_method { SAMPLE_RANDOM, SAMPLE_JUDGEMENT, SAMPLE_ALL, SAMPLE_METHODS };

/* Numbers of items, ascending. */
struct sample_items {
    int *numbers;
    size_t count;
};
void sample_items_free(struct sample_items *items);

/* Draws SIZE of the items 1 to POPULATION. Refuses an empty seed, a population beyond
 * SAMPLE_POPULATION_MOST, and a size beyond the population. Free with sample_items_free. */
bool sample_draw(const char *seed, int population, int size, struct sample_items *items,
                 struct fault *fault);

/* Appends "2, 9, 13". */
void sample_print_items(const struct sample_items *items, struct buffer *out);

/* Reads numbers separated by commas or blanks, in any order, each once, up to POPULATION. */
bool sample_read_items(const char *text, int population, struct sample_items *items,
                       struct fault *fault);

/* Returns the size that is proposed: the square root of the population, rounded up, at least 3
 * where there are so many. */
int sample_propose_size(int population);

/* Appends a seed of eight random hexadecimal digits. */
void sample_propose_seed(struct buffer *out);

/* Reads the rows of a register as numbered items, in the order of their keys (bytewise, as an
 * export has them): item 1 is IDS[0]. The caller frees *IDS. Returns how many, -1 with the fault.
 */
int sample_read_rows(struct workbook *workbook, enum register_id register_id, int64_t **ids,
                     struct fault *fault);

/* A sample as it is kept. */
struct sample_plan {
    int64_t assessment;
    enum sample_method method;
    int population;
    const char *seed;             /* of a random draw */
    enum register_id register_id; /* whose rows the items are, else REGISTER_NONE */
    const struct sample_items *items;
};

/* Stores the sample, drawn today, in a batch "sample 5 of 40 for 2026-IA/5.1.c"; its note says from
 * what and how it was drawn. One of the same day and line is replaced (one batch, undone as any).
 * *ID becomes the record's. */
bool sample_store(struct workbook *workbook, const struct sample_plan *plan, int64_t *id,
                  struct fault *fault);

/* Returns the sample drawn today for the line, 0 where there is none, -1 with the fault. */
int64_t sample_of_today(struct workbook *workbook, int64_t assessment, struct fault *fault);

/* Returns the register that the note of a stored sample names, REGISTER_NONE for a numbered list.
 */
enum register_id sample_register_of(const char *note);

#endif
