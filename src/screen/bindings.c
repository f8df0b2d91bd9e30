/* Owns looking up, showing and explaining bindings. Knows no action: the tables are the callers'.
 */
#include "clause5/screen/bindings.h"

#include <string.h>

#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/base/text.h"

enum { HELP_KEYS_WIDTH = 18, HELP_NAME_WIDTH = 18, GAP = 2 };

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

/* Draws one "key label" at COLUMN. Returns the column behind it, or 0 where it does not fit. */
static int draw_binding(const struct area *area, int row, int column,
                        const struct binding *binding) {
    struct buffer key = {0};
    keycode_print(&key, binding->key);
    int key_width = text_width_cells(buffer_text(&key));
    int width = key_width + 1 + text_width_cells(binding->label);
    int next = column + width <= area->width ? column + width + GAP : 0;
    if (next > 0) {
        area_put(area, (struct spot){row, column, key_width}, MEANING_KEY, buffer_text(&key));
        area_put(area, (struct spot){row, column + key_width + 1, width - key_width - 1},
                 MEANING_TEXT, binding->label);
    }
    buffer_free(&key);
    return next;
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

void keymap_draw_line(const struct keymap *map, const struct area *area, int row) {
    int column = 1;
    int weight = 0;
    for (bool is_first = true; next_weight(map, is_first, &weight); is_first = false) {
        for (size_t t = 0; t < map->count; t++) {
            for (size_t i = 0; i < map->tables[t]->count; i++) {
                const struct binding *binding = &map->tables[t]->bindings[i];
                if (binding->weight != weight || binding->label == NULL || !lives(map, binding) ||
                    is_hidden(map, binding)) {
                    continue;
                }
                int next = draw_binding(area, row, column, binding);
                column = next > 0 ? next : column;
            }
        }
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
