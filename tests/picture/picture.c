/* clause5_picture: runs a full-screen program on a terminal in memory, types into it, and writes
 * the screen as SVG to standard output, so that a picture in the manual is always of the real
 * thing.
 *
 *   clause5_picture KEYS... -- PROGRAM...   each KEYS is typed when the screen has become still
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "../bench/watch.h"

enum {
    QUIET_MS = 300,
    PATIENCE_MS = 10000,
    CELL_WIDTH = 9, /* pixels */
    CELL_HEIGHT = 19,
    BASELINE = 14, /* below the top of a cell */
    MARGIN = 10,
};

static const VTermColor paper = {
    .rgb = {.type = VTERM_COLOR_RGB, .red = 24, .green = 26, .blue = 31}};
static const VTermColor ink = {
    .rgb = {.type = VTERM_COLOR_RGB, .red = 216, .green = 220, .blue = 226}};

/* How a run of cells looks. */
struct look {
    VTermColor ink, paper;
    bool is_bold, is_underlined;
};

static void hear(void *context, const char *bytes, size_t len_bytes) {
    vterm_input_write(context, bytes, len_bytes);
}

static VTermColor shown_colour(VTermScreen *screen, VTermColor colour) {
    if (VTERM_COLOR_IS_DEFAULT_FG(&colour)) {
        return ink;
    }
    if (VTERM_COLOR_IS_DEFAULT_BG(&colour)) {
        return paper;
    }
    vterm_screen_convert_color_to_rgb(screen, &colour);
    return colour;
}

static struct look look_of(VTermScreen *screen, const VTermScreenCell *cell) {
    VTermColor front = shown_colour(screen, cell->fg);
    VTermColor back = shown_colour(screen, cell->bg);
    return (struct look){
        .ink = cell->attrs.reverse ? back : front,
        .paper = cell->attrs.reverse ? front : back,
        .is_bold = cell->attrs.bold,
        .is_underlined = cell->attrs.underline != 0,
    };
}

static bool is_same_colour(VTermColor a, VTermColor b) {
    return a.rgb.red == b.rgb.red && a.rgb.green == b.rgb.green && a.rgb.blue == b.rgb.blue;
}

static bool is_same_look(const struct look *a, const struct look *b) {
    return is_same_colour(a->ink, b->ink) && is_same_colour(a->paper, b->paper) &&
           a->is_bold == b->is_bold && a->is_underlined == b->is_underlined;
}

static void print_character(uint32_t code) {
    if (code == 0 || code == ' ') {
        fputs("&#160;", stdout);
    } else if (code < 128 && strchr("<>&\"", (int)code) == NULL) {
        putchar((int)code);
    } else {
        printf("&#%u;", code);
    }
}

static void print_paper(const struct look *look, int row, int column, int width) {
    if (is_same_colour(look->paper, paper)) {
        return;
    }
    printf("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%02x%02x%02x\"/>\n",
           MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT, width * CELL_WIDTH,
           CELL_HEIGHT, look->paper.rgb.red, look->paper.rgb.green, look->paper.rgb.blue);
}

static bool is_blank(const VTermScreenCell *cells, int width) {
    for (int i = 0; i < width; i++) {
        if (cells[i].chars[0] != 0 && cells[i].chars[0] != ' ') {
            return false;
        }
    }
    return true;
}

/* Prints the run of cells that look as the first one does; returns how many. */
static int print_run(VTermScreen *screen, int row, int column) {
    VTermScreenCell cells[WATCH_COLUMNS];
    int width = 0;
    vterm_screen_get_cell(screen, (VTermPos){row, column}, &cells[0]);
    struct look look = look_of(screen, &cells[0]);
    struct look next = look;
    while (column + width < WATCH_COLUMNS && is_same_look(&look, &next)) {
        width++;
        if (column + width < WATCH_COLUMNS) {
            vterm_screen_get_cell(screen, (VTermPos){row, column + width}, &cells[width]);
            next = look_of(screen, &cells[width]);
        }
    }
    print_paper(&look, row, column, width);
    if (is_blank(cells, width)) {
        return width;
    }
    printf("<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%02x%02x%02x\"%s%s>",
           MARGIN + column * CELL_WIDTH, MARGIN + row * CELL_HEIGHT + BASELINE, width * CELL_WIDTH,
           look.ink.rgb.red, look.ink.rgb.green, look.ink.rgb.blue,
           look.is_bold ? " font-weight=\"bold\"" : "",
           look.is_underlined ? " text-decoration=\"underline\"" : "");
    for (int i = 0; i < width; i++) {
        if (cells[i].chars[0] != (uint32_t)-1) { /* the second half of a wide character */
            print_character(cells[i].chars[0]);
        }
    }
    puts("</text>");
    return width;
}

static void print_picture(VTermScreen *screen) {
    int width = 2 * MARGIN + WATCH_COLUMNS * CELL_WIDTH;
    int height = 2 * MARGIN + WATCH_ROWS * CELL_HEIGHT;
    printf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
           "viewBox=\"0 0 %d %d\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" "
           "font-size=\"15\">\n",
           width, height, width, height);
    printf("<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#%02x%02x%02x\"/>\n", width, height,
           paper.rgb.red, paper.rgb.green, paper.rgb.blue);
    for (int row = 0; row < WATCH_ROWS; row++) {
        for (int column = 0; column < WATCH_COLUMNS;) {
            column += print_run(screen, row, column);
        }
    }
    puts("</svg>");
}

int main(int argc, char **argv) {
    int first = 1;
    while (first < argc && strcmp(argv[first], "--") != 0) {
        first++;
    }
    if (first + 1 >= argc) {
        fputs("usage: clause5_picture KEYS... -- PROGRAM...\n", stderr);
        return 2;
    }
    VTerm *terminal = vterm_new(WATCH_ROWS, WATCH_COLUMNS);
    vterm_set_utf8(terminal, 1);
    VTermScreen *screen = vterm_obtain_screen(terminal);
    vterm_screen_reset(screen, 1);
    struct watch watch = {.hear = hear, .context = terminal};
    if (!watch_start(&watch, argv + first + 1)) {
        return 1;
    }
    int64_t said_ns = watch_until_still(&watch, QUIET_MS, PATIENCE_MS);
    for (int i = 1; i < first; i++) {
        watch_type(&watch, argv[i]);
        watch_until_still(&watch, QUIET_MS, PATIENCE_MS);
    }
    print_picture(screen);
    watch_end(&watch);
    vterm_free(terminal);
    return said_ns != 0 ? 0 : 1;
}
