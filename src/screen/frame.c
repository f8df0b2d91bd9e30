/* Owns what stands round every body: title, panes, views, message, keys. Knows no pane. */
#include "clause5/screen/frame.h"

#include <string.h>

#include "clause5/base/text.h"

enum {
    TITLE_ROW,
    TABS_ROW,
    VIEWS_ROW,
    BODY_ROW,
    MESSAGE_ROWS = 3, /* at most */
    EDGE = 1,
    GAP = 2,
};

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

/* Puts RIGHT at the right end of a row, at most MOST cells of it, and returns the column at which
 * what stands before it ends. */
static int put_right(const struct area *area, int row, int most, const char *right) {
    if (or_empty(right)[0] == '\0') {
        return area->width;
    }
    struct spot spot = {row, area->width - most, most};
    return area->width - area_put_right(area, spot, MEANING_TEXT, right) - GAP;
}

struct strip {
    const char *const *labels;
    size_t count, chosen;
};

/* The cells of the labels from FIRST up to END, which is not counted. */
static int strip_width(const struct strip *strip, size_t first, size_t end) {
    int width = 0;
    for (size_t i = first; i < end; i++) {
        width += text_width_cells(strip->labels[i]) + (i > first ? GAP : 0);
    }
    return width;
}

/* Draws labels side by side up to column END, scrolled so that the chosen one is whole; ‹ and ›
 * say that there are more. */
static void draw_strip(const struct area *area, int row, int end, const struct strip *strip) {
    size_t first = 0;
    int room = end - EDGE - (strip->chosen + 1 < strip->count ? GAP : 0);
    while (strip->chosen < strip->count && first < strip->chosen &&
           strip_width(strip, first, strip->chosen + 1) > room) {
        first++;
    }
    int column = EDGE;
    if (first > 0) {
        area_put_mark(area, (struct spot){.row = row}, MARK_LEFT);
    }
    for (size_t i = first; i < strip->count; i++) {
        int width = text_width_cells(strip->labels[i]);
        bool is_last = i + 1 == strip->count;
        if (column + width > (is_last ? end : end - GAP) && i > first) {
            area_put_mark(area, (struct spot){.row = row, .column = column - 1}, MARK_RIGHT);
            return;
        }
        area_put(area, (struct spot){row, column, end - column},
                 i == strip->chosen ? MEANING_TAB_CHOSEN : MEANING_TAB, strip->labels[i]);
        column += width + GAP;
    }
}

static void say_too_small(const struct area *area) {
    struct buffer text = {0};
    buffer_addf(&text, "clause5 needs at least %d columns and %d rows; this terminal has %dx%d",
                FRAME_LEAST_WIDTH, FRAME_LEAST_HEIGHT, area->width, area->height);
    area_put_wrapped(area, (struct spot){0}, MEANING_TEXT, buffer_text(&text));
    buffer_free(&text);
}

/* Draws the message above the KEY_ROWS last rows, wrapped where it is wider than the screen.
 * Returns the rows it takes, at least one. */
static int draw_message(const struct area *screen, const struct frame *frame, int key_rows) {
    const char *message = or_empty(frame->message);
    struct area nothing = area_rows(*screen, 0, 0);
    struct spot spot = {0, EDGE, screen->width - EDGE};
    int rows = area_put_wrapped(&nothing, spot, frame->message_meaning, message);
    rows = rows < 1 ? 1 : rows > MESSAGE_ROWS ? MESSAGE_ROWS : rows;
    struct area area = area_rows(*screen, screen->height - key_rows - rows, rows);
    area_put_wrapped(&area, spot, frame->message_meaning, message);
    return rows;
}

bool frame_draw(struct terminal *terminal, const struct frame *frame, struct area *body) {
    struct area screen = area_of_terminal(terminal);
    if (screen.width < FRAME_LEAST_WIDTH || screen.height < FRAME_LEAST_HEIGHT) {
        say_too_small(&screen);
        return false;
    }
    int half = screen.width / 2;
    int end = put_right(&screen, TITLE_ROW, half, frame->title_right);
    area_put(&screen, (struct spot){TITLE_ROW, EDGE, end - EDGE}, MEANING_TITLE,
             or_empty(frame->title));
    struct strip tabs = {frame->tabs, frame->tab_count, frame->tab_chosen};
    draw_strip(&screen, TABS_ROW, screen.width, &tabs);
    struct strip views = {frame->views, frame->view_count, frame->view_chosen};
    int left = screen.width - EDGE - GAP - strip_width(&views, 0, views.count);
    end = put_right(&screen, VIEWS_ROW, left > half ? left : half, frame->view_right);
    draw_strip(&screen, VIEWS_ROW, end, &views);
    int key_rows = frame->keymap != NULL ? keymap_rows(frame->keymap) : 1;
    if (frame->keymap != NULL) {
        struct area keys = area_rows(screen, screen.height - key_rows, key_rows);
        keymap_draw_keys(frame->keymap, &keys);
    }
    int below = key_rows + draw_message(&screen, frame, key_rows);
    *body = area_rows(screen, BODY_ROW, screen.height - BODY_ROW - below);
    return true;
}
