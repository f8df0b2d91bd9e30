/* The manual page against the checklist's own tables: each key stands there with its : name and its
 * help. What is lacking is printed as it has to stand. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "panes/checklist/walk_keys.h"
#include "panes/frame/panes.h"
#include "support/place.h"

/* Returns the manual with every run of blanks and line ends as one blank; the caller frees. */
static char *read_manual(void) {
    char *manual = place_read_path(SOURCE_DIR "/man/clause5.1", NULL);
    char *to = manual;
    assert_non_null(manual);
    for (const char *at = manual; *at != '\0'; at++) {
        bool is_blank = isspace((unsigned char)*at);
        if (!is_blank || (to > manual && to[-1] != ' ')) {
            *to++ = is_blank ? ' ' : *at;
        }
    }
    *to = '\0';
    return manual;
}

/* Appends the item of a binding: ".It Sy c Ic :conforms", then its help as a sentence. */
static void print_item(const struct binding *binding, char blank, struct buffer *out) {
    buffer_add(out, ".It Sy ");
    buffer_add(out, binding->key == '.' ? "\\&" : "");
    keycode_print(out, binding->key);
    buffer_addf(out, " Ic :%s%c%c%s.", binding->name, blank, toupper((unsigned char)*binding->help),
                binding->help + 1);
}

static void check_table(const char *manual, const struct binding_table *table) {
    int lacking = 0;
    for (size_t i = 0; i < table->count; i++) {
        struct buffer wanted = {0};
        if (table->bindings[i].name == NULL || table->bindings[i].help == NULL) {
            continue;
        }
        print_item(&table->bindings[i], ' ', &wanted);
        if (strstr(manual, buffer_text(&wanted)) == NULL) {
            lacking++;
            buffer_clear(&wanted);
            print_item(&table->bindings[i], '\n', &wanted);
            print_message("%s\n", buffer_text(&wanted));
        }
        buffer_free(&wanted);
    }
    if (lacking > 0) {
        fail_msg("man/clause5.1 lacks %d keys of %s, printed above", lacking, table->title);
    }
}

static const struct binding_table *const *tables(size_t *count) {
    static const struct binding_table *all[5];
    all[0] = &walk_bindings;
    all[1] = checklist_view_ops.bindings;
    all[2] = evidence_keys.bindings;
    all[3] = audit_list.bindings;
    all[4] = comparison_view_ops.bindings;
    *count = sizeof all / sizeof all[0];
    return all;
}

static void the_manual_has_every_key_of_the_checklist(void **state) {
    (void)state;
    size_t count = 0;
    const struct binding_table *const *all = tables(&count);
    char *manual = read_manual();
    for (size_t i = 0; i < count; i++) {
        check_table(manual, all[i]);
    }
    free(manual);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manual_has_every_key_of_the_checklist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
