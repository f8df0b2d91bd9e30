/* Owns "Known here": the checks of one requirement, told as lines. What they find is the audit
 * room's. */
#include "panes/checklist/walk_known.h"

#include <stdlib.h>

#include "clause5/base/memory.h"
#include "panes/frame/knowledge.h"
#include "panes/frame/panes.h"

enum { CHOICES_MOST = 26 };

struct gathering {
    struct walk_known *known;
    enum check_state wanted;
};

static enum mark mark_of(const struct check *check, enum check_state state) {
    if (state == CHECK_FAILED) {
        return knowledge_severity_mark(check->severity);
    }
    return state == CHECK_PASSED ? MARK_GOOD : MARK_OPEN;
}

static void add_fact(struct walk_known *known, enum mark mark, const struct basis_line *line) {
    size_t count = known->facts.count;
    known->places =
        memory_reserve(known->places, &known->place_capacity, count + 1, sizeof *known->places);
    known->places[count] =
        (struct walk_known_place){.register_id = line->register_id, .id = line->id};
    walk_facts_add(&known->facts, mark, line->text);
}

static bool gather(void *context, const struct check *check, enum check_state state,
                   const struct basis *basis) {
    const struct gathering *gathering = context;
    if (state != gathering->wanted) {
        return true;
    }
    for (size_t i = 0; i < basis->count; i++) {
        add_fact(gathering->known, mark_of(check, state), &basis->lines[i]);
    }
    return true;
}

bool walk_known_load(struct app *app, const char *ref, struct walk_known *known,
                     struct fault *fault) {
    static const enum check_state order[] = {CHECK_FAILED, CHECK_PASSED};
    struct check_run *run = app_checks(app, fault);
    bool is_good = run != NULL;
    for (size_t i = 0; i < COUNT(order) && is_good; i++) {
        struct gathering gathering = {.known = known, .wanted = order[i]};
        const struct known_visitor visitor = {.visit = gather, .context = &gathering};
        is_good = check_run_visit_known(run, ref, &visitor, fault);
    }
    return is_good;
}

void walk_known_free(struct walk_known *known) {
    walk_facts_free(&known->facts);
    free(known->places);
    *known = (struct walk_known){0};
}

static unsigned open_line(struct app *app, const struct walk_known_place *line) {
    if (line->id != 0) {
        return app_open_record(app, line->register_id, line->id, -1);
    }
    const struct view_place place = {.label = register_describe(line->register_id)->label,
                                     .register_id = line->register_id,
                                     .owner_field = -1};
    return app_open_page(app, &register_view_ops, &place);
}

unsigned walk_known_open(struct app *app, const struct walk_known *known) {
    struct menu_item items[CHOICES_MOST];
    size_t places[CHOICES_MOST];
    size_t count = 0;
    for (size_t i = 0; i < known->facts.count && count < CHOICES_MOST; i++) {
        if (known->places[i].register_id != REGISTER_NONE) {
            items[count] = (struct menu_item){
                .letter = (char)('a' + count),
                .label = known->facts.items[i].text,
                .detail = register_describe(known->places[i].register_id)->label};
            places[count++] = i;
        }
    }
    if (count == 0) {
        return OUTCOME_NONE;
    }
    const struct menu menu = {.title = "Go to", .items = items, .count = count};
    int chosen = count == 1 ? 0 : dialog_choose(app_stage(app), &menu);
    return chosen == DIALOG_NO_ANSWER ? (unsigned)OUTCOME_HANDLED | OUTCOME_REDRAW
                                      : open_line(app, &known->places[places[chosen]]);
}
