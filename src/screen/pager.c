/* Owns showing a long text, with search. Knows nothing of what it says. */
#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "clause5/screen/layout.h"
#include "screen/conversation.h"

enum { MARGIN = 1, ROWS_AROUND = 2, HANG_LEAST = 16 };

struct pager {
    const struct stage *stage;
    const char *title, *text;
    size_t *starts; /* where each row of the wrapped text starts, and its end behind the last */
    size_t row_count, capacity;
    int width, height; /* as last drawn */
    size_t top;
    struct buffer needle;
};

/* The cells by which the row at START stands in: what goes on from the row before stands under the
 * last part of its line, where the line is one of a table, which begins with a blank. */
static int hang_of(const struct pager *pager, size_t start) {
    size_t line = start;
    while (line > 0 && pager->text[line - 1] != '\n') {
        line--;
    }
    if (line == start || pager->text[line] != ' ') {
        return 0;
    }
    size_t part = line + strspn(pager->text + line, " ");
    for (size_t at = part; at < start; at++) {
        size_t blanks = strspn(pager->text + at, " ");
        part = blanks > 1 && at + blanks < start ? at + blanks : part;
        at += blanks > 1 ? blanks - 1 : 0;
    }
    int hang = layout_width(pager->text + line, part - line);
    return hang + HANG_LEAST < pager->width ? hang : 0;
}

/* Breaks off the row at START, in *LEN_BYTES what of it is shown. Returns where the next starts. */
static size_t break_row(const struct pager *pager, size_t start, size_t *len_bytes) {
    int width = pager->width - hang_of(pager, start);
    return layout_break(pager->text, start, width > 1 ? width : 1, len_bytes);
}

/* Wraps the text at WIDTH, keeping the row at the top in sight. */
static void wrap(struct pager *pager, int width) {
    size_t kept = pager->row_count > 0 ? pager->starts[pager->top] : 0;
    pager->width = width;
    pager->row_count = 0;
    pager->top = 0;
    size_t at = 0;
    do {
        size_t len = 0;
        pager->starts = memory_reserve(pager->starts, &pager->capacity, pager->row_count + 2,
                                       sizeof *pager->starts);
        if (at <= kept) {
            pager->top = pager->row_count;
        }
        pager->starts[pager->row_count++] = at;
        at = break_row(pager, at, &len);
    } while (pager->text[at] != '\0');
    pager->starts[pager->row_count] = at;
}

static void draw_row(const struct pager *pager, const struct area *area, int row, size_t index) {
    size_t len = 0;
    size_t start = pager->starts[index];
    int column = MARGIN + hang_of(pager, start);
    break_row(pager, start, &len);
    char *line = memory_copy_bytes(pager->text + start, len);
    area_put(area, (struct spot){row, column, pager->width}, MEANING_TEXT, line);
    const char *needle = buffer_text(&pager->needle);
    const char *hit = needle[0] != '\0' ? strcasestr(line, needle) : NULL;
    if (hit != NULL) {
        int before = layout_width(line, (size_t)(hit - line));
        area_tint(area, (struct spot){row, column + before, layout_width(hit, strlen(needle))},
                  MEANING_HIT);
    }
    free(line);
}

static size_t last_top(const struct pager *pager) {
    size_t height = pager->height > 0 ? (size_t)pager->height : 1;
    return pager->row_count > height ? pager->row_count - height : 0;
}

static void draw_pager(void *state, const struct area *screen) {
    static const struct answer keys[] = {
        {KEYCODE_ESC, "back"}, {'/', "search"}, {'n', "next"}, {'g', "top"}, {'G', "end"}};
    struct pager *pager = state;
    struct area body = area_rows(*screen, 1, screen->height - ROWS_AROUND);
    area_clear(screen);
    pager->height = body.height;
    if (pager->width != body.width - 2 * MARGIN) {
        wrap(pager, body.width - 2 * MARGIN);
    }
    pager->top = pager->top > last_top(pager) ? last_top(pager) : pager->top;
    area_put(screen, (struct spot){0, MARGIN, screen->width - 20}, MEANING_TITLE, pager->title);
    for (size_t i = 0; i < (size_t)body.height && pager->top + i < pager->row_count; i++) {
        draw_row(pager, &body, (int)i, pager->top + i);
    }
    size_t shown = pager->top + (size_t)body.height;
    struct buffer place = {0};
    buffer_addf(&place, "%zu of %zu", shown < pager->row_count ? shown : pager->row_count,
                pager->row_count);
    area_put_right(screen, (struct spot){0, screen->width - 19, 18}, MEANING_DIM,
                   buffer_text(&place));
    buffer_free(&place);
    struct area line = area_rows(*screen, screen->height - 1, 1);
    conversation_draw_answers(&line, MARGIN, keys, COUNT(keys));
    area_place_cursor(&body, 0, MARGIN);
}

static void draw_behind_prompt(void *state) {
    struct pager *pager = state;
    struct area screen = area_of_terminal(pager->stage->terminal);
    draw_pager(pager, &screen);
}

/* Goes to the next row that holds the needle, from the top row on and round the end. */
static void find_next(struct pager *pager) {
    const char *needle = buffer_text(&pager->needle);
    for (size_t i = 1; i <= pager->row_count && needle[0] != '\0'; i++) {
        size_t row = (pager->top + i) % pager->row_count;
        char *line = memory_copy_bytes(pager->text + pager->starts[row],
                                       pager->starts[row + 1] - pager->starts[row]);
        bool is_hit = strcasestr(line, needle) != NULL;
        free(line);
        if (is_hit) {
            pager->top = row;
            return;
        }
    }
}

static void search(struct pager *pager) {
    struct stage stage = {pager->stage->terminal, pager, draw_behind_prompt};
    struct prompt_options options = {.label = "/", .text = buffer_text(&pager->needle)};
    if (dialog_prompt(&stage, &options, &pager->needle)) {
        find_next(pager);
    }
}

static void go(struct pager *pager, ptrdiff_t rows) {
    ptrdiff_t top = (ptrdiff_t)pager->top + rows;
    ptrdiff_t last = (ptrdiff_t)last_top(pager);
    pager->top = (size_t)(top < 0 ? 0 : top > last ? last : top);
}

static const struct {
    uint32_t key;
    int rows, pages;
} moves[] = {
    {KEYCODE_UP, -1, 0},        {'k', -1, 0},
    {KEYCODE_DOWN, 1, 0},       {'j', 1, 0},
    {KEYCODE_PAGE_UP, 0, -1},   {KEYCODE_PAGE_DOWN, 0, 1},
    {KEYCODE_SPACE, 0, 1},      {'g', 0, -100000},
    {KEYCODE_HOME, 0, -100000}, {'G', 0, 100000},
    {KEYCODE_END, 0, 100000},
};

static bool handle_pager(void *state, const struct terminal_event *event) {
    struct pager *pager = state;
    if (event->kind != TERMINAL_KEY) {
        return true;
    }
    for (size_t i = 0; i < COUNT(moves); i++) {
        if (moves[i].key == event->key) {
            go(pager, moves[i].rows + (ptrdiff_t)moves[i].pages * pager->height);
        }
    }
    if (event->key == '/') {
        search(pager);
    } else if (event->key == 'n') {
        find_next(pager);
    }
    return event->key != KEYCODE_ESC && event->key != 'q' && event->key != KEYCODE_ENTER;
}

void dialog_show_text(const struct stage *stage, const char *title, const char *text) {
    struct pager pager = {.stage = stage, .title = title, .text = text, .width = -1};
    conversation_run(stage, &(struct conversation){&pager, draw_pager, handle_pager});
    buffer_free(&pager.needle);
    free(pager.starts);
}
