/* Owns the last words of the program; knows nothing of terminals or files. */
#include "clause5/base/die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void (*farewell_of_process)(void);

void die_set_farewell(void (*farewell)(void)) {
    farewell_of_process = farewell;
}

void die(const char *format, ...) {
    void (*farewell)(void) = farewell_of_process;
    farewell_of_process = NULL;
    if (farewell != NULL) {
        farewell();
    }
    va_list arguments;
    va_start(arguments, format);
    fputs("clause5: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    _Exit(EXIT_FAILED);
}
