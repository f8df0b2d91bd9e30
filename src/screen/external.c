/* Owns running other programs on the user's word: always an argument list, never a shell. Knows
 * nothing of where texts and files come from. */
#include "clause5/screen/external.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "clause5/screen/layout.h"
#include "screen/terminal_state.h"

enum {
    EDITED_LIMIT_BYTES = 16 << 20,
    CLIPBOARD_LIMIT_BYTES = 74994, /* OSC 52: terminals take 100,000 bytes of base64 or less */
    CANNOT_RUN = 127,
};

/* Words of a command line. */
struct words {
    char **items; /* NULL behind the last */
    size_t count, capacity;
};

static void add_word(struct words *words, char *word) {
    words->items =
        memory_reserve(words->items, &words->capacity, words->count + 2, sizeof *words->items);
    words->items[words->count++] = word;
    words->items[words->count] = NULL;
}

static void free_words(struct words *words) {
    for (size_t i = 0; i < words->count; i++) {
        free(words->items[i]);
    }
    free(words->items);
}

/* Splits at blanks; quotes hold blanks, and a backslash holds what follows it, as in a shell. */
static void split_words(const char *command, struct words *words) {
    struct buffer word = {0};
    char quote = 0;
    bool is_open = false;
    for (const char *at = command; *at != '\0'; at++) {
        bool is_blank = *at == ' ' || *at == '\t' || *at == '\n';
        if (quote == 0 && is_blank) {
            if (is_open) {
                add_word(words, buffer_take(&word));
            }
            is_open = false;
            continue;
        }
        is_open = true;
        if (quote == 0 && (*at == '\'' || *at == '"')) {
            quote = *at;
        } else if (quote != 0 && *at == quote) {
            quote = 0;
        } else {
            bool is_escape = *at == '\\' && quote != '\'' && at[1] != '\0';
            at += is_escape ? 1 : 0;
            buffer_add_byte(&word, *at);
        }
    }
    if (is_open) {
        add_word(words, buffer_take(&word));
    }
    buffer_free(&word);
}

static const char *editor_command(void) {
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[strspn(value, " \t")] != '\0') {
            return value;
        }
    }
    return "vi";
}

/* Starts a program on the terminal with the signals as a shell would start it. Returns errno. */
static int start(const struct terminal *terminal, char *const *words, pid_t *pid) {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGQUIT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, terminal->input_fd, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, terminal->output_fd, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, terminal->output_fd, STDERR_FILENO);
    int error = posix_spawnp(pid, words[0], &actions, &attributes, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

static int wait_for(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Runs the editor on PATH with the terminal lent to it. */
static bool run_editor(struct terminal *terminal, const char *path, struct fault *fault) {
    struct words words = {0};
    pid_t pid = 0;
    split_words(editor_command(), &words);
    add_word(&words, memory_copy_text(path));
    terminal_lend(terminal);
    int error = start(terminal, words.items, &pid);
    int status = error == 0 ? wait_for(pid) : 0;
    terminal_return(terminal);
    if (error != 0) {
        fault_set(fault, FAULT_FAILED,
                  "cannot run the editor \"%s\": %s; set VISUAL or EDITOR to one that is there",
                  words.items[0], strerror(error));
    } else if (status != 0) {
        fault_set(fault, FAULT_FAILED,
                  "the editor \"%s\" ended with status %d; the text is as it was", words.items[0],
                  status);
    }
    free_words(&words);
    return error == 0 && status == 0;
}

static bool write_text(int fd, const struct buffer *text) {
    for (size_t done = 0; done < text->len_bytes;) {
        ssize_t written = write(fd, text->bytes + done, text->len_bytes - done);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return true;
}

/* Makes the file with TEXT in it. Returns its path, which the caller frees, or NULL. */
static char *make_file(const char *folder, const struct buffer *text, struct fault *fault) {
    static const char suffix[] = ".txt";
    struct buffer path = {0};
    buffer_addf(&path, "%s/.clause5-XXXXXX%s", folder, suffix);
    mode_t mask = umask(077);
    int fd = mkostemps(path.bytes, sizeof suffix - 1, O_CLOEXEC);
    umask(mask);
    bool is_good = fd >= 0 && write_text(fd, text);
    int error = errno;
    if (fd >= 0 && close(fd) != 0 && is_good) {
        is_good = false;
        error = errno;
    }
    if (!is_good) {
        fault_set(fault, FAULT_FAILED, "cannot write a file for the editor in %s: %s", folder,
                  strerror(error));
        if (fd >= 0) {
            unlink(path.bytes);
        }
        buffer_free(&path);
        return NULL;
    }
    return buffer_take(&path);
}

static bool read_all(int fd, struct buffer *out) {
    char bytes[8192];
    for (;;) {
        ssize_t len = read(fd, bytes, sizeof bytes);
        if (len == 0) {
            return true;
        }
        if (len < 0 && errno != EINTR) {
            return false;
        }
        buffer_append(out, bytes, len > 0 ? (size_t)len : 0);
        if (out->len_bytes > EDITED_LIMIT_BYTES) {
            errno = EFBIG;
            return false;
        }
    }
}

static bool read_file(const char *path, struct buffer *text, struct fault *fault) {
    struct buffer edited = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool is_good = fd >= 0 && read_all(fd, &edited);
    int error = errno;
    if (fd >= 0) {
        close(fd);
    }
    if (!is_good) {
        buffer_free(&edited);
        return fault_set(fault, FAULT_FAILED, "cannot read what the editor wrote: %s",
                         strerror(error));
    }
    if (text_find_invalid(buffer_text(&edited), edited.len_bytes) != edited.len_bytes) {
        buffer_free(&edited);
        return fault_set(fault, FAULT_REFUSED,
                         "what the editor wrote is no UTF-8; the text is as it was");
    }
    if (edited.len_bytes > 0 && edited.bytes[edited.len_bytes - 1] == '\n') {
        edited.bytes[--edited.len_bytes] = '\0';
    }
    buffer_free(text);
    *text = edited;
    return true;
}

/* Removes the file and the copy that editors leave beside it. */
static void remove_file(const char *path) {
    struct buffer copy = {0};
    buffer_addf(&copy, "%s~", path);
    unlink(path);
    unlink(copy.bytes);
    buffer_free(&copy);
}

bool external_edit(struct terminal *terminal, const char *folder, struct buffer *text,
                   struct fault *fault) {
    char *path = make_file(folder, text, fault);
    if (path == NULL) {
        return false;
    }
    bool is_good = run_editor(terminal, path, fault) && read_file(path, text, fault);
    remove_file(path);
    free(path);
    return is_good;
}

/* Endings that desktops run or that start programs by what they say. */
static bool runs_by_name(const char *path) {
    static const char *const endings[] = {".desktop", ".exe", ".com", ".bat",      ".cmd", ".scr",
                                          ".msi",     ".jar", ".lnk", ".appimage", ".run"};
    size_t len = strlen(path);
    for (size_t i = 0; i < COUNT(endings); i++) {
        size_t ending = strlen(endings[i]);
        if (len >= ending && text_compare_ascii_case(path + len - ending, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Starts PROGRAM on PATH apart from this process, silent. Returns whether it could be started. */
static bool start_apart(const char *program, char *path) {
    char *name = memory_copy_text(program);
    pid_t pid = fork();
    if (pid == 0) {
        /* The child of a child is nobody's to wait for. */
        char *words[] = {name, path, NULL};
        posix_spawn_file_actions_t actions;
        pid_t started = 0;
        setsid();
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
        _exit(posix_spawnp(&started, name, &actions, NULL, words, environ) == 0 ? 0 : CANNOT_RUN);
    }
    free(name);
    return pid > 0 && wait_for(pid) == 0;
}

bool external_open_file(const char *path, struct fault *fault) {
    struct stat status;
    char *whole = realpath(path, NULL);
    if (whole == NULL || stat(whole, &status) != 0) {
        fault_set(fault, FAULT_FAILED, "cannot open %s: %s", path, strerror(errno));
    } else if (!S_ISREG(status.st_mode)) {
        fault_set(fault, FAULT_REFUSED, "%s is no file, so it is not opened", whole);
    } else if ((status.st_mode & 0111) != 0 || runs_by_name(whole) || runs_by_name(path)) {
        fault_set(fault, FAULT_REFUSED,
                  "%s is a program or starts one, so it is not opened from here", whole);
    } else if (!start_apart("xdg-open", whole)) {
        fault_set(fault, FAULT_FAILED, "cannot run xdg-open; the file is %s", whole);
    } else {
        free(whole);
        return true;
    }
    free(whole);
    return false;
}

static void add_base64(struct buffer *out, const unsigned char *bytes, size_t len) {
    enum { PADDING = 64 };
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    for (size_t i = 0; i < len; i += 3) {
        size_t left = len - i;
        unsigned group = (unsigned)bytes[i] << 16 | (left > 1 ? (unsigned)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? (unsigned)bytes[i + 2] : 0);
        buffer_add_byte(out, digits[group >> 18]);
        buffer_add_byte(out, digits[group >> 12 & 63]);
        buffer_add_byte(out, digits[left > 1 ? group >> 6 & 63 : PADDING]);
        buffer_add_byte(out, digits[left > 2 ? group & 63 : PADDING]);
    }
}

bool external_copy(struct terminal *terminal, const char *text) {
    size_t len = strlen(text);
    size_t taken = 0;
    while (taken < len) {
        size_t next = layout_next(text, taken, NULL);
        if (next > CLIPBOARD_LIMIT_BYTES) {
            break;
        }
        taken = next;
    }
    if (!terminal->has_paste) {
        return false;
    }
    struct buffer sequence = {0};
    buffer_add(&sequence, "\033]52;c;");
    add_base64(&sequence, (const unsigned char *)text, taken);
    buffer_add(&sequence, "\007");
    terminal_send(terminal, buffer_text(&sequence), sequence.len_bytes);
    buffer_free(&sequence);
    return taken == len;
}
