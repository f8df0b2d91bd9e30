/* Owns the box that lets choose one of several. Knows nothing of what is chosen. */
#include <stdlib.h>

#include "clause5/base/memory.h"
#include "clause5/base/text.h"
#include "screen/conversation.h"

enum {
    FRAME_WIDTH = 4,
    LETTER_WIDTH = 2,
    GAP = 2,
    FRAME_ROWS = 2,
    MORE_FROM_RIGHT = 3,
    LETTERS = 256
};

struct choosing {
    const struct menu *menu;
    char *letters; /* an item each; 0: none was left */
    size_t chosen;
    size_t first; /* shown, where the menu is higher than the screen */
    int answer;
};

static char small(char letter) {
    int lowered = letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    return (char)lowered;
}

/* The first of the label that is not taken, which then is; 0 where all are. */
static char take_letter(const char *label, bool taken[LETTERS]) {
    for (const char *at = label; *at != '\0'; at++) {
        char letter = small(*at);
        bool is_usable = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (is_usable && !taken[(unsigned char)letter]) {
            taken[(unsigned char)letter] = true;
            return letter;
        }
    }
    return 0;
}

/* Gives every item its letter: first those that have one of their own, then from the first item on
 * what is left. The caller frees. */
static char *give_letters(const struct menu *menu) {
    bool taken[LETTERS] = {false};
    char *letters = memory_zero(menu->count + 1, sizeof *letters);
    for (size_t i = 0; i < menu->count; i++) {
        letters[i] = menu->items[i].letter;
        taken[(unsigned char)letters[i]] = true;
    }
    for (size_t i = 0; i < menu->count; i++) {
        if (letters[i] == 0) {
            letters[i] = take_letter(menu->items[i].label, taken);
        }
    }
    return letters;
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
    char letter[2] = {choosing->letters[item], '\0'};
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

/* Scrolls so that the chosen item is among the ROWS shown. */
static void scroll(struct choosing *choosing, size_t rows) {
    if (choosing->chosen < choosing->first) {
        choosing->first = choosing->chosen;
    }
    if (choosing->chosen >= choosing->first + rows) {
        choosing->first = choosing->chosen - rows + 1;
    }
}

/* Says in the upper and the lower edge of the box that there are more items that way. */
static void draw_ends(const struct choosing *choosing, const struct area *box, size_t rows) {
    struct spot spot = {.column = box->width - MORE_FROM_RIGHT};
    if (choosing->first > 0) {
        area_put_mark(box, spot, MARK_UP);
    }
    spot.row = box->height - 1;
    if (choosing->first + rows < choosing->menu->count) {
        area_put_mark(box, spot, MARK_DOWN);
    }
}

/* The last row is left to the keys. */
static void draw_menu(void *state, const struct area *screen) {
    static const struct answer keys[] = {{KEYCODE_ENTER, "choose"}, {KEYCODE_ESC, "leave"}};
    struct choosing *choosing = state;
    int labels = label_width(choosing->menu);
    struct area above = area_rows(*screen, 0, screen->height - 1);
    struct area box = area_middle(above, (int)choosing->menu->count + FRAME_ROWS,
                                  box_width(choosing->menu, labels));
    area_clear(&box);
    struct area inside = area_box(&box, choosing->menu->title);
    size_t rows = inside.height > 0 ? (size_t)inside.height : 1;
    scroll(choosing, rows);
    draw_ends(choosing, &box, rows);
    conversation_draw_keys(screen, keys, COUNT(keys));
    for (size_t i = 0; i < rows && choosing->first + i < choosing->menu->count; i++) {
        struct area line = area_rows(inside, (int)i, 1);
        draw_item(choosing, &line, choosing->first + i, labels);
    }
}

static bool choose_by_letter(struct choosing *choosing, uint32_t key) {
    for (size_t i = 0; i < choosing->menu->count; i++) {
        char letter = choosing->letters[i];
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
    struct choosing choosing = {.menu = menu,
                                .letters = give_letters(menu),
                                .chosen = menu->chosen,
                                .answer = DIALOG_NO_ANSWER};
    conversation_run(stage, &(struct conversation){&choosing, draw_menu, handle_menu});
    free(choosing.letters);
    return choosing.answer;
}
