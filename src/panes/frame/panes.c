/* Owns which pane shows what. */
#include "panes/frame/panes.h"

#include "clause5/base/memory.h"

#define LIST(register_name, word)                                                                  \
    {                                                                                              \
        .place = {.label = (word), .register_id = REGISTER_##register_name, .owner_field = -1},    \
        .ops = &register_view_ops,                                                                 \
    }
#define LIST_WITH(register_name, word, extra_keys)                                                 \
    {                                                                                              \
        .place = {.label = (word),                                                                 \
                  .register_id = REGISTER_##register_name,                                         \
                  .owner_field = -1,                                                               \
                  .extra = &(extra_keys)},                                                         \
        .ops = &register_view_ops,                                                                 \
    }
#define QUERY(file, word)                                                                          \
    {                                                                                              \
        .place = {.label = (word),                                                                 \
                  .resource = (file),                                                              \
                  .register_id = REGISTER_NONE,                                                    \
                  .owner_field = -1},                                                              \
        .ops = &query_view_ops,                                                                    \
    }
#define VIEW(view_ops_name, word)                                                                  \
    {                                                                                              \
        .place = {.label = (word), .register_id = REGISTER_NONE, .owner_field = -1},               \
        .ops = &(view_ops_name),                                                                   \
    }

static const struct pane_view overview_views[] = {
    VIEW(readiness_view_ops, "Readiness"), VIEW(gaps_view_ops, "Gaps"),
    QUERY("calendar", "Calendar"),         LIST(WORKBOOK, "Workbook"),
    LIST(EXCEPTION, "Set aside"),
};

static const struct pane_view policies_views[] = {
    LIST_WITH(POLICY, "Register", policy_list),
    LIST_WITH(POLICY_VERSION, "Versions", version_keys),
    LIST(ACKNOWLEDGEMENT, "Acknowledgements"),
    LIST_WITH(TRANSLATION, "Translations", translation_list),
    LIST(OBLIGATION, "Obligations"),
    VIEW(cover_view_ops, "Coverage"),
};

static const struct pane_view roles_views[] = {
    VIEW(matrix_view_ops, "Matrix"), LIST_WITH(ROLE, "Roles", role_keys),
    QUERY("chart", "Chart"),         QUERY("succession", "Succession"),
    LIST(ACTIVITY, "Activities"),    LIST(RESPONSIBILITY, "Cells"),
};

static const struct pane_view objectives_views[] = {
    VIEW(objectives_view_ops, "Dashboard"),
    LIST_WITH(OBJECTIVE, "Objectives", objective_keys),
    LIST_WITH(KPI, "KPIs", kpi_keys),
    LIST_WITH(MEASUREMENT, "Measurements", measurement_keys),
};

static const struct pane_view checklist_views[] = {
    VIEW(walk_view_ops, "Walk"),
    VIEW(checklist_view_ops, "List"),
    LIST_WITH(EVIDENCE, "Evidence", evidence_keys),
    LIST_WITH(AUDIT, "Audits", audit_list),
    VIEW(comparison_view_ops, "Comparison"),
    LIST(REQUIREMENT, "Lines"),
    LIST(SAMPLE, "Samples"),
    LIST(EVIDENCE_LINK, "Links"),
};

static const struct pane_view reviews_views[] = {
    LIST_WITH(REVIEW, "Reviews", review_keys),
    LIST_WITH(REVIEW_INPUT, "Inputs", review_input_keys),
    LIST_WITH(DECISION, "Decisions", decision_keys),
    LIST_WITH(ATTENDANCE, "Attendance", attendance_keys),
};

static const struct pane_view actions_views[] = {
    VIEW(board_view_ops, "Board"),
    LIST_WITH(ACTION, "List", action_keys),
};

static const struct pane_view resources_views[] = {
    VIEW(years_view_ops, "Year"),
    LIST_WITH(RESOURCE, "All", resource_keys),
};

static const struct pane_view awareness_views[] = {
    LIST_WITH(COMMUNICATION, "Communications", communication_keys),
    LIST(TRAINING, "Training"),
    QUERY("coverage", "Coverage"),
    LIST(COURSE, "Courses"),
    LIST(ROLE_COURSE, "Courses of roles"),
};

static const struct pane_view people_views[] = {
    LIST(PERSON, "People"),
};

static const struct pane_view history_views[] = {
    VIEW(history_view_ops, "History"),
};

static const struct pane_view gaps_views[] = {
    VIEW(gaps_view_ops, "Gaps"),
    LIST(EXCEPTION, "Set aside"),
};

#define PANE(tab_text, name_text, view_table)                                                      \
    {                                                                                              \
        .tab = (tab_text), .name = (name_text), .views = (view_table),                             \
        .view_count = COUNT(view_table)                                                            \
    }

const struct pane panes[] = {
    PANE("1 Overview", "overview", overview_views),
    PANE("2 Policies", "policies", policies_views),
    PANE("3 Roles", "roles", roles_views),
    PANE("4 Objectives", "objectives", objectives_views),
    PANE("5 Checklist", "checklist", checklist_views),
    PANE("6 Reviews", "reviews", reviews_views),
    PANE("7 Actions", "actions", actions_views),
    PANE("8 Resources", "resources", resources_views),
    PANE("9 Awareness", "awareness", awareness_views),
    PANE("0 People", "people", people_views),
    PANE("H History", "history", history_views),
    PANE("! Gaps", "gaps", gaps_views),
};
_Static_assert(COUNT(panes) == PANES, "one row per pane");

const struct list_extra *panes_list_extra(enum register_id register_id) {
    for (size_t pane = 0; pane < PANES; pane++) {
        for (size_t view = 0; view < panes[pane].view_count; view++) {
            const struct view_place *place = &panes[pane].views[view].place;
            if (place->register_id == register_id && place->extra != NULL) {
                return place->extra;
            }
        }
    }
    return NULL;
}
