/* Meanings and marks: what a place of the screen says, apart from how a terminal shows it. One
 * table in src/screen/palette.c turns scheme and meaning into attributes. Colour is never the only
 * sign: a mark or a word stands with it. */
#ifndef CLAUSE5_SCREEN_PALETTE_H
#define CLAUSE5_SCREEN_PALETTE_H

/* Why something is shown the way it is. */
enum meaning {
    MEANING_TEXT,
    MEANING_DIM,        /* help, hints, what is not to be looked at first */
    MEANING_TITLE,      /* headings, the title of the screen */
    MEANING_COLUMN,     /* titles of columns */
    MEANING_TAB,        /* panes and views that are not chosen */
    MEANING_TAB_CHOSEN, /* the pane or view that is shown */
    MEANING_KEY,        /* a key in the bottom line */
    MEANING_LABEL,      /* labels of fields */
    MEANING_GOOD,       /* met, green, conforms, unchanged */
    MEANING_BAD,        /* failed, red, overdue */
    MEANING_WARNING,    /* amber, due soon */
    MEANING_OPEN,       /* not known, not done yet */
    MEANING_SELECTED,   /* the row or answer the cursor stands on */
    MEANING_MARKED,     /* rows marked with Space */
    MEANING_INPUT,      /* where one types */
    MEANING_HIT,        /* what a search found */
    MEANING_FAULT,      /* what is wrong with what was typed or done */
    MEANING_MESSAGE,    /* the message line */
    MEANING_BORDER,     /* boxes and rules */
    MEANING_CHART,      /* lines and bars of charts */
    MEANING_TARGET,     /* the target line of a chart */
    MEANINGS,
};

/* Which column of the palette is used. */
enum palette_scheme {
    SCHEME_AUTO,    /* found from NO_COLOR, the terminal and COLORFGBG */
    SCHEME_DARK,    /* colours for a dark or unknown default background */
    SCHEME_LIGHT,   /* colours for a light background */
    SCHEME_MONO,    /* bold, underline and reverse only */
    SCHEME_CONSOLE, /* eight colours, as the Linux console has them */
    SCHEMES,
};

/* Signs that stand beside colour, in UTF-8 and ASCII: ✔ + met, ✘ x failed, ! warning, ○ o open. */
enum mark {
    MARK_NONE,
    MARK_GOOD,     /* ✔ + */
    MARK_BAD,      /* ✘ x */
    MARK_WARNING,  /* ! */
    MARK_OPEN,     /* ○ o */
    MARK_UP,       /* ▲ ^ */
    MARK_DOWN,     /* ▼ v */
    MARK_SAME,     /* = */
    MARK_DOT,      /* · . nothing here */
    MARK_FULL,     /* █ # */
    MARK_MARKED,   /* ● * a row marked with Space */
    MARK_CHOSEN,   /* > the chosen row */
    MARK_LEFT,     /* ‹ < more to the left */
    MARK_RIGHT,    /* › > more to the right */
    MARK_ELLIPSIS, /* … ~ cut, or not counted yet */
    MARK_REQUIRED, /* * a field that must be filled */
    MARK_ARROW,    /* → > becomes */
    MARK_BRANCH,   /* ├ | a child in a tree */
    MARK_LAST,     /* └ ` the last child */
    MARKS,
};

struct terminal;

/* Returns the sign of MARK as TERMINAL can show it, "" for MARK_NONE; one cell wide, static. */
const char *palette_mark(const struct terminal *terminal, enum mark mark);

/* Returns the meaning that goes with MARK: MEANING_GOOD for MARK_GOOD and so on, else TEXT. */
enum meaning palette_mark_meaning(enum mark mark);

#endif
