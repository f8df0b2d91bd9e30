/* How dates and numbers stand in people's spreadsheets: all the ways in which a cell can be read,
 * and the value that can be offered where a cell holds more than that. Which way counts is decided
 * by whoever sees the whole column. */
#ifndef CLAUSE5_REGISTER_READING_H
#define CLAUSE5_REGISTER_READING_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/register/register.h"

/* The ways to read a date. */
enum date_way {
    DATE_WAY_PLAIN,  /* the text itself says which part is which: 2026-03-31, 31 Mar 2026 */
    DATE_WAY_DMY,    /* 31.03.2026 */
    DATE_WAY_MDY,    /* 03/31/2026 */
    DATE_WAY_YMD,    /* 26-03-31; with four digits of the year it is plain */
    DATE_WAY_SERIAL, /* a spreadsheet's number of the day: 46112 is 2026-03-31 */
    DATE_WAY_COUNT,
};

struct date_reading {
    bool can[DATE_WAY_COUNT]; /* the text names a day that way */
    date_days day[DATE_WAY_COUNT];
    bool has_short_year; /* two digits: 69 and less are of this century */
};

/* Reads a date in any of the common orders, with . / - or blanks between, names of months in
 * English, German, French, Spanish and Italian, a weekday before and a time behind, which are left
 * out. False where it is none. */
bool date_read(const char *text, struct date_reading *reading);

/* Reads a number with DECIMAL ("." or ",") before its fraction, and groups of three digits parted
 * by blanks, apostrophes, or the other of the two signs. Appends it as number_parse wants it; false
 * where it is none, with nothing appended. */
bool number_read(const char *text, char decimal, struct buffer *plain);

/* As number_read, whichever the sign is; false also where point and comma give two numbers. */
bool number_read_any(const char *text, struct buffer *plain);

/* Appends the value that a cell can be offered as which holds more than its field takes: "4.2%
 * (2026-Q1)" is 4.2 for a number, "31 Mar 26" is 2026-03-31 for a date, "In progress (28/42)" is in
 * progress for a choice. False where nothing, or more than one thing, can be offered. */
bool field_offer(const struct field *field, const char *text, struct buffer *offered);

#endif
