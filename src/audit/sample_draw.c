/* Owns the draw itself (sample.h says how it works) and lists of item numbers; knows no record. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "clause5/audit/sample.h"
#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/store/file_digest.h"

enum { LEAST_SIZE = 3, SEED_BYTES = 4 };

/* An item with its rank. */
struct ranked {
    uint8_t rank[BYTES_DIGEST_SIZE];
    int number;
};

void sample_items_free(struct sample_items *items) {
    free(items->numbers);
    *items = (struct sample_items){0};
}

/* TEXT begins with the seed and a colon, PREFIX_BYTES long. */
static void rank_item(struct buffer *text, size_t prefix_bytes, struct ranked *item) {
    text->len_bytes = prefix_bytes;
    buffer_addf(text, "%d", item->number);
    bytes_digest(text->bytes, text->len_bytes, item->rank);
}

static int compare_ranks(const struct ranked *a, const struct ranked *b) {
    int order = memcmp(a->rank, b->rank, sizeof a->rank);
    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

/* Lets the item at the top of the heap sink to its place; the largest rank stands on top. */
static void sink(struct ranked *heap, size_t count) {
    size_t at = 0;
    for (size_t child = 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && compare_ranks(&heap[child + 1], &heap[child]) > 0) {
            child++;
        }
        if (compare_ranks(&heap[at], &heap[child]) >= 0) {
            return;
        }
        struct ranked moved = heap[at];
        heap[at] = heap[child];
        heap[child] = moved;
        at = child;
    }
}

static void rise(struct ranked *heap, size_t at) {
    while (at > 0 && compare_ranks(&heap[at], &heap[(at - 1) / 2]) > 0) {
        struct ranked moved = heap[at];
        heap[at] = heap[(at - 1) / 2];
        heap[(at - 1) / 2] = moved;
        at = (at - 1) / 2;
    }
}

static int compare_numbers(const void *a, const void *b) {
    const int *left = a;
    const int *right = b;
    return (*left > *right) - (*left < *right);
}

static bool check_draw(const char *seed, int population, int size, struct fault *fault) {
    if (seed[0] == '\0') {
        return fault_set(fault, FAULT_REFUSED, "a random draw needs a seed: any word or number");
    }
    if (population < 1 || population > SAMPLE_POPULATION_MOST) {
        return fault_set(fault, FAULT_REFUSED, "a population has 1 to %d items",
                         SAMPLE_POPULATION_MOST);
    }
    return (size >= 1 && size <= population) ||
           fault_set(fault, FAULT_REFUSED, "of %d items 1 to %d can be drawn", population,
                     population);
}

bool sample_draw(const char *seed, int population, int size, struct sample_items *items,
                 struct fault *fault) {
    *items = (struct sample_items){0};
    if (!check_draw(seed, population, size, fault)) {
        return false;
    }
    struct ranked *heap = memory_zero((size_t)size, sizeof *heap);
    size_t count = 0;
    struct buffer text = {0};
    buffer_addf(&text, "%s:", seed);
    size_t prefix_bytes = text.len_bytes;
    for (int number = 1; number <= population; number++) {
        struct ranked item = {.number = number};
        rank_item(&text, prefix_bytes, &item);
        if (count < (size_t)size) {
            heap[count] = item;
            rise(heap, count++);
        } else if (compare_ranks(&item, &heap[0]) < 0) {
            heap[0] = item;
            sink(heap, count);
        }
    }
    items->numbers = memory_zero(count, sizeof *items->numbers);
    items->count = count;
    for (size_t i = 0; i < count; i++) {
        items->numbers[i] = heap[i].number;
    }
    qsort(items->numbers, count, sizeof *items->numbers, compare_numbers);
    free(heap);
    buffer_free(&text);
    return true;
}

void sample_print_items(const struct sample_items *items, struct buffer *out) {
    for (size_t i = 0; i < items->count; i++) {
        buffer_addf(out, "%s%d", i == 0 ? "" : ", ", items->numbers[i]);
    }
}

/* Refuses a number that stands twice. */
static bool check_once(const struct sample_items *items, struct fault *fault) {
    for (size_t i = 1; i < items->count; i++) {
        if (items->numbers[i] == items->numbers[i - 1]) {
            return fault_set(fault, FAULT_REFUSED, "item %d is named twice", items->numbers[i]);
        }
    }
    return items->count > 0 ||
           fault_set(fault, FAULT_REFUSED, "name the items by their numbers, such as 3, 7, 12");
}

bool sample_read_items(const char *text, int population, struct sample_items *items,
                       struct fault *fault) {
    size_t capacity = 0;
    *items = (struct sample_items){0};
    for (const char *at = text + strspn(text, ", "); *at != '\0'; at += strspn(at, ", ")) {
        char *end = NULL;
        errno = 0;
        long number = at[0] >= '0' && at[0] <= '9' ? strtol(at, &end, 10) : 0;
        if (end == NULL || errno != 0 || number < 1 || number > population) {
            return fault_set(fault, FAULT_REFUSED, "\"%s\" is no item: they go from 1 to %d", at,
                             population);
        }
        items->numbers =
            memory_reserve(items->numbers, &capacity, items->count + 1, sizeof *items->numbers);
        items->numbers[items->count++] = (int)number;
        at = end;
    }
    if (items->count > 1) {
        qsort(items->numbers, items->count, sizeof *items->numbers, compare_numbers);
    }
    return check_once(items, fault);
}

int sample_propose_size(int population) {
    int size = (int)ceil(sqrt((double)population));
    size = size < LEAST_SIZE ? LEAST_SIZE : size;
    return size < population ? size : population;
}

void sample_propose_seed(struct buffer *out) {
    uint8_t bytes[SEED_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        die("the system gives no random numbers: %s", strerror(errno));
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        buffer_addf(out, "%02x", bytes[i]);
    }
}
