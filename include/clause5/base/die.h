/* The end of the program where it cannot go on: a broken invariant or lost memory. */
#ifndef CLAUSE5_BASE_DIE_H
#define CLAUSE5_BASE_DIE_H

/* Exit status of the program, as product.md fixes it. */
enum exit_status {
    EXIT_GOOD = 0,   /* it ran and found nothing to report */
    EXIT_FOUND = 1,  /* it ran and found something: a failed check, a rejected row, a conflict */
    EXIT_USAGE = 2,  /* the command line was wrong */
    EXIT_FAILED = 3, /* cannot open, locked, damaged, disk full */
};

/* Sets what runs before the message of die, such as giving the terminal back; NULL for nothing.
 * There is one terminal in a process, so this is one of the few facts kept outside a context. */
void die_set_farewell(void (*farewell)(void));

/* Says the message on standard error, after the farewell, and ends the process with EXIT_FAILED.
 * Only for what no user can mend: everything else fills a struct fault. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
