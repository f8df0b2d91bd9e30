/* Any bytes as a value of any type: what is read prints as text that reads as the same value. The
 * first byte chooses the field, among all fields of all registers. */
#include "support/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/register/type.h"

static const struct field *choose_field(unsigned number) {
    const struct register_description *described =
        register_describe((enum register_id)(number % REGISTER_COUNT));
    return &described->fields[number / REGISTER_COUNT % (unsigned)described->field_count];
}

static void check_round_trip(const struct field *field, const struct value *value) {
    struct buffer text = {0};
    struct value again;
    struct fault fault = {0};
    field_print(field, value, &text);
    if (!field_parse(field, buffer_text(&text), &again, &fault)) {
        die("what was read as %s is refused: %s", field->name, fault_text(&fault));
    }
    if (!value_equals(value, &again) || field_compare(field, value, &again) != 0) {
        die("what was read as %s reads back as something else", field->name);
    }
    value_free(&again);
    buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes) {
    if (len_bytes < 2) {
        return 0;
    }
    const struct field *field = choose_field(bytes[0] | (unsigned)bytes[1] << 8);
    char *text = memory_copy_bytes((const char *)bytes + 2, len_bytes - 2);
    struct fault fault = {0};
    struct value values[3] = {0};
    bool is_good[] = {
        field_parse(field, text, &values[0], &fault),
        field_parse_typed(field, text, 20000, &values[1], &fault),
        field_parse_sheet(field, text, &values[2], &fault),
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        if (is_good[i]) {
            check_round_trip(field, &values[i]);
        }
    }
    values_free(values, COUNT(values));
    fault_clear(&fault);
    free(text);
    return 0;
}
