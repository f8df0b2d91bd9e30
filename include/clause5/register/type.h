/* What the types of fields do: read, write, compare. Behaviour belongs to the type, never to a
 * field. */
#ifndef CLAUSE5_REGISTER_TYPE_H
#define CLAUSE5_REGISTER_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"

enum { NUMBER_DIGITS_MOST = 15 }; /* contract.md, Values: more significant digits are refused */

/* Reads what a file holds (contract.md, Values): keys, choices, dates and numbers are trimmed,
 * other texts stay as they came, empty gives an empty value. Choices are read by value or label,
 * without regard to ASCII case, not by synonym. References, parties, records, versions and checks
 * are not looked up: they give the trimmed text, and the room that knows the workbook resolves it.
 * VALUE need not be set before; the caller frees it with value_free. False, with VALUE empty and a
 * refusal such as `"Continuous" is not a date (use YYYY-MM-DD)`, without the field's name. */
bool field_parse(const struct field *field, const char *text, struct value *value,
                 struct fault *fault);

/* Reads what a person types: as field_parse, and dates as date_parse_typed counts them from TODAY,
 * and choices, yes and no by an unambiguous beginning. */
bool field_parse_typed(const struct field *field, const char *text, date_days today,
                       struct value *value, struct fault *fault);

/* Reads what somebody's spreadsheet holds: as field_parse, and choices, yes and no also by the
 * synonyms that people use. Only for sheets that the program did not write itself. */
bool field_parse_sheet(const struct field *field, const char *text, struct value *value,
                       struct fault *fault);

/* Appends the value as a file holds it: numbers as their shortest decimal, references as their bare
 * id (the room that knows the workbook prints their keys instead). Empty appends nothing. */
void field_print(const struct field *field, const struct value *value, struct buffer *out);

/* Appends the value as people read it: choices by label, all else as field_print. */
void field_print_shown(const struct field *field, const struct value *value, struct buffer *out);

/* Orders two values of the field: empty first, numbers and dates by size, choices in their listed
 * order, texts bytewise; <0, 0, >0. */
int field_compare(const struct field *field, const struct value *a, const struct value *b);

/* Returns the word of registers.tsv for the type, such as "long text"; finer types give their broad
 * one. */
const char *field_type_word(enum field_type type);

/* Returns the column type of a STRICT table: TEXT, INTEGER or REAL. */
const char *field_type_sql(enum field_type type);

/* True for types that are right-aligned in lists. */
bool field_type_is_numeric(enum field_type type);

/* Returns the cells that a list gives the field: its width, else what the type and label want. */
int field_width_cells(const struct field *field);

/* Appends what registers.tsv has in its column of values or target: choices separated by "; ", a
 * range, "unique", the name of the target; nothing for other fields. */
void field_print_values(const struct field *field, struct buffer *out);

/* Returns the choice of that value or label, without regard to ASCII case, or NULL. */
const struct choice *field_find_choice(const struct field *field, const char *text);

/* Returns the choice of that value, label or synonym, without regard to ASCII case and, where that
 * finds none, to blanks, hyphens and underscores; or NULL. */
const struct choice *field_find_choice_synonym(const struct field *field, const char *text);

/* True where NAME is the field's name, label or one of its synonyms, without regard to ASCII case
 * and to blanks, hyphens and underscores. */
bool field_is_called(const struct field *field, const char *name);

/* Appends the shortest decimal that reads back as the same number, with "." and no exponent. */
void number_print(double number, struct buffer *out);

/* Reads a decimal with "." and no exponent, of at most NUMBER_DIGITS_MOST significant digits. -0
 * becomes 0. False with a refusal that names the text. */
bool number_parse(const char *text, double *number, struct fault *fault);

/* True for digits with at most one "." between them and at most one sign before them: what
 * number_parse reads, however many digits. */
bool number_is_plain(const char *text);

#endif
