/* Owns the names of keys. Knows nothing of what they do. */
#include "clause5/screen/keycode.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"

static const struct {
    uint32_t key;
    const char *name;
} names[] = {
    {KEYCODE_TAB, "Tab"},         {KEYCODE_ENTER, "Enter"},         {KEYCODE_ESC, "Esc"},
    {KEYCODE_SPACE, "Space"},     {KEYCODE_BACKSPACE, "Backspace"}, {KEYCODE_UP, "Up"},
    {KEYCODE_DOWN, "Down"},       {KEYCODE_LEFT, "Left"},           {KEYCODE_RIGHT, "Right"},
    {KEYCODE_PAGE_UP, "PgUp"},    {KEYCODE_PAGE_DOWN, "PgDn"},      {KEYCODE_HOME, "Home"},
    {KEYCODE_END, "End"},         {KEYCODE_INSERT, "Ins"},          {KEYCODE_DELETE, "Del"},
    {KEYCODE_SHIFT_TAB, "S-Tab"}, {KEYCODE_WORD_LEFT, "^Left"},     {KEYCODE_WORD_RIGHT, "^Right"},
};

bool keycode_is_character(uint32_t key) {
    return key >= 0x20 && key < KEYCODE_NAMED && (key < 0x7F || key >= 0xA0);
}

void keycode_print(struct buffer *out, uint32_t key) {
    for (size_t i = 0; i < COUNT(names); i++) {
        if (names[i].key == key) {
            buffer_add(out, names[i].name);
            return;
        }
    }
    if (key >= KEYCODE_F1 && key <= KEYCODE_F12) {
        buffer_addf(out, "F%u", key - KEYCODE_F1 + 1);
    } else if (key > 0 && key < 0x20) {
        buffer_addf(out, "^%c", (char)(key + 0x40));
    } else if (keycode_is_character(key)) {
        text_encode(out, key);
    }
}

static uint32_t parse_function_key(const char *name) {
    char *end = NULL;
    long number = strtol(name + 1, &end, 10);
    bool is_one = *end == '\0' && name[1] >= '1' && name[1] <= '9' && number <= 12;
    return is_one ? KEYCODE_F(number) : KEYCODE_NONE;
}

uint32_t keycode_parse(const char *name) {
    uint32_t code = 0;
    size_t len = strlen(name);
    if (len > 0 && text_decode(name, len, &code) == len) {
        return keycode_is_character(code) ? code : KEYCODE_NONE;
    }
    for (size_t i = 0; i < COUNT(names); i++) {
        if (text_compare_ascii_case(names[i].name, name) == 0) {
            return names[i].key;
        }
    }
    if (name[0] == '^' && len == 2) {
        int letter = name[1] >= 'a' && name[1] <= 'z' ? name[1] - 32 : name[1];
        return letter >= '@' && letter <= '_' ? KEYCODE_CTRL(letter) : KEYCODE_NONE;
    }
    if ((name[0] == 'F' || name[0] == 'f') && len >= 2) {
        return parse_function_key(name);
    }
    return KEYCODE_NONE;
}
