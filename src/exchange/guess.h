/* What a name says about what it names (contract.md, --create-missing). Looks at texts only. */
#ifndef EXCHANGE_GUESS_H
#define EXCHANGE_GUESS_H

#include <stdbool.h>

/* True where the party is more likely a role than a person: in capitals, or with Officer, Lead,
 * Manager, Head, Team or Director in it. */
bool guess_is_role(const char *name);

/* Splits `Information Security Officer (ISO)` into code and title, both to be freed; false where
 * there is no code in parentheses at its end. */
bool guess_code_in_parentheses(const char *text, char **code, char **title);

/* Proposes a role's ref and title, both to be freed: the code in parentheses, else the title if it
 * is at most five capitals, else its initials. */
void guess_role_ref(const char *text, char **ref, char **title);

/* Returns the choice of role.kind: "All ..." and "... Heads" are groups; top management, else
 * operational. */
const char *guess_role_kind(const char *title);

/* True where the text looks like a ref rather than a title: no blank, and a digit in it. */
bool guess_is_ref(const char *text);

/* Returns the clause that an activity serves, by the words of its title; "" where none says it. */
const char *guess_clause(const char *title);

/* True where a row's first cell says that it is no record: Legend, Total, Sum. */
bool guess_is_legend(const char *text);

/* True where a text that stands alone in its row says that it is no record: "Exported on ...",
 * "Note: ...", "Total 25", "R = responsible", "25 records". */
bool guess_is_remark(const char *text);

/* Returns `Anna Weber` for "Weber, Anna", to be freed; NULL where the text is no such thing, as
 * with "Acme, Inc." */
char *guess_first_last(const char *text);

#endif
