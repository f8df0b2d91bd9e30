/* The last look at standard output. */
#ifndef CLAUSE5_COMMAND_OUTPUT_H
#define CLAUSE5_COMMAND_OUTPUT_H

/* Returns STATUS, or EXIT_FAILED with a message where what was printed did not arrive. A reader
 * that has left, as head does, is no failure. */
int output_close(int status);

#endif
