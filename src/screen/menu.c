/* Owns the box that lets choose one of several. Knows nothing of what is chosen. */
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "screen/conversation.h"

enum { FRAME_WIDTH = 4, LETTER_WIDTH = 2, GAP = 2, FRAME_ROWS = 2 };

struct choosing {
    const struct menu *menu;
    size_t chosen;
    int answer;
};

static char small(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter + 32) : letter;
}

static bool is_taken(const struct menu *menu, size_t before, char letter);

/* The letter of an item: its own, or the first of its label that no earlier item has. */
static char letter_of(const struct menu *menu, size_t item) {
    if (menu->items[item].letter != 0) {
        return menu->items[item].letter;
    }
    for (const char *at = menu->items[item].label; *at != '\0'; at++) {
        char letter = small(*at);
        bool is_usable = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (is_usable && !is_taken(menu, item, letter)) {
            return letter;
        }
    }
    return 0;
}

/* True where an item gave the letter away: every item with one of its own, or one BEFORE. */
static bool is_taken(const struct menu *menu, size_t before, char letter) {
    for (size_t i = 0; i < menu->count; i++) {
        bool is_own = menu->items[i].letter != 0;
        if ((is_own && menu->items[i].letter == letter) ||
            (!is_own && i < before && letter_of(menu, i) == letter)) {
            return true;
        }
    }
    return false;
}

static int label_width(const struct menu *menu) {
    int width = 0;
    for (size_t i = 0; i < menu->count; i++) {
        int cells = text_width_cells(menu->items[i].label);
        width = cells > width ? cells : width;
    }
    return width;
}

static int box_width(const struct menu *menu, int labels) {
    int width = text_width_cells(menu->title) + 2;
    for (size_t i = 0; i < menu->count; i++) {
        const char *detail = menu->items[i].detail;
        int cells = LETTER_WIDTH + labels;
        cells += detail != NULL ? GAP + text_width_cells(detail) : 0;
        width = cells > width ? cells : width;
    }
    return width + FRAME_WIDTH;
}

static void draw_item(const struct choosing *choosing, const struct area *line, size_t item,
                      int labels) {
    char letter[2] = {letter_of(choosing->menu, item), '\0'};
    const struct menu_item *what = &choosing->menu->items[item];
    area_put(line, (struct spot){.width = 1}, MEANING_KEY, letter);
    area_put(line, (struct spot){0, LETTER_WIDTH, labels}, MEANING_TEXT, what->label);
    if (what->detail != NULL) {
        area_put(line, (struct spot){.column = LETTER_WIDTH + labels + GAP}, MEANING_DIM,
                 what->detail);
    }
    if (item == choosing->chosen) {
        area_tint(line, (struct spot){0}, MEANING_SELECTED);
        area_place_cursor(line, 0, 0);
    }
}

static void draw_menu(void *state, const struct area *screen) {
    const struct choosing *choosing = state;
    int labels = label_width(choosing->menu);
    struct area box = area_middle(*screen, (int)choosing->menu->count + FRAME_ROWS,
                                  box_width(choosing->menu, labels));
    area_clear(&box);
    struct area inside = area_box(&box, choosing->menu->title);
    size_t rows = (size_t)inside.height;
    size_t first = choosing->chosen >= rows ? choosing->chosen - rows + 1 : 0;
    for (size_t i = 0; i < rows && first + i < choosing->menu->count; i++) {
        struct area line = area_rows(inside, (int)i, 1);
        draw_item(choosing, &line, first + i, labels);
    }
}

static bool choose_by_letter(struct choosing *choosing, uint32_t key) {
    for (size_t i = 0; i < choosing->menu->count; i++) {
        char letter = letter_of(choosing->menu, i);
        if (letter != 0 && key == (uint32_t)(unsigned char)letter) {
            choosing->answer = (int)i;
            return true;
        }
    }
    return false;
}

static bool handle_menu(void *state, const struct terminal_event *event) {
    struct choosing *choosing = state;
    size_t count = choosing->menu->count;
    if (event->kind != TERMINAL_KEY || count == 0) {
        return event->kind != TERMINAL_KEY || event->key != KEYCODE_ESC;
    }
    switch (event->key) {
    case KEYCODE_ESC:
        return false;
    case KEYCODE_ENTER:
        choosing->answer = (int)choosing->chosen;
        return false;
    case KEYCODE_UP:
        choosing->chosen = (choosing->chosen + count - 1) % count;
        return true;
    case KEYCODE_DOWN:
    case KEYCODE_TAB:
        choosing->chosen = (choosing->chosen + 1) % count;
        return true;
    default:
        return !choose_by_letter(choosing, event->key);
    }
}

int dialog_choose(const struct stage *stage, const struct menu *menu) {
    struct choosing choosing = {menu, menu->chosen, DIALOG_NO_ANSWER};
    conversation_run(stage, &(struct conversation){&choosing, draw_menu, handle_menu});
    return choosing.answer;
}
