/* The registers, described once: one row per field, read by the schema, the lists, the forms, the
 * validation, CSV in and out, describe, the report and the tests. */
#ifndef CLAUSE5_REGISTER_REGISTER_H
#define CLAUSE5_REGISTER_REGISTER_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/register/fields.h"

enum {
    REGISTER_KEY_PARTS_MOST = 3,
    REGISTER_FIELDS_MOST = 23, /* the widest register; registers.c asserts it */
};

/* What a field holds. The first ten are the types of registers.tsv; the finer ones behind them show
 * as one of the ten in describe and have a parse of their own (see type.h). */
enum field_type {
    FIELD_TEXT,
    FIELD_LONG_TEXT,
    FIELD_WHOLE,     /* whole number from least to most */
    FIELD_NUMBER,    /* decimal number */
    FIELD_DATE,      /* a day, stored as YYYY-MM-DD */
    FIELD_YESNO,     /* stored as yes or no */
    FIELD_CHOICE,    /* one of choices, stored as its value */
    FIELD_REFERENCE, /* a record of target, stored as its id */
    FIELD_PARTY,     /* a role or a person, stored as its id */
    FIELD_FILE,      /* a path or a URL */
    FIELD_EMAIL,     /* text: a mail address */
    FIELD_LANGUAGE,  /* text: a BCP 47 code */
    FIELD_REGISTER,  /* text: the name of a register */
    FIELD_RECORD, /* text: the key of a record of the register named by the FIELD_REGISTER beside it
                   */
    FIELD_SOURCE, /* text: the key of whatever raised an action; follows a renaming, need not exist
                   */
    FIELD_CHECK,  /* text: the id of a check */
    FIELD_DIGEST, /* text: SHA-256, 64 hex digits */
    FIELD_VERSION, /* text: a version of the policy named by the field called policy beside it */
    FIELD_TYPE_COUNT,
};

enum field_flag {
    FIELD_REQUIRED = 1 << 0,
    FIELD_UNIQUE = 1 << 1, /* no other record has the same, without regard to ASCII case */
    FIELD_SET_BY_PROGRAM =
        1 << 2, /* read-only in forms; taken from CSV, so that an export comes back whole */
    FIELD_APPROVAL = 1 << 3, /* a party or person that decides: a role stores its holder of that day
                                (contract.md, Values) */
    FIELD_KEY = 1 << 4,      /* a text that is part of the key: trimmed when read */
    FIELD_IN_UNIT = 1 << 5, /* a number whose unit another field names, so that % may stand by it */
};

/* One allowed value. The value is stored and exported; the label is shown, and read as well. */
struct choice {
    const char *value;
    const char *label;
    const char *synonyms; /* other words people use in spreadsheets, separated by ";", or NULL */
};

struct field {
    const char *name;     /* column of the table and of CSV files */
    const char *label;    /* what people read */
    const char *help;     /* one line for somebody who fills it in for the first time */
    const char *meaning;  /* the definition of registers.tsv, printed by describe; may be "" */
    const char *synonyms; /* other headers people use in spreadsheets, separated by ";", or NULL */
    enum field_type type;
    unsigned flags;      /* of enum field_flag */
    int since;           /* first schema version that has the field; 0 means the first of all */
    int width;           /* cells a list gives it; 0 means what its type wants */
    int64_t least, most; /* FIELD_WHOLE; both 0: any count from 0 to 999999999999999 */
    const struct choice *choices; /* FIELD_CHOICE: closed by a row whose value is NULL */
    enum register_id target;      /* FIELD_REFERENCE; of no meaning elsewhere */
};

struct register_description {
    const char *name;       /* table and CSV file */
    const char *label;      /* plural, as a heading */
    const char *singular;   /* in the middle of a sentence */
    const char *meaning;    /* what a record of it is */
    const char *help;       /* what belongs here and why: shown where the register is empty */
    const char *pane;       /* the pane that shows it */
    const char *ref_prefix; /* new records are numbered with it, such as POL-; NULL: no numbering */
    const struct field *fields; /* in the order of registers.tsv, which is that of CSV columns */
    int field_count;
    const int *list_first; /* the fields that a list shows first behind the key, closed by -1; NULL:
                              as they come. A narrow screen shows little more than these. */
    int key[REGISTER_KEY_PARTS_MOST]; /* indexes of the fields that make the key */
    int key_count;                    /* 0 only for the workbook, which has exactly one row */
};

/* Returns the description; never NULL for an id below REGISTER_COUNT. */
const struct register_description *register_describe(enum register_id id);

/* Returns the register of that exact name, or REGISTER_NONE. */
enum register_id register_find(const char *name);

/* Returns the index of the field of that exact name, or -1. */
int register_find_field(enum register_id id, const char *name);

/* True where the field is a part of the register's key. */
bool register_is_key_field(enum register_id id, int field);

#endif
