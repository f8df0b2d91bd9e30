/* Owns looking up, showing and explaining bindings. Knows no action: the tables are the callers'.
 */
#include "clause5/screen/bindings.h"

#include <string.h>

#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"

enum { HELP_KEYS_WIDTH = 18, HELP_NAME_WIDTH = 18, GAP = 2, KEYS_EDGE = 1 };

void keymap_add(struct keymap *map, const struct binding_table *table) {
    if (map->count >= BINDINGS_TABLES) {
        die("more than %d tables of keys", BINDINGS_TABLES);
    }
    map->tables[map->count++] = table;
}

static bool lives(const struct keymap *map, const struct binding *binding) {
    return binding->where == 0 || (binding->where & map->where) != 0;
}

/* The row of its table that names the action: an alias leads to it. */
static const struct binding *row_of_action(const struct binding_table *table,
                                           const struct binding *alias) {
    if (alias->name != NULL || alias->help != NULL) {
        return alias;
    }
    for (size_t i = 0; i < table->count; i++) {
        if (table->bindings[i].action == alias->action) {
            return &table->bindings[i];
        }
    }
    return alias;
}

const struct binding *keymap_find_key(const struct keymap *map, uint32_t key) {
    for (size_t t = 0; t < map->count && key != KEYCODE_NONE; t++) {
        const struct binding_table *table = map->tables[t];
        for (size_t i = 0; i < table->count; i++) {
            const struct binding *main = row_of_action(table, &table->bindings[i]);
            if (table->bindings[i].key == key && lives(map, &table->bindings[i]) &&
                lives(map, main)) {
                return main;
            }
        }
    }
    return NULL;
}

const struct binding *keymap_find_name(const struct keymap *map, const char *name) {
    const struct binding *found = NULL;
    size_t len = strlen(name);
    bool is_ambiguous = false;
    for (size_t t = 0; t < map->count; t++) {
        const struct binding_table *table = map->tables[t];
        for (size_t i = 0; i < table->count; i++) {
            const struct binding *binding = &table->bindings[i];
            if (binding->name == NULL || !lives(map, binding) || len == 0 ||
                strncmp(binding->name, name, len) != 0) {
                continue;
            }
            if (binding->name[len] == '\0') {
                return binding;
            }
            is_ambiguous =
                is_ambiguous || (found != NULL && strcmp(found->name, binding->name) != 0);
            found = found != NULL ? found : binding;
        }
    }
    return is_ambiguous ? NULL : found;
}

static bool is_offered(const struct candidates *candidates, const char *name) {
    for (size_t i = 0; i < candidates->count; i++) {
        if (strcmp(candidates->items[i].value, name) == 0) {
            return true;
        }
    }
    return false;
}

void keymap_complete(const struct keymap *map, const char *typed, struct candidates *out) {
    size_t len = strlen(typed);
    for (size_t t = 0; t < map->count; t++) {
        for (size_t i = 0; i < map->tables[t]->count; i++) {
            const struct binding *binding = &map->tables[t]->bindings[i];
            if (binding->name != NULL && lives(map, binding) &&
                strncmp(binding->name, typed, len) == 0 && !is_offered(out, binding->name)) {
                candidates_add(out, binding->name, binding->help);
            }
        }
    }
}

/* True where a table before TABLE, or an earlier row, takes the key. */
static bool is_hidden(const struct keymap *map, const struct binding *binding) {
    return binding->key != KEYCODE_NONE && keymap_find_key(map, binding->key) != binding;
}

/* True where the binding is one for the bottom line. */
static bool is_shown(const struct keymap *map, const struct binding *binding) {
    return binding->label != NULL && lives(map, binding) && !is_hidden(map, binding);
}

/* The bottom line while it is filled. */
struct key_line {
    const struct area *area;
    int row, column;
    const struct binding *last; /* NULL: none */
};

static int binding_width(const struct binding *binding) {
    struct buffer key = {0};
    keycode_print(&key, binding->key);
    int width = text_width_cells(buffer_text(&key)) + 1 + text_width_cells(binding->label);
    buffer_free(&key);
    return width;
}

/* Draws "key label" and moves behind it. */
static void draw_binding(struct key_line *line, const struct binding *binding) {
    struct buffer key = {0};
    keycode_print(&key, binding->key);
    struct spot spot = {.row = line->row, .column = line->column};
    spot.column += area_put(line->area, spot, MEANING_KEY, buffer_text(&key)) + 1;
    spot.column += area_put(line->area, spot, MEANING_TEXT, binding->label);
    line->column = spot.column + GAP;
    buffer_free(&key);
}

/* Draws the binding where the rows have room for it and for the last one, else leaves it out. */
static void add_binding(struct key_line *line, const struct binding *binding) {
    int width = binding_width(binding);
    bool is_end = line->row == line->area->height - 1;
    int kept =
        is_end && line->last != NULL && binding != line->last ? GAP + binding_width(line->last) : 0;
    if (line->column + width + kept <= line->area->width) {
        draw_binding(line, binding);
    } else if (!is_end) {
        line->row++;
        line->column = KEYS_EDGE;
        add_binding(line, binding);
    }
}

static const struct binding *find_last(const struct keymap *map) {
    for (size_t t = 0; t < map->count; t++) {
        for (size_t i = 0; i < map->tables[t]->count; i++) {
            const struct binding *binding = &map->tables[t]->bindings[i];
            if (binding->is_last && is_shown(map, binding)) {
                return binding;
            }
        }
    }
    return NULL;
}

/* Finds the weightiest bindings below LIMIT: the largest weight that is smaller. */
static bool next_weight(const struct keymap *map, bool is_first, int *weight) {
    bool is_found = false;
    int limit = *weight;
    for (size_t t = 0; t < map->count; t++) {
        for (size_t i = 0; i < map->tables[t]->count; i++) {
            int candidate = map->tables[t]->bindings[i].weight;
            if ((is_first || candidate < limit) && (!is_found || candidate > *weight)) {
                *weight = candidate;
                is_found = true;
            }
        }
    }
    return is_found;
}

int keymap_rows(const struct keymap *map) {
    int rows = 1;
    for (size_t t = 0; t < map->count; t++) {
        rows = map->tables[t]->key_rows > rows ? map->tables[t]->key_rows : rows;
    }
    return rows;
}

/* Adds every binding of one weight, in tables' order. */
static void add_weight(struct key_line *line, const struct keymap *map, int weight) {
    for (size_t t = 0; t < map->count; t++) {
        for (size_t i = 0; i < map->tables[t]->count; i++) {
            const struct binding *binding = &map->tables[t]->bindings[i];
            if (binding->weight == weight && binding != line->last && is_shown(map, binding)) {
                add_binding(line, binding);
            }
        }
    }
}

void keymap_draw_keys(const struct keymap *map, const struct area *area) {
    struct key_line line = {.area = area, .column = KEYS_EDGE, .last = find_last(map)};
    int weight = 0;
    for (bool is_first = true; next_weight(map, is_first, &weight); is_first = false) {
        add_weight(&line, map, weight);
    }
    if (line.last != NULL) {
        add_binding(&line, line.last);
    }
}

/* Appends every live key of the action, "? F1". */
static void print_keys(const struct keymap *map, const struct binding_table *table,
                       const struct binding *main, struct buffer *out) {
    for (size_t i = 0; i < table->count; i++) {
        const struct binding *binding = &table->bindings[i];
        bool is_same = binding == main || row_of_action(table, binding) == main;
        if (is_same && binding->key != KEYCODE_NONE && lives(map, binding) &&
            keymap_find_key(map, binding->key) == main) {
            buffer_add(out, out->len_bytes > 0 ? " " : "");
            keycode_print(out, binding->key);
        }
    }
}

static void print_row(const struct keymap *map, const struct binding_table *table,
                      const struct binding *binding, struct buffer *out) {
    struct buffer keys = {0};
    struct buffer name = {0};
    print_keys(map, table, binding, &keys);
    if (binding->name != NULL) {
        buffer_addf(&name, ":%s", binding->name);
    }
    if (keys.len_bytes > 0 || name.len_bytes > 0) {
        buffer_add(out, "  ");
        text_show_padded(out, buffer_text(&keys), HELP_KEYS_WIDTH);
        buffer_add_byte(out, ' ');
        text_show_padded(out, buffer_text(&name), HELP_NAME_WIDTH);
        buffer_addf(out, " %s\n", binding->help != NULL ? binding->help : "");
    }
    buffer_free(&keys);
    buffer_free(&name);
}

void keymap_print_help(const struct keymap *map, struct buffer *out) {
    for (size_t t = 0; t < map->count; t++) {
        const struct binding_table *table = map->tables[t];
        buffer_addf(out, "%s%s\n", out->len_bytes > 0 ? "\n" : "", table->title);
        for (size_t i = 0; i < table->count; i++) {
            const struct binding *binding = &table->bindings[i];
            if (lives(map, binding) && row_of_action(table, binding) == binding) {
                print_row(map, table, binding, out);
            }
        }
    }
}
