/* The full-screen workbook: all of it behind one call. */
#ifndef CLAUSE5_PANES_INTERFACE_H
#define CLAUSE5_PANES_INTERFACE_H

/* Opens the workbook at PATH in the terminal and runs until the user leaves. A PATH that does not
 * exist is offered for creation; NULL asks for a name and place. Returns an exit status of
 * product.md: EXIT_USAGE with a message on standard error where there is no terminal, EXIT_FAILED
 * where the workbook cannot be opened. */
int interface_run(const char *path);

#endif
