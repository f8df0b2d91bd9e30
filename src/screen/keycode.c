/* Owns the names of keys. Knows nothing of what they do. */
#include "clause5/screen/keycode.h"

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
