/* Owns random records; knows nothing of what is tested with them. */
#include "support/testing.h"

#include "store/random_rows.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "clause5/base/buffer.h"
#include "clause5/register/type.h"
#include "clause5/store/batch.h"
#include "clause5/store/record.h"
#include "store/database.h"

/* splitmix64 */
static uint64_t dice_next(struct dice *dice) {
    uint64_t z = dice->state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

unsigned dice_roll(struct dice *dice, unsigned limit) {
    return (unsigned)(dice_next(dice) % limit);
}

int64_t random_record(struct dice *dice, struct workbook *workbook, enum register_id register_id) {
    struct fault fault = {0};
    struct buffer sql = {0};
    int64_t id = 0;
    int64_t count = record_count(workbook, register_id, &fault);
    if (count > 0) {
        buffer_addf(&sql, "SELECT id FROM \"%s\" ORDER BY id LIMIT 1 OFFSET %u",
                    register_describe(register_id)->name, dice_roll(dice, (unsigned)count));
        assert_true(database_read_whole(workbook, sql.bytes, &id, &fault));
    }
    buffer_free(&sql);
    return id;
}

static struct value random_text(struct dice *dice) {
    static const char *const words[] = {
        "alpha",    "\xc3\xa4rger", "x\ny",    "\xe6\x97\xa5\xe6\x9c\xac",
        "'quoted'", "=1+1",         " spaced "};
    struct buffer text = {0};
    for (unsigned i = dice_roll(dice, 3); i < 4; i++) {
        buffer_add(&text, words[dice_roll(dice, sizeof words / sizeof words[0])]);
    }
    buffer_addf(&text, " %llu", (unsigned long long)(dice_next(dice) >> 20));
    struct value value = value_of_text(text.bytes);
    buffer_free(&text);
    return value;
}

static struct value random_date(struct dice *dice) {
    char date[40];
    snprintf(date, sizeof date, "20%02u-%02u-%02u", dice_roll(dice, 100), dice_roll(dice, 12) + 1,
             dice_roll(dice, 28) + 1);
    return value_of_text(date);
}

static struct value random_relation(struct dice *dice, struct workbook *workbook,
                                    const struct field *field) {
    enum register_id target = field->type == FIELD_REFERENCE ? field->target
                              : dice_roll(dice, 2) == 0      ? REGISTER_ROLE
                                                             : REGISTER_PERSON;
    int64_t id = random_record(dice, workbook, target);
    if (id == 0 && field->flags & FIELD_REQUIRED) {
        id = random_insert(dice, workbook, target);
    }
    return id == 0 ? (struct value){0} : value_of_whole(id);
}

static struct value random_choice(struct dice *dice, const struct field *field) {
    unsigned count = 0;
    while (field->choices[count].value != NULL) {
        count++;
    }
    return value_of_text(field->choices[dice_roll(dice, count)].value);
}

static struct value random_value(struct dice *dice, struct workbook *workbook,
                                 const struct field *field) {
    switch (field->type) {
    case FIELD_WHOLE:
        return value_of_whole((int64_t)dice_roll(dice, 100000));
    case FIELD_NUMBER:
        return value_of_number(((double)dice_roll(dice, 2000000) - 1000000) / 1000);
    case FIELD_DATE:
        return random_date(dice);
    case FIELD_YESNO:
        return value_of_text(dice_roll(dice, 2) == 0 ? "yes" : "no");
    case FIELD_CHOICE:
        return random_choice(dice, field);
    case FIELD_REFERENCE:
    case FIELD_PARTY:
        return random_relation(dice, workbook, field);
    default:
        return random_text(dice);
    }
}

void random_values(struct dice *dice, struct workbook *workbook, enum register_id register_id,
                   struct value *values) {
    const struct register_description *description = register_describe(register_id);
    for (int i = 0; i < description->field_count; i++) {
        const struct field *field = &description->fields[i];
        bool is_wanted = field->flags & FIELD_REQUIRED || register_is_key_field(register_id, i) ||
                         dice_roll(dice, 3) > 0;
        values[i] = is_wanted ? random_value(dice, workbook, field) : (struct value){0};
    }
}

int64_t random_insert(struct dice *dice, struct workbook *workbook, enum register_id register_id) {
    struct value values[REGISTER_FIELDS_MOST] = {0};
    struct fault fault = {0};
    int64_t id = 0;
    random_values(dice, workbook, register_id, values);
    if (!batch_insert(workbook, register_id, values, &id, &fault)) {
        assert_int_equal(fault.kind, FAULT_REFUSED);
        id = 0;
    }
    fault_clear(&fault);
    values_free(values, REGISTER_FIELDS_MOST);
    return id;
}

bool random_update(struct dice *dice, struct workbook *workbook, enum register_id register_id) {
    struct value fresh[REGISTER_FIELDS_MOST] = {0};
    struct record record;
    struct fault fault = {0};
    int64_t id = random_record(dice, workbook, register_id);
    if (id == 0) {
        return false;
    }
    assert_int_equal(record_load(workbook, register_id, id, &record, &fault), LOOKUP_FOUND);
    random_values(dice, workbook, register_id, fresh);
    for (int i = 0; i < register_describe(register_id)->field_count; i++) {
        if (dice_roll(dice, 3) == 0) {
            struct value swap = record.values[i];
            record.values[i] = fresh[i];
            fresh[i] = swap;
        }
    }
    bool good = batch_update(workbook, register_id, id, record.values, &fault);
    assert_true(good || fault.kind == FAULT_REFUSED);
    fault_clear(&fault);
    values_free(fresh, REGISTER_FIELDS_MOST);
    record_free(&record);
    return good;
}

static void dump_row(sqlite3_stmt *statement, struct buffer *out) {
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        struct value value = database_column(statement, i);
        switch (value.kind) {
        case VALUE_EMPTY:
            buffer_add(out, "|-");
            break;
        case VALUE_TEXT:
            buffer_addf(out, "|T%s", value.text);
            break;
        case VALUE_WHOLE:
            buffer_addf(out, "|W%lld", (long long)value.whole);
            break;
        case VALUE_NUMBER:
            buffer_addf(out, "|N%.17g", value.number);
            break;
        }
        value_free(&value);
    }
    buffer_add_byte(out, '\n');
}

char *dump_registers(struct workbook *workbook) {
    struct buffer out = {0};
    struct fault fault = {0};
    for (int i = 0; i <= REGISTER_COUNT; i++) {
        const char *name =
            i < REGISTER_COUNT ? register_describe((enum register_id)i)->name : "party";
        struct buffer sql = {0};
        buffer_addf(&sql, "SELECT * FROM main.\"%s\" ORDER BY id", name);
        sqlite3_stmt *statement = database_prepare(workbook, sql.bytes, &fault);
        assert_non_null(statement);
        buffer_addf(&out, "%s\n", name);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            dump_row(statement, &out);
        }
        assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
        buffer_free(&sql);
    }
    return buffer_take(&out);
}
