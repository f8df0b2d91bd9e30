/* A small whole program on this room alone, for tests that drive it from outside. */
#ifndef CLAUSE5_TESTS_SCREEN_DEMO_H
#define CLAUSE5_TESTS_SCREEN_DEMO_H

/* Runs it: a list of as many rows as the first argument says, with a form (e), a question (d), a
 * prompt (:), die (D) and exit without closing (X). Returns its exit status. */
int demo_run(int argc, char **argv);

#endif
