/* Owns the subcommand merge: another copy of a workbook into this one. */
#include "clause5/exchange/merge.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/base/text.h"
#include "clause5/command/program.h"
#include "command/command.h"
#include "command/writing.h"

enum {
    VALUE_CELLS = 60,
    STAMP_DAY = 10, /* of 2026-11-21T20:18:00.000Z */
    STAMP_MINUTE = 16,
};

/* One run. */
struct merging {
    struct workbook *ours, *theirs;
    struct merge *merge;
    enum merge_choice preferred;
    bool is_dry_run;
    struct buffer out;
};

static bool open_both(struct merging *merging, const struct invocation *invocation,
                      struct fault *fault) {
    const char *ours = invocation->operands[0];
    const char *theirs = invocation->operands[1];
    struct clock clock;
    if (!clock_read(&clock, fault)) {
        return false;
    }
    merging->theirs = merge_open_theirs(ours, theirs, &clock, fault);
    merging->ours =
        merging->theirs == NULL ? NULL : workbook_open(ours, WORKBOOK_WRITE, &clock, fault);
    return merging->ours != NULL;
}

/* What came up anew while the choices were put together is decided as the others were. */
static enum merge_end try_all(struct merging *merging, struct fault *fault) {
    size_t known;
    enum merge_end end;
    do {
        if (merging->preferred != MERGE_OPEN) {
            merge_choose_all(merging->merge, merging->preferred);
        }
        known = merge_conflict_count(merging->merge);
        end = merge_try(merging->merge, fault);
    } while (end == MERGE_HELD && merge_conflict_count(merging->merge) > known);
    return end;
}

static void add_value(struct buffer *out, const char *text) {
    buffer_add(out, " \"");
    text_show(out, text, VALUE_CELLS);
    buffer_add(out, "\"");
}

static void add_writer(struct buffer *out, const char *actor, const char *time) {
    if (time[0] == '\0') {
        return;
    }
    buffer_add(out, " (");
    text_show(out, actor, 0);
    buffer_addf(out, ", %.*s", STAMP_DAY, time);
    if (strlen(time) > STAMP_MINUTE) {
        buffer_addf(out, " %.*s UTC", STAMP_MINUTE - STAMP_DAY - 1, time + STAMP_DAY + 1);
    }
    buffer_add(out, ")");
}

static void add_conflict(struct buffer *out, const struct merge_conflict *conflict) {
    buffer_addf(out, "conflict: %s ", register_describe(conflict->register_id)->name);
    text_show(out, conflict->record, 0);
    buffer_addf(out, "%s%s: ours", conflict->field[0] == '\0' ? "" : ", ", conflict->field);
    add_value(out, conflict->ours);
    add_writer(out, conflict->our_actor, conflict->our_time);
    buffer_add(out, ", theirs");
    add_value(out, conflict->theirs);
    add_writer(out, conflict->their_actor, conflict->their_time);
    if (conflict->choice != MERGE_OPEN) {
        buffer_addf(out, ": %s", conflict->choice == MERGE_OURS ? "ours" : "theirs");
    }
    buffer_add(out, "\n");
}

static void add_counts(struct merging *merging, struct merge_counts *total) {
    for (int id = 0; id < REGISTER_COUNT; id++) {
        struct merge_counts counts = merge_counts_of(merging->merge, (enum register_id)id);
        total->added += counts.added;
        total->changed += counts.changed;
        total->deleted += counts.deleted;
        if (counts.added + counts.changed + counts.deleted > 0) {
            buffer_addf(&merging->out,
                        "%s: %" PRId64 " new, %" PRId64 " changed, %" PRId64 " deleted\n",
                        register_describe((enum register_id)id)->name, counts.added, counts.changed,
                        counts.deleted);
        }
    }
}

static void add_renumberings(struct merging *merging) {
    for (size_t i = 0; i < merge_renumbering_count(merging->merge); i++) {
        const struct merge_renumbering *renumbering = merge_renumbering_at(merging->merge, i);
        buffer_addf(&merging->out, "renumbered: %s ",
                    register_describe(renumbering->register_id)->name);
        text_show(&merging->out, renumbering->from, 0);
        buffer_add(&merging->out, " of theirs is ");
        text_show(&merging->out, renumbering->to, 0);
        buffer_add(&merging->out, "\n");
    }
}

static void add_findings(struct merging *merging) {
    for (size_t i = 0; i < merge_finding_count(merging->merge); i++) {
        buffer_add(&merging->out, "to mend: ");
        text_show(&merging->out, merge_finding_at(merging->merge, i), 0);
        buffer_add(&merging->out, "\n");
    }
}

static const char *plural(size_t count) {
    return count == 1 ? "" : "s";
}

static void add_report(struct merging *merging) {
    const struct merge *merge = merging->merge;
    size_t conflicts = merge_conflict_count(merge);
    struct merge_counts total = {0};
    add_counts(merging, &total);
    add_renumberings(merging);
    for (size_t i = 0; i < conflicts; i++) {
        add_conflict(&merging->out, merge_conflict_at(merge, i));
    }
    add_findings(merging);
    buffer_addf(&merging->out,
                "%" PRId64 " new, %" PRId64 " changed, %" PRId64
                " deleted, %zu renumbered, %zu conflict%s",
                total.added, total.changed, total.deleted, merge_renumbering_count(merge),
                conflicts, plural(conflicts));
    if (merge_finding_count(merge) > 0) {
        buffer_addf(&merging->out, ", %zu to mend", merge_finding_count(merge));
    }
    buffer_add(&merging->out, "\n");
}

static enum merge_end run_whole(struct merging *merging, const char *theirs, struct fault *fault) {
    enum merge_end end = try_all(merging, fault);
    if (end == MERGE_STORED && !merging->is_dry_run) {
        char *label = merge_make_label(theirs);
        writing_begin(merging->ours);
        end = merge_store(merging->merge, label, fault);
        free(label);
    }
    return end;
}

/* Says how it ended, and returns the exit status: 1 where conflicts stay. */
static int say_end(struct merging *merging, enum merge_end end) {
    if (merge_is_known(merging->merge)) {
        buffer_add(&merging->out, "nothing to merge: everything of theirs is here already\n");
    }
    add_report(merging);
    int status = command_finish(&merging->out);
    if (end == MERGE_HELD) {
        command_say("nothing was written: choose in the program with :merge, or give --prefer ours "
                    "or --prefer theirs");
    }
    return status == EXIT_GOOD && end == MERGE_HELD ? EXIT_FOUND : status;
}

static enum merge_choice read_preference(const struct invocation *invocation) {
    const char *side = invocation_value(invocation, "prefer");
    if (side == NULL) {
        return MERGE_OPEN;
    }
    return strcmp(side, "ours") == 0 ? MERGE_OURS : MERGE_THEIRS;
}

static int run_merge(const struct invocation *invocation) {
    struct merging merging = {.preferred = read_preference(invocation),
                              .is_dry_run = invocation_has(invocation, "dry-run")};
    struct fault fault = {0};
    enum merge_end end = MERGE_FAULT;
    int status = EXIT_GOOD;
    if (open_both(&merging, invocation, &fault)) {
        merging.merge = merge_open(merging.ours, merging.theirs, &fault);
    }
    if (merging.merge != NULL) {
        end = run_whole(&merging, invocation->operands[1], &fault);
    }
    status = end == MERGE_FAULT ? command_fail(invocation, &fault) : say_end(&merging, end);
    buffer_free(&merging.out);
    merge_close(merging.merge);
    workbook_close(merging.ours);
    workbook_close(merging.theirs);
    return status;
}

static const struct option_description merge_options[] = {
    {.name = "dry-run", .help = "Say what would happen and store nothing"},
    {.name = "prefer",
     .value = "SIDE",
     .choices = "ours|theirs",
     .help = "Decide every conflict for this side"},
    {.name = NULL},
};

const struct command command_merge = {
    .name = "merge",
    .operands = "FILE THEIRS",
    .summary = "Merge another copy of a workbook into this one",
    .details =
        "Both must be copies of one workbook. What only one side changed since is taken; the same "
        "field with two values, and a record changed on one side and deleted on the other, are "
        "conflicts, listed one a line with both values, who and when. While conflicts are open "
        "nothing is written and the exit status is 1. A ref that both gave to different records "
        "stays with ours; theirs gets the next free one, and what names it follows. The merge is "
        "one batch, taken back by one undo, and the history keeps both pasts. THEIRS is only "
        "read.",
    .least_operands = 2,
    .most_operands = 2,
    .options = merge_options,
    .run = run_merge,
};
