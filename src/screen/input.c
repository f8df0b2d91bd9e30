/* Owns how bytes and curses' key codes become keys, pastes and clicks. Knows nothing of what keys
 * do, and never waits. */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "clause5/base/clock.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "screen/terminal_state.h"

enum { PASTE_LIMIT_BYTES = 1 << 20 };

/* Codes of our own for sequences that terminfo has no plain name for. */
enum {
    CURSES_PASTE_START = KEY_MAX + 0x1000, /* past the extended keys that curses numbers itself */
    CURSES_PASTE_END,
    CURSES_WORD_LEFT,
    CURSES_WORD_RIGHT,
};

static const struct {
    const char *sequence;
    int code;
} own_sequences[] = {
    {"\033[200~", CURSES_PASTE_START}, {"\033[201~", CURSES_PASTE_END},
    {"\033[1;5D", CURSES_WORD_LEFT},   {"\033[1;5C", CURSES_WORD_RIGHT},
    {"\033Od", CURSES_WORD_LEFT},      {"\033Oc", CURSES_WORD_RIGHT},
};

static const struct {
    int code;
    uint32_t key;
} named_keys[] = {
    {KEY_UP, KEYCODE_UP},
    {KEY_DOWN, KEYCODE_DOWN},
    {KEY_LEFT, KEYCODE_LEFT},
    {KEY_RIGHT, KEYCODE_RIGHT},
    {KEY_PPAGE, KEYCODE_PAGE_UP},
    {KEY_NPAGE, KEYCODE_PAGE_DOWN},
    {KEY_HOME, KEYCODE_HOME},
    {KEY_A1, KEYCODE_HOME},
    {KEY_FIND, KEYCODE_HOME},
    {KEY_END, KEYCODE_END},
    {KEY_LL, KEYCODE_END},
    {KEY_C1, KEYCODE_END},
    {KEY_SELECT, KEYCODE_END},
    {KEY_IC, KEYCODE_INSERT},
    {KEY_DC, KEYCODE_DELETE},
    {KEY_BTAB, KEYCODE_SHIFT_TAB},
    {KEY_ENTER, KEYCODE_ENTER},
    {KEY_BACKSPACE, KEYCODE_BACKSPACE},
    {CURSES_WORD_LEFT, KEYCODE_WORD_LEFT},
    {CURSES_WORD_RIGHT, KEYCODE_WORD_RIGHT},
};

/* Control characters that mean a key with a name of its own. */
static const struct {
    uint32_t code, key;
} control_keys[] = {
    {KEYCODE_CTRL('C'), KEYCODE_ESC},
    {KEYCODE_CTRL('H'), KEYCODE_BACKSPACE},
    {KEYCODE_CTRL('J'), KEYCODE_ENTER},
};

void input_open(struct terminal *terminal) {
    (void)terminal;
    for (size_t i = 0; i < COUNT(own_sequences); i++) {
        define_key(own_sequences[i].sequence, own_sequences[i].code);
    }
}

static uint32_t key_of_curses(int code) {
    for (size_t i = 0; i < COUNT(named_keys); i++) {
        if (named_keys[i].code == code) {
            return named_keys[i].key;
        }
    }
    if (code > KEY_F0 && code <= KEY_F(12)) {
        return KEYCODE_F(code - KEY_F0);
    }
    return KEYCODE_NONE;
}

static uint32_t key_of_character(uint32_t code) {
    for (size_t i = 0; i < COUNT(control_keys); i++) {
        if (control_keys[i].code == code) {
            return control_keys[i].key;
        }
    }
    return code;
}

/* How many bytes the UTF-8 character has that starts with LEAD; 1 where it starts none. */
static size_t utf8_length(unsigned char lead) {
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

/* Adds a byte to the character that is on its way. True with the whole character in *CODE. What is
 * stored is UTF-8, so an ASCII locale takes UTF-8 from the keyboard too. */
static bool take_byte(struct terminal *terminal, unsigned char byte, uint32_t *code) {
    if (byte < 0x80) {
        terminal->partial_bytes = 0;
        *code = byte;
        return true;
    }
    if (!text_locale_is_utf8() && MB_CUR_MAX == 1) {
        wchar_t wide = 0;
        mbstate_t state = {0};
        char bytes[1] = {(char)byte};
        if (mbrtowc(&wide, bytes, 1, &state) == 1 && wide >= 0xA0 && wide < 0xD800) {
            *code = (uint32_t)wide;
            return true;
        }
    }
    if ((byte & 0xC0) != 0x80) {
        terminal->partial_bytes = 0;
    } else if (terminal->partial_bytes == 0) {
        return false;
    }
    terminal->partial[terminal->partial_bytes++] = byte;
    if (terminal->partial_bytes < utf8_length(terminal->partial[0])) {
        return false;
    }
    size_t len = terminal->partial_bytes;
    terminal->partial_bytes = 0;
    return text_decode((const char *)terminal->partial, len, code) == len;
}

static void take_pasted(struct terminal *terminal, uint32_t code) {
    terminal->paste_ms = clock_monotonic_ms();
    if (code == '\r') {
        code = '\n';
    }
    bool is_kept = code == '\n' || code == '\t' || (code >= 0x20 && code != 0x7F);
    if (is_kept && terminal->pasted.len_bytes < PASTE_LIMIT_BYTES) {
        text_encode(&terminal->pasted, code);
    }
}

/* Sees to the marks round a paste. True where CODE was one, or a named key inside a paste. */
static bool take_paste_mark(struct terminal *terminal, int code, struct terminal_event *event) {
    if (code == CURSES_PASTE_START) {
        terminal->is_pasting = true;
        terminal->paste_ms = clock_monotonic_ms();
        buffer_clear(&terminal->pasted);
        return true;
    }
    if (code == CURSES_PASTE_END && terminal->is_pasting) {
        terminal->is_pasting = false;
        *event =
            (struct terminal_event){.kind = TERMINAL_PASTE, .text = buffer_text(&terminal->pasted)};
        return true;
    }
    return terminal->is_pasting || code == CURSES_PASTE_END;
}

static bool take_click(struct terminal_event *event) {
    MEVENT mouse;
    if (getmouse(&mouse) != OK) {
        return false;
    }
    if ((mouse.bstate & BUTTON4_PRESSED) != 0) {
        *event = (struct terminal_event){.kind = TERMINAL_KEY, .key = KEYCODE_UP};
    } else if ((mouse.bstate & BUTTON5_PRESSED) != 0) {
        *event = (struct terminal_event){.kind = TERMINAL_KEY, .key = KEYCODE_DOWN};
    } else {
        *event =
            (struct terminal_event){.kind = TERMINAL_CLICKED, .row = mouse.y, .column = mouse.x};
    }
    return true;
}

/* Drops the rest of a control sequence that terminfo has no name for, so that its digits are not
 * taken for keys. A lone Esc has nothing behind it. True where there was such a rest. */
static bool drop_sequence(struct terminal *terminal) {
    int code = wgetch(terminal->keys);
    if (code != '[') {
        if (code != ERR) {
            ungetch(code);
        }
        return false;
    }
    do {
        code = wgetch(terminal->keys);
    } while (code >= 0x20 && code < 0x40);
    return true;
}

/* Handles one code of curses. True where it made an event. */
static bool take_code(struct terminal *terminal, int code, struct terminal_event *event) {
    if (code >= KEY_MIN) {
        if (take_paste_mark(terminal, code, event)) {
            return event->kind == TERMINAL_PASTE;
        }
        if (code == KEY_MOUSE) {
            return take_click(event);
        }
        uint32_t key = key_of_curses(code);
        *event = (struct terminal_event){.kind = TERMINAL_KEY, .key = key};
        return key != KEYCODE_NONE;
    }
    if (code == KEYCODE_ESC && drop_sequence(terminal)) {
        return false;
    }
    uint32_t character = 0;
    if (!take_byte(terminal, (unsigned char)code, &character)) {
        return false;
    }
    if (terminal->is_pasting) {
        take_pasted(terminal, character);
        return false;
    }
    *event = (struct terminal_event){.kind = TERMINAL_KEY, .key = key_of_character(character)};
    return event->key != KEYCODE_NONE;
}

bool input_read(struct terminal *terminal, struct terminal_event *event) {
    *event = (struct terminal_event){.kind = TERMINAL_IDLE};
    for (int code = wgetch(terminal->keys); code != ERR; code = wgetch(terminal->keys)) {
        if (take_code(terminal, code, event)) {
            return true;
        }
        event->kind = TERMINAL_IDLE;
    }
    return false;
}
