/* Owns the terminal in memory: what stands where, and how it looks; knows nothing of processes. */
#include <string.h>

#include "clause5/base/memory.h"
#include "support/pty_inside.h"

static const uint32_t SECOND_HALF = (uint32_t)-1; /* libvterm's mark behind a wide character */

static int note_property(VTermProp property, VTermValue *value, void *user) {
    struct terminal *terminal = user;
    if (property == VTERM_PROP_ALTSCREEN) {
        terminal->is_alternate = value->boolean;
        terminal->is_alternate_used |= terminal->is_alternate;
    } else if (property == VTERM_PROP_CURSORVISIBLE) {
        terminal->is_cursor_shown = value->boolean;
    } else if (property == VTERM_PROP_TITLE || property == VTERM_PROP_ICONNAME) {
        terminal->has_title = true;
    }
    return 1;
}

static int note_bell(void *user) {
    struct terminal *terminal = user;
    terminal->bells++;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = note_property, .bell = note_bell};

static void answer(const char *bytes, size_t len_bytes, void *user) {
    terminal_send_bytes(user, bytes, len_bytes);
}

void terminal_screen_new(struct terminal *terminal, int rows, int cols) {
    terminal->vterm = vterm_new(rows, cols);
    vterm_set_utf8(terminal->vterm, 1);
    terminal->screen = vterm_obtain_screen(terminal->vterm);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_reset(terminal->screen, 1);
    vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
    vterm_output_set_callback(terminal->vterm, answer, terminal);
    terminal->is_cursor_shown = true;
}

void terminal_screen_free(struct terminal *terminal) {
    vterm_free(terminal->vterm);
    buffer_free(&terminal->raw);
    buffer_free(&terminal->text);
}

static void add_character(struct buffer *out, uint32_t code) {
    static const struct {
        uint32_t below;
        unsigned lead;
        int more;
    } forms[] = {{0x80, 0, 0}, {0x800, 0xC0, 1}, {0x10000, 0xE0, 2}, {0x110000, 0xF0, 3}};
    size_t form = 0;
    while (form + 1 < COUNT(forms) && code >= forms[form].below) {
        form++;
    }
    buffer_add_byte(out, (char)(forms[form].lead | (code >> (6 * forms[form].more))));
    for (int left = forms[form].more - 1; left >= 0; left--) {
        buffer_add_byte(out, (char)(0x80U | ((code >> (6 * left)) & 0x3FU)));
    }
}

static void add_cell(struct buffer *out, const VTermScreenCell *cell) {
    if (cell->chars[0] == SECOND_HALF) {
        return;
    }
    if (cell->chars[0] == 0) {
        buffer_add_byte(out, ' ');
    }
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++) {
        add_character(out, cell->chars[i]);
    }
}

static void get_size(const struct terminal *terminal, int *rows, int *cols) {
    vterm_get_size(terminal->vterm, rows, cols);
}

/* The row counted from the top; -1 where there is none. */
static int settle_row(const struct terminal *terminal, int row) {
    int rows = 0;
    int cols = 0;
    get_size(terminal, &rows, &cols);
    row = row < 0 ? rows + row : row;
    return row < rows ? row : -1;
}

static void add_row(struct terminal *terminal, struct buffer *out, int row) {
    int rows = 0;
    int cols = 0;
    size_t start = out->len_bytes;
    get_size(terminal, &rows, &cols);
    for (int col = 0; row >= 0 && col < cols; col++) {
        VTermScreenCell cell;
        if (vterm_screen_get_cell(terminal->screen, (VTermPos){row, col}, &cell)) {
            add_cell(out, &cell);
        }
    }
    while (out->len_bytes > start && out->bytes[out->len_bytes - 1] == ' ') {
        out->bytes[--out->len_bytes] = '\0';
    }
}

const char *terminal_row(struct terminal *terminal, int row) {
    buffer_clear(&terminal->text);
    add_row(terminal, &terminal->text, settle_row(terminal, row));
    return buffer_text(&terminal->text);
}

const char *terminal_screen(struct terminal *terminal) {
    int rows = 0;
    int cols = 0;
    get_size(terminal, &rows, &cols);
    buffer_clear(&terminal->text);
    for (int row = 0; row < rows; row++) {
        add_row(terminal, &terminal->text, row);
        buffer_add_byte(&terminal->text, '\n');
    }
    return buffer_text(&terminal->text);
}

/* The column whose cell begins at the byte OFFSET of the row's text. */
static int column_of(struct terminal *terminal, int row, size_t offset) {
    struct buffer text = {0};
    int col = 0;
    while (text.len_bytes < offset) {
        VTermScreenCell cell;
        if (!vterm_screen_get_cell(terminal->screen, (VTermPos){row, col}, &cell)) {
            break;
        }
        add_cell(&text, &cell);
        col += cell.width > 1 ? cell.width : 1;
    }
    buffer_free(&text);
    return col;
}

bool terminal_find(struct terminal *terminal, const char *text, int *row, int *col) {
    int rows = 0;
    int cols = 0;
    get_size(terminal, &rows, &cols);
    for (int at = 0; at < rows; at++) {
        const char *line = terminal_row(terminal, at);
        const char *hit = strstr(line, text);
        if (hit == NULL) {
            continue;
        }
        if (row != NULL) {
            *row = at;
        }
        if (col != NULL) {
            *col = column_of(terminal, at, (size_t)(hit - line));
        }
        return true;
    }
    return false;
}

void terminal_cursor(const struct terminal *terminal, int *row, int *col) {
    VTermPos position;
    vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &position);
    *row = position.row;
    *col = position.col;
}

bool terminal_has_cursor(const struct terminal *terminal) {
    return terminal->is_cursor_shown;
}

static bool is_reverse(const VTermScreenCell *cell) {
    return cell->attrs.reverse;
}

static bool is_bold(const VTermScreenCell *cell) {
    return cell->attrs.bold;
}

static bool is_underlined(const VTermScreenCell *cell) {
    return cell->attrs.underline != VTERM_UNDERLINE_OFF;
}

static bool is_italic(const VTermScreenCell *cell) {
    return cell->attrs.italic;
}

static bool is_blinking(const VTermScreenCell *cell) {
    return cell->attrs.blink;
}

static bool is_coloured(const VTermScreenCell *cell) {
    return !VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
}

static const struct {
    const char *name;
    bool (*is_so)(const VTermScreenCell *cell);
} attributes[] = {
    {"reverse", is_reverse}, {"bold", is_bold},      {"underline", is_underlined},
    {"italic", is_italic},   {"blink", is_blinking}, {"colour", is_coloured},
};

static bool has_attribute(const VTermScreenCell *cell, const char *name, size_t len) {
    for (size_t i = 0; i < COUNT(attributes); i++) {
        if (strlen(attributes[i].name) == len && memcmp(attributes[i].name, name, len) == 0) {
            return attributes[i].is_so(cell);
        }
    }
    fail_msg("there is no attribute %.*s", (int)len, name);
    return false;
}

bool terminal_has_attribute(struct terminal *terminal, int row, int col, const char *names) {
    VTermScreenCell cell;
    VTermPos position = {settle_row(terminal, row), col};
    if (!vterm_screen_get_cell(terminal->screen, position, &cell)) {
        return false;
    }
    bool has_all = true;
    for (const char *name = names; *name != '\0';) {
        size_t len = strcspn(name, "|");
        has_all = has_attribute(&cell, name, len) && has_all;
        name += len + (name[len] == '|');
    }
    return has_all;
}

const struct buffer *terminal_raw(const struct terminal *terminal) {
    return &terminal->raw;
}

int terminal_bells(const struct terminal *terminal) {
    return terminal->bells;
}

bool terminal_has_title(const struct terminal *terminal) {
    return terminal->has_title;
}
