/* Owns how meanings and marks look: one table scheme x meaning, one of marks. Blue is good and
 * orange is bad, which most colour-blind people can tell apart; a mark or a word stands with them
 * always. The default background is never changed. */
#include "clause5/screen/palette.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/memory.h"
#include "screen/terminal_state.h"

enum { PLAIN = -1 }; /* the terminal's own foreground */

/* Colours of 256 by number: 33 and 25 blue, 208 and 166 orange, 178 and 136 ochre, 244 grey. */
static const struct look {
    short colour;
    attr_t attributes;
} looks[MEANINGS][SCHEMES] = {
    [MEANING_TEXT] = {[SCHEME_DARK] = {PLAIN, 0},
                      [SCHEME_LIGHT] = {PLAIN, 0},
                      [SCHEME_MONO] = {PLAIN, 0},
                      [SCHEME_CONSOLE] = {PLAIN, 0}},
    [MEANING_DIM] = {[SCHEME_DARK] = {244, 0},
                     [SCHEME_LIGHT] = {242, 0},
                     [SCHEME_MONO] = {PLAIN, 0},
                     [SCHEME_CONSOLE] = {PLAIN, 0}},
    [MEANING_TITLE] = {[SCHEME_DARK] = {PLAIN, A_BOLD},
                       [SCHEME_LIGHT] = {PLAIN, A_BOLD},
                       [SCHEME_MONO] = {PLAIN, A_BOLD},
                       [SCHEME_CONSOLE] = {PLAIN, A_BOLD}},
    [MEANING_COLUMN] = {[SCHEME_DARK] = {PLAIN, A_UNDERLINE},
                        [SCHEME_LIGHT] = {PLAIN, A_UNDERLINE},
                        [SCHEME_MONO] = {PLAIN, A_UNDERLINE},
                        [SCHEME_CONSOLE] = {COLOR_CYAN, 0}},
    [MEANING_TAB] = {[SCHEME_DARK] = {PLAIN, 0},
                     [SCHEME_LIGHT] = {PLAIN, 0},
                     [SCHEME_MONO] = {PLAIN, 0},
                     [SCHEME_CONSOLE] = {PLAIN, 0}},
    [MEANING_TAB_CHOSEN] = {[SCHEME_DARK] = {PLAIN, A_BOLD | A_REVERSE},
                            [SCHEME_LIGHT] = {PLAIN, A_BOLD | A_REVERSE},
                            [SCHEME_MONO] = {PLAIN, A_BOLD | A_REVERSE},
                            [SCHEME_CONSOLE] = {PLAIN, A_BOLD | A_REVERSE}},
    [MEANING_KEY] = {[SCHEME_DARK] = {PLAIN, A_BOLD},
                     [SCHEME_LIGHT] = {PLAIN, A_BOLD},
                     [SCHEME_MONO] = {PLAIN, A_BOLD},
                     [SCHEME_CONSOLE] = {PLAIN, A_BOLD}},
    [MEANING_LABEL] = {[SCHEME_DARK] = {PLAIN, 0},
                       [SCHEME_LIGHT] = {PLAIN, 0},
                       [SCHEME_MONO] = {PLAIN, 0},
                       [SCHEME_CONSOLE] = {PLAIN, 0}},
    [MEANING_GOOD] = {[SCHEME_DARK] = {33, 0},
                      [SCHEME_LIGHT] = {25, 0},
                      [SCHEME_MONO] = {PLAIN, 0},
                      [SCHEME_CONSOLE] = {COLOR_CYAN, 0}},
    [MEANING_BAD] = {[SCHEME_DARK] = {208, A_BOLD},
                     [SCHEME_LIGHT] = {166, A_BOLD},
                     [SCHEME_MONO] = {PLAIN, A_BOLD},
                     [SCHEME_CONSOLE] = {COLOR_YELLOW, A_BOLD}},
    [MEANING_WARNING] = {[SCHEME_DARK] = {178, 0},
                         [SCHEME_LIGHT] = {136, 0},
                         [SCHEME_MONO] = {PLAIN, 0},
                         [SCHEME_CONSOLE] = {COLOR_YELLOW, 0}},
    [MEANING_OPEN] = {[SCHEME_DARK] = {PLAIN, 0},
                      [SCHEME_LIGHT] = {PLAIN, 0},
                      [SCHEME_MONO] = {PLAIN, 0},
                      [SCHEME_CONSOLE] = {PLAIN, 0}},
    [MEANING_SELECTED] = {[SCHEME_DARK] = {PLAIN, A_REVERSE},
                          [SCHEME_LIGHT] = {PLAIN, A_REVERSE},
                          [SCHEME_MONO] = {PLAIN, A_REVERSE},
                          [SCHEME_CONSOLE] = {PLAIN, A_REVERSE}},
    [MEANING_MARKED] = {[SCHEME_DARK] = {PLAIN, A_BOLD},
                        [SCHEME_LIGHT] = {PLAIN, A_BOLD},
                        [SCHEME_MONO] = {PLAIN, A_BOLD},
                        [SCHEME_CONSOLE] = {PLAIN, A_BOLD}},
    [MEANING_INPUT] = {[SCHEME_DARK] = {PLAIN, A_UNDERLINE},
                       [SCHEME_LIGHT] = {PLAIN, A_UNDERLINE},
                       [SCHEME_MONO] = {PLAIN, A_UNDERLINE},
                       [SCHEME_CONSOLE] = {COLOR_CYAN, 0}},
    [MEANING_HIT] = {[SCHEME_DARK] = {178, A_BOLD | A_UNDERLINE},
                     [SCHEME_LIGHT] = {136, A_BOLD | A_UNDERLINE},
                     [SCHEME_MONO] = {PLAIN, A_BOLD | A_UNDERLINE},
                     [SCHEME_CONSOLE] = {COLOR_YELLOW, A_BOLD}},
    [MEANING_FAULT] = {[SCHEME_DARK] = {208, A_BOLD},
                       [SCHEME_LIGHT] = {166, A_BOLD},
                       [SCHEME_MONO] = {PLAIN, A_BOLD},
                       [SCHEME_CONSOLE] = {COLOR_YELLOW, A_BOLD}},
    [MEANING_MESSAGE] = {[SCHEME_DARK] = {PLAIN, 0},
                         [SCHEME_LIGHT] = {PLAIN, 0},
                         [SCHEME_MONO] = {PLAIN, 0},
                         [SCHEME_CONSOLE] = {PLAIN, 0}},
    [MEANING_BORDER] = {[SCHEME_DARK] = {244, 0},
                        [SCHEME_LIGHT] = {242, 0},
                        [SCHEME_MONO] = {PLAIN, 0},
                        [SCHEME_CONSOLE] = {PLAIN, 0}},
    [MEANING_CHART] = {[SCHEME_DARK] = {33, 0},
                       [SCHEME_LIGHT] = {25, 0},
                       [SCHEME_MONO] = {PLAIN, 0},
                       [SCHEME_CONSOLE] = {COLOR_CYAN, 0}},
    [MEANING_TARGET] = {[SCHEME_DARK] = {178, 0},
                        [SCHEME_LIGHT] = {136, 0},
                        [SCHEME_MONO] = {PLAIN, 0},
                        [SCHEME_CONSOLE] = {COLOR_YELLOW, 0}},
};

static const struct {
    const char *unicode, *ascii;
    enum meaning meaning;
} marks[] = {
    [MARK_NONE] = {"", "", MEANING_TEXT},       [MARK_GOOD] = {"✔", "+", MEANING_GOOD},
    [MARK_BAD] = {"✘", "x", MEANING_BAD},       [MARK_WARNING] = {"!", "!", MEANING_WARNING},
    [MARK_OPEN] = {"○", "o", MEANING_OPEN},     [MARK_UP] = {"▲", "^", MEANING_TEXT},
    [MARK_DOWN] = {"▼", "v", MEANING_TEXT},     [MARK_SAME] = {"=", "=", MEANING_TEXT},
    [MARK_DOT] = {"·", ".", MEANING_DIM},       [MARK_FULL] = {"█", "#", MEANING_CHART},
    [MARK_MARKED] = {"●", "*", MEANING_MARKED}, [MARK_CHOSEN] = {">", ">", MEANING_SELECTED},
    [MARK_LEFT] = {"‹", "<", MEANING_DIM},      [MARK_RIGHT] = {"›", ">", MEANING_DIM},
    [MARK_ELLIPSIS] = {"…", "~", MEANING_DIM},  [MARK_REQUIRED] = {"*", "*", MEANING_KEY},
    [MARK_ARROW] = {"→", ">", MEANING_TEXT},    [MARK_BRANCH] = {"├", "|", MEANING_BORDER},
    [MARK_LAST] = {"└", "`", MEANING_BORDER},
};
_Static_assert(COUNT(marks) == MARKS, "one row per mark");

/* COLORFGBG is "foreground;background", sometimes with a word between; 7 and 9 to 15 are light. */
static bool background_is_light(void) {
    const char *colours = getenv("COLORFGBG");
    const char *last = colours != NULL ? strrchr(colours, ';') : NULL;
    if (last == NULL) {
        return false;
    }
    char *end = NULL;
    long background = strtol(last + 1, &end, 10);
    return end != last + 1 && (background == 7 || (background >= 9 && background <= 15));
}

static enum palette_scheme find_scheme(enum palette_scheme wanted) {
    const char *no_colour = getenv("NO_COLOR");
    bool is_refused = wanted == SCHEME_AUTO && no_colour != NULL && no_colour[0] != '\0';
    if (wanted == SCHEME_MONO || is_refused || !has_colors()) {
        return SCHEME_MONO;
    }
    start_color();
    if (use_default_colors() != OK) {
        return SCHEME_MONO;
    }
    if (wanted == SCHEME_CONSOLE || COLORS < 256) {
        return SCHEME_CONSOLE;
    }
    if (wanted == SCHEME_AUTO) {
        return background_is_light() ? SCHEME_LIGHT : SCHEME_DARK;
    }
    return wanted;
}

void palette_open(struct terminal *terminal, const struct terminal_options *options) {
    terminal->scheme = find_scheme(options->scheme);
    if (terminal->scheme == SCHEME_MONO) {
        return;
    }
    for (int meaning = 0; meaning < MEANINGS; meaning++) {
        short colour = looks[meaning][terminal->scheme].colour;
        if (colour != PLAIN) {
            init_pair((short)(meaning + 1), colour, -1);
        }
    }
}

struct ink palette_ink(const struct terminal *terminal, enum meaning meaning) {
    const struct look *look = &looks[meaning][terminal->scheme];
    int pair = look->colour == PLAIN ? 0 : (int)meaning + 1;
    return (struct ink){.attributes = look->attributes, .pair = (short)pair};
}

const char *palette_mark(const struct terminal *terminal, enum mark mark) {
    return terminal->is_unicode ? marks[mark].unicode : marks[mark].ascii;
}

enum meaning palette_mark_meaning(enum mark mark) {
    return marks[mark].meaning;
}
