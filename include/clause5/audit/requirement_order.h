/* The order in which the checklist is walked. */
#ifndef CLAUSE5_AUDIT_REQUIREMENT_ORDER_H
#define CLAUSE5_AUDIT_REQUIREMENT_ORDER_H

/* Compares two refs or clauses as people count them: numbers by size (9.1 before 10.1, p2 before
 * p10), numbers before letters, 5.3-1 before 5.3.a, a ref before those that go on from it; <0, 0,
 * >0. */
int requirement_compare_refs(const char *a, const char *b);

/* One line's place: its clause first, so that a line of the user's own (X-) stands behind the
 * others of its clause. */
struct requirement_place {
    const char *clause;
    const char *ref;
};
int requirement_compare_places(const struct requirement_place *a,
                               const struct requirement_place *b);

#endif
