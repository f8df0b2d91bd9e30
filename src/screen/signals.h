/* The signals that a full-screen program minds. Handlers set flags; everything else happens in
 * terminal_wait. */
#ifndef CLAUSE5_SRC_SCREEN_SIGNALS_H
#define CLAUSE5_SRC_SCREEN_SIGNALS_H

#include <signal.h>
#include <stdbool.h>

enum signals_flag {
    SIGNALS_RESIZE,   /* SIGWINCH */
    SIGNALS_CONTINUE, /* SIGCONT */
    SIGNALS_STOP,     /* SIGTSTP from elsewhere: the keyboard's ^Z is a key */
    SIGNALS_END,      /* SIGTERM, SIGHUP, SIGINT */
    SIGNALS_FLAGS,
};

enum signals_wait {
    SIGNALS_TIMEOUT,
    SIGNALS_INPUT,
    SIGNALS_FLAGGED, /* a signal came */
    SIGNALS_GONE,    /* the other side of the terminal is closed */
};

enum { SIGNALS_CAUGHT = 6 };

/* What the handlers were before. */
struct signals_saved {
    struct sigaction actions[SIGNALS_CAUGHT];
};

/* Installs the handlers and clears the flags. */
void signals_install(struct signals_saved *saved);

/* Puts the former handlers back. Where the terminal IS_GONE, the SIGHUP that tells so may still be
 * on its way, and is ignored from now on: it must not end the program while it closes its files. */
void signals_restore(const struct signals_saved *saved, bool is_gone);

/* True where the signal came since it was last taken; takes it. */
bool signals_take(enum signals_flag flag);

/* True where the signal came, without taking it. */
bool signals_came(enum signals_flag flag);

/* Waits for input on FD or a signal, at most WAIT_MS. A signal that lands between the look at the
 * flags and the wait ends the wait: the signals are open only within it. */
enum signals_wait signals_wait_input(int fd, int wait_ms);

/* Stops the process group as ^Z does, and returns once it goes on; at once where the program was
 * started with SIGTSTP ignored. */
void signals_stop_group(void);

/* While another program has the terminal, its ^C and ^\ are not ours, but its ^Z is. */
void signals_lend(void);
void signals_return(void);

#endif
