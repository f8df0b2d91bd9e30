/* How the types of fields read a text; type.c puts these into its table. Each gets a text that is
 * valid UTF-8, trimmed where its type trims, and not empty. */
#ifndef CLAUSE5_REGISTER_PARSE_H
#define CLAUSE5_REGISTER_PARSE_H

#include <stdbool.h>

#include "clause5/base/buffer.h"
#include "clause5/base/date.h"
#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/register/value.h"

/* Sets `"TEXT" REASON` as a refusal, the text made harmless and cut. Returns false. */
bool parse_refuse(struct fault *fault, const char *text, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

bool parse_text(const struct field *field, const char *text, struct value *value,
                struct fault *fault);
bool parse_whole(const struct field *field, const char *text, struct value *value,
                 struct fault *fault);
bool parse_number(const struct field *field, const char *text, struct value *value,
                  struct fault *fault);
bool parse_date(const struct field *field, const char *text, struct value *value,
                struct fault *fault);
bool parse_yesno(const struct field *field, const char *text, struct value *value,
                 struct fault *fault);
bool parse_choice(const struct field *field, const char *text, struct value *value,
                  struct fault *fault);
bool parse_email(const struct field *field, const char *text, struct value *value,
                 struct fault *fault);
bool parse_language(const struct field *field, const char *text, struct value *value,
                    struct fault *fault);
bool parse_register(const struct field *field, const char *text, struct value *value,
                    struct fault *fault);
bool parse_digest(const struct field *field, const char *text, struct value *value,
                  struct fault *fault);

/* What a person typed, and the day that dates in it count from. */
struct typed_text {
    const char *text;
    date_days today;
};

/* The same for what a person types. */
bool parse_date_typed(const struct field *field, const struct typed_text *typed,
                      struct value *value, struct fault *fault);
bool parse_yesno_typed(const struct field *field, const struct typed_text *typed,
                       struct value *value, struct fault *fault);
bool parse_choice_typed(const struct field *field, const struct typed_text *typed,
                        struct value *value, struct fault *fault);

/* As parse_yesno and parse_choice, and synonyms count. */
bool parse_yesno_sheet(const struct field *field, const char *text, struct value *value,
                       struct fault *fault);
bool parse_choice_sheet(const struct field *field, const char *text, struct value *value,
                        struct fault *fault);

/* Returns the place of the stored TEXT among the field's choices; their count where it is none. */
int choice_position(const struct field *field, const char *text);

/* True where WORD is one of the words of LIST, which are separated by ";" (NULL: none), without
 * regard to ASCII case; IS_LOOSE also leaves out blanks, hyphens and underscores. */
bool choice_list_holds(const char *list, const char *word, bool is_loose);

#endif
