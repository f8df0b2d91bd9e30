/* Adding, editing and deleting any record from any place: the dialogs, the batch, the message. */
#ifndef CLAUSE5_PANES_RECORD_ACTIONS_H
#define CLAUSE5_PANES_RECORD_ACTIONS_H

#include "panes/frame/app.h"

/* Asks for a new record in a form, numbered where the register is, with OWNER_FIELD (-1: none) set
 * to OWNER_ID. Returns its id, or 0 where it was left. */
int64_t record_actions_add(struct app *app, enum register_id register_id, int owner_field,
                           int64_t owner_id);

/* As record_actions_add for a record that begins with VALUES, which it releases. */
int64_t record_actions_add_filled(struct app *app, enum register_id register_id,
                                  struct value *values);

/* As record_actions_add for a record whose key shall be KEY. */
int64_t record_actions_add_named(struct app *app, enum register_id register_id, const char *key);

/* Opens the form of a record with the cursor on FIELD. Returns whether it was stored. */
bool record_actions_edit(struct app *app, enum register_id register_id, int64_t id, int field);

/* Says what goes with the records, asks, and deletes them in one batch. Returns whether it was
 * done. */
bool record_actions_delete(struct app *app, enum register_id register_id, const int64_t *ids,
                           size_t count);

#endif
