/* Owns the sending of a frame in one piece. Curses writes a frame bit by bit, and a terminal that
 * draws in between shows half of it; here it writes into memory instead, and the terminal gets what
 * gathered there at once. Where the system has no such memory, curses goes on writing itself. */
#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "screen/terminal_state.h"

enum { PIECE_BYTES = 64 * 1024 }; /* more than most frames have */

void whole_frame_open(struct terminal *terminal) {
    terminal->gathering_fd = memfd_create("frame", MFD_CLOEXEC);
}

/* Lets the descriptor that curses writes to lead elsewhere. */
static bool lead(const struct terminal *terminal, int fd) {
    int result = dup2(fd, fileno(terminal->output));
    while (result < 0 && errno == EINTR) {
        result = dup2(fd, fileno(terminal->output));
    }
    return result >= 0;
}

static void send_gathered(const struct terminal *terminal, off_t end) {
    char bytes[PIECE_BYTES];
    off_t at = 0;
    while (at < end) {
        size_t wanted = end - at < PIECE_BYTES ? (size_t)(end - at) : PIECE_BYTES;
        ssize_t got = pread(terminal->gathering_fd, bytes, wanted, at);
        if (got <= 0) {
            clearok(curscr, TRUE); /* what is lost comes with the next frame */
            return;
        }
        terminal_write(terminal, bytes, (size_t)got);
        at += got;
    }
}

void whole_frame_send(struct terminal *terminal) {
    int gathering = terminal->gathering_fd;
    if (gathering < 0 || lseek(gathering, 0, SEEK_SET) != 0 || !lead(terminal, gathering)) {
        doupdate();
        return;
    }
    doupdate();
    lead(terminal, terminal->output_fd);
    send_gathered(terminal, lseek(gathering, 0, SEEK_CUR));
}

void whole_frame_close(struct terminal *terminal) {
    if (terminal->gathering_fd >= 0) {
        close(terminal->gathering_fd);
    }
}
