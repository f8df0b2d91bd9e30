/* Owns the order of refs; knows no workbook. */
#include "clause5/audit/requirement_order.h"

#include <ctype.h>
#include <string.h>

static int ref_rank(unsigned char byte) {
    if (byte == '\0') {
        return 0;
    }
    if (isdigit(byte)) {
        return 2;
    }
    return isalpha(byte) ? 3 : 1;
}

/* Compares two runs of digits by the number they mean and steps behind both. */
static int compare_numbers(const char **a, const char **b) {
    *a += strspn(*a, "0");
    *b += strspn(*b, "0");
    size_t a_digits = strspn(*a, "0123456789");
    size_t b_digits = strspn(*b, "0123456789");
    if (a_digits != b_digits) {
        return a_digits < b_digits ? -1 : 1;
    }
    int order = memcmp(*a, *b, a_digits);
    *a += a_digits;
    *b += b_digits;
    return order;
}

int requirement_compare_refs(const char *a, const char *b) {
    while (*a != '\0' || *b != '\0') {
        unsigned char left = (unsigned char)*a;
        unsigned char right = (unsigned char)*b;
        int order = ref_rank(left) - ref_rank(right);
        if (order == 0 && isdigit(left)) {
            order = compare_numbers(&a, &b);
        } else if (order == 0) {
            order = left - right;
            a++;
            b++;
        }
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

int requirement_compare_places(const struct requirement_place *a,
                               const struct requirement_place *b) {
    int order = requirement_compare_refs(a->clause, b->clause);
    return order != 0 ? order : requirement_compare_refs(a->ref, b->ref);
}
