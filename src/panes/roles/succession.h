/* What falls without one person, who would take each part over, and the batch that hands it over.
 */
#ifndef CLAUSE5_PANES_SUCCESSION_H
#define CLAUSE5_PANES_SUCCESSION_H

#include "panes/frame/app.h"

/* In the order in which they are shown. */
enum succession_kind {
    SUCCESSION_ROLE,
    SUCCESSION_DEPUTY,
    SUCCESSION_ACTIVITY,
    SUCCESSION_POLICY,
    SUCCESSION_OBJECTIVE,
    SUCCESSION_KPI,
    SUCCESSION_ACTION,
    SUCCESSION_APPROVAL,
    SUCCESSION_KINDS,
};

/* One thing that falls. */
struct succession_item {
    enum succession_kind kind;
    enum register_id register_id;
    int64_t id;
    int field; /* that a hand-over changes; -1: it goes with a role, or stands */
    char *ref, *title;
    int64_t successor; /* who takes it over; 0: nobody yet */
    int64_t through;   /* the role that it goes with; 0: none */
    char *through_ref;
};

/* Somebody chosen in place of who was proposed. */
struct succession_choice {
    int64_t id;
    int field;
    int64_t successor;
};

/* A zeroed plan with its person set is ready to be loaded. */
struct succession_plan {
    int64_t person;
    char *name;
    struct succession_item *items;
    size_t count, capacity;
    struct succession_choice *choices;
    size_t choice_count, choice_capacity;
};

/* Reads anew what falls; what was chosen stays. */
bool succession_load(struct succession_plan *plan, struct app *app, struct fault *fault);
void succession_free(struct succession_plan *plan);

/* Chooses who takes an item over; 0: nobody. */
void succession_choose(struct succession_plan *plan, size_t item, int64_t successor);

/* Returns who takes the item over, for what goes with a role who takes the role; 0: nobody. */
int64_t succession_of(const struct succession_plan *plan, const struct succession_item *item);

/* Appends the name of a role or person. */
void succession_print_party(struct app *app, int64_t party, struct buffer *out);

/* Appends what a hand-over changes: "2 roles and 1 action to Zoë Müller; 1 role stays without
 * anybody". Returns how many records change. */
size_t succession_print_changes(const struct succession_plan *plan, struct app *app,
                                struct buffer *out);

/* Writes the hand-over, within a batch: CONTEXT is the plan. A new holder is assigned today and has
 * yet to accept the role and to be made known; a deputy who moves up leaves that place free. */
bool succession_write(void *context, struct workbook *workbook, struct fault *fault);

/* Writes the plan as an evidence of a drill, linked with the roles held, within a batch: CONTEXT is
 * a struct succession_drill. */
struct succession_drill {
    struct app *app;
    const struct succession_plan *plan;
    const char *ref; /* of the evidence */
};
bool succession_write_drill(void *context, struct workbook *workbook, struct fault *fault);

#endif
