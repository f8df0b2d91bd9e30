/* Owns the names of the keys and what they send; libvterm knows the modes that change it. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "support/pty_inside.h"

enum { CONTROL_BITS = 0x1f };

struct named_key {
    const char *name;
    VTermKey key;
    VTermModifier modifier;
    const char *bytes; /* in the place of a key of libvterm's */
};

static const struct named_key named_keys[] = {
    {.name = "Enter", .bytes = "\r"},
    {.name = "Esc", .bytes = "\x1b"},
    {.name = "Tab", .bytes = "\t"},
    {.name = "Space", .bytes = " "},
    {.name = "Backspace", .bytes = "\x7f"},
    {.name = "S-Tab", .key = VTERM_KEY_TAB, .modifier = VTERM_MOD_SHIFT},
    {.name = "Up", .key = VTERM_KEY_UP},
    {.name = "Down", .key = VTERM_KEY_DOWN},
    {.name = "Left", .key = VTERM_KEY_LEFT},
    {.name = "Right", .key = VTERM_KEY_RIGHT},
    {.name = "Home", .key = VTERM_KEY_HOME},
    {.name = "End", .key = VTERM_KEY_END},
    {.name = "PgUp", .key = VTERM_KEY_PAGEUP},
    {.name = "PgDn", .key = VTERM_KEY_PAGEDOWN},
    {.name = "Insert", .key = VTERM_KEY_INS},
    {.name = "Delete", .key = VTERM_KEY_DEL},
};

static const struct named_key *find_key(const char *name) {
    for (size_t i = 0; i < COUNT(named_keys); i++) {
        if (strcmp(named_keys[i].name, name) == 0) {
            return &named_keys[i];
        }
    }
    return NULL;
}

static bool press_named(struct terminal *terminal, const char *name) {
    const struct named_key *key = find_key(name);
    if (key != NULL && key->bytes != NULL) {
        terminal_send_bytes(terminal, key->bytes, strlen(key->bytes));
    } else if (key != NULL) {
        vterm_keyboard_key(terminal->vterm, key->key, key->modifier);
    }
    return key != NULL;
}

static bool press_function_key(struct terminal *terminal, const char *name) {
    char *end = NULL;
    long number = name[0] == 'F' && name[1] != '\0' ? strtol(name + 1, &end, 10) : 0;
    if (number < 1 || number > 12 || *end != '\0') {
        return false;
    }
    vterm_keyboard_key(terminal->vterm, (VTermKey)VTERM_KEY_FUNCTION(number), VTERM_MOD_NONE);
    return true;
}

static bool press_with_modifier(struct terminal *terminal, const char *name) {
    if (strncmp(name, "C-", 2) == 0 && name[2] != '\0' && name[3] == '\0') {
        char byte = (char)(name[2] & CONTROL_BITS);
        terminal_send_bytes(terminal, &byte, 1);
        return true;
    }
    if (strncmp(name, "M-", 2) == 0 && name[2] != '\0') {
        terminal_send_bytes(terminal, "\x1b", 1);
        terminal_send_bytes(terminal, name + 2, strlen(name + 2));
        return true;
    }
    return false;
}

/* One character, however many bytes it has. */
static bool press_character(struct terminal *terminal, const char *name) {
    size_t len = strlen(name);
    size_t continued = 0;
    for (size_t i = 1; i < len; i++) {
        continued += ((unsigned char)name[i] & 0xC0) == 0x80;
    }
    if (len == 0 || continued != len - 1) {
        return false;
    }
    terminal_send_bytes(terminal, name, len);
    return true;
}

void terminal_type(struct terminal *terminal, const char *bytes) {
    terminal_send_bytes(terminal, bytes, strlen(bytes));
}

void terminal_key_at(struct terminal *terminal, const char *name, const char *file, int line) {
    if (!press_named(terminal, name) && !press_function_key(terminal, name) &&
        !press_with_modifier(terminal, name) && !press_character(terminal, name)) {
        terminal_fail(terminal, &(struct terminal_place){file, line}, "there is no key %s", name);
        return;
    }
    if (strcmp(name, "Esc") == 0) {
        terminal_settle_at(terminal, file, line);
    }
}

void terminal_keys_at(struct terminal *terminal, const char *names, const char *file, int line) {
    char *list = memory_copy_text(names);
    char *rest = NULL;
    for (char *name = strtok_r(list, " ", &rest); name != NULL; name = strtok_r(NULL, " ", &rest)) {
        terminal_key_at(terminal, name, file, line);
    }
    free(list);
}
