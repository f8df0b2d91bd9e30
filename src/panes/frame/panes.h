/* The panes of product.md and their views, as one table. A new view is one row. */
#ifndef CLAUSE5_PANES_PANES_H
#define CLAUSE5_PANES_PANES_H

#include <stddef.h>

#include "panes/frame/app.h"

enum { PANES = 12, PANE_VIEWS_MOST = 8 };

struct pane_view {
    struct view_place place;
    const struct view_ops *ops;
};

struct pane {
    const char *tab;  /* as in row 2: "1 Overview" */
    const char *name; /* in messages and as the : name */
    const struct pane_view *views;
    size_t view_count;
};

extern const struct pane panes[PANES];

/* The kinds of views. */
extern const struct view_ops register_view_ops;
extern const struct view_ops record_page_ops;
extern const struct view_ops query_view_ops;
extern const struct view_ops matrix_view_ops;
extern const struct view_ops walk_view_ops;
extern const struct view_ops checklist_view_ops;
extern const struct view_ops comparison_view_ops;
extern const struct view_ops gaps_view_ops;
extern const struct view_ops readiness_view_ops;
extern const struct view_ops history_view_ops;
extern const struct view_ops cover_view_ops;
extern const struct view_ops objectives_view_ops;
extern const struct view_ops board_view_ops;
extern const struct view_ops years_view_ops;

/* Pages. */
extern const struct view_ops acknowledge_view_ops;
extern const struct view_ops succession_page_ops;
extern const struct view_ops learners_page_ops;

/* Lists with more than any list has. */
extern const struct list_extra version_keys;
extern const struct list_extra evidence_keys;
extern const struct list_extra audit_list;
extern const struct list_extra objective_keys;
extern const struct list_extra kpi_keys;
extern const struct list_extra measurement_keys;
extern const struct list_extra policy_list;
extern const struct list_extra translation_list;
extern const struct list_extra review_keys;
extern const struct list_extra review_input_keys;
extern const struct list_extra decision_keys;
extern const struct list_extra attendance_keys;
extern const struct list_extra action_keys;
extern const struct list_extra communication_keys;
extern const struct list_extra role_keys;
extern const struct list_extra resource_keys;

/* Returns the keys that lists of that register have in their pane, or NULL, so that a list opened
 * from a record has them too. */
const struct list_extra *panes_list_extra(enum register_id register_id);

#endif
