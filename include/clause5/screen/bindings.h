/* Bindings of keys to actions: one table serves dispatch, the bottom line, the help page, the man
 * page, the completion of : and the tests. */
#ifndef CLAUSE5_SCREEN_BINDINGS_H
#define CLAUSE5_SCREEN_BINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "clause5/screen/area.h"
#include "clause5/screen/candidates.h"
#include "clause5/screen/keycode.h"

/* A row with the action of an earlier row of its table and neither name nor help is another key for
 * the same: `{.key = KEYCODE_F(1), .action = ACTION_HELP}`. */
struct binding {
    uint32_t key;      /* 0: by name only */
    int action;        /* from 1; the caller's own enumeration, below BINDINGS_WIDGETS */
    const char *name;  /* its : name in small letters, such as "add"; NULL: none */
    const char *label; /* its word in the bottom line; NULL: not shown there */
    const char *help;  /* its line of help */
    unsigned where;    /* bits of the places where it lives; 0: everywhere */
    int weight;        /* order in the bottom line: larger first, equal ones as in the tables */
    bool is_last;      /* stands at the end of the bottom line, which always has room for it */
};

/* Actions of this room's own widgets (list.h) start here, so that they never meet a caller's. */
enum { BINDINGS_WIDGETS = 10000 };

struct binding_table {
    const char *title; /* heading in the help page, such as "Everywhere" */
    const struct binding *bindings;
    size_t count;
    int key_rows; /* that the bottom line takes while the table lives; 0: one */
};

enum { BINDINGS_TABLES = 6 };

/* The tables that live now, the place's own first: the first match wins. */
struct keymap {
    const struct binding_table *tables[BINDINGS_TABLES];
    size_t count;
    unsigned where; /* bits that are on now; a binding lives where its bits are 0 or meet these */
};

/* Puts TABLE behind the others of the map; dies where there are more than BINDINGS_TABLES. */
void keymap_add(struct keymap *map, const struct binding_table *table);

/* Returns the live binding of KEY, or NULL. */
const struct binding *keymap_find_key(const struct keymap *map, uint32_t key);

/* Returns the live binding with the : NAME, or with a name that only it starts with, or NULL. */
const struct binding *keymap_find_name(const struct keymap *map, const char *name);

/* Adds every live : name that starts with TYPED, with its help as detail, in tables' order. */
void keymap_complete(const struct keymap *map, const char *typed, struct candidates *out);

/* Returns the rows that the bottom line takes: the most that a table asks for, at least one. */
int keymap_rows(const struct keymap *map);

/* Draws the live bindings that have a label over the rows of AREA, the weightiest first, as many as
 * fit, each whole; the one that is_last at the end, before any other loses its place. */
void keymap_draw_keys(const struct keymap *map, const struct area *area);

/* Appends the help page: a heading per table, then a line per action with its keys, its : name and
 * its help. Only live bindings; keys hidden by an earlier table are left out. */
void keymap_print_help(const struct keymap *map, struct buffer *out);

#endif
