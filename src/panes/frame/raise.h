/* Turning what was found or decided into an action with few keys: what, who, until when. */
#ifndef CLAUSE5_PANES_RAISE_H
#define CLAUSE5_PANES_RAISE_H

#include "panes/frame/app.h"

/* What the action comes from. Texts may be NULL. */
struct raise_plan {
    const char *title, *description; /* proposed */
    const char *source;              /* a choice of action.source */
    enum register_id register_id;    /* of the record it comes from */
    int64_t id;
    const char *due; /* proposed, as typed; NULL: +30d */
    int64_t owner;   /* proposed; 0: none */
    int64_t objective, policy;
    int link_field; /* of that record: names the new action; -1: none */
};

/* Asks for title, owner and due date, and stores the action, linked, in one batch. Returns its id,
 * or 0 where it was left or refused. */
int64_t raise_action(struct app *app, const struct raise_plan *plan);

/* A step of the objective's plan, and what a KPI calls for. Return outcome flags. */
unsigned raise_from_objective(struct app *app, int64_t objective);
unsigned raise_from_kpi(struct app *app, int64_t kpi);

/* Asks for a role or person, proposing PROPOSED (0: none); false where it was left. *PARTY is 0
 * where the answer was empty. */
bool raise_ask_party(struct app *app, const char *label, int64_t proposed, int64_t *party);

/* Returns the first role of top management that is held, which decides where nobody decided before;
 * 0 where there is none. */
int64_t raise_propose_leader(struct app *app);

/* Asks for a day, proposing the text (NULL: none); false where it was left. DAY is "" where the
 * answer was empty. */
bool raise_ask_day(struct app *app, const char *label, const char *proposed,
                   char day[static DATE_TEXT_SIZE]);

#endif
