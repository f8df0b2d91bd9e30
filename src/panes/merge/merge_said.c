/* Owns the words that the screen has for a merge; knows nothing of keys. */
#include "panes/merge/merge_said.h"

#include <inttypes.h>
#include <string.h>

enum {
    STAMP_DAY = 10, /* of 2026-11-21T20:18:00.000Z */
    STAMP_MINUTE = 16,
};

void merge_said_writer(struct buffer *out, const char *actor, const char *time) {
    if (time[0] == '\0') {
        return;
    }
    buffer_addf(out, "%s, %.*s", actor, STAMP_DAY, time);
    if (strlen(time) > STAMP_MINUTE) {
        buffer_addf(out, " %.*s", STAMP_MINUTE - STAMP_DAY - 1, time + STAMP_DAY + 1);
    }
}

static void add_count(struct buffer *out, int64_t count, const char *word) {
    if (count > 0) {
        buffer_addf(out, "%s%" PRId64 " %s", out->len_bytes > 0 ? ", " : "", count, word);
    }
}

static void add_counts(struct buffer *out, const struct merge_counts *counts) {
    struct buffer said = {0};
    add_count(&said, counts->added, "new");
    add_count(&said, counts->changed, "changed");
    add_count(&said, counts->deleted, "deleted");
    buffer_add(out, said.len_bytes > 0 ? buffer_text(&said) : "nothing new");
    buffer_free(&said);
}

void merge_said_total(const struct merge *merge, struct buffer *out) {
    struct merge_counts total = {0};
    for (int id = 0; id < REGISTER_COUNT; id++) {
        struct merge_counts counts = merge_counts_of(merge, (enum register_id)id);
        total.added += counts.added;
        total.changed += counts.changed;
        total.deleted += counts.deleted;
    }
    add_counts(out, &total);
    if (merge_renumbering_count(merge) > 0) {
        buffer_addf(out, "; %zu renumbered", merge_renumbering_count(merge));
    }
    if (merge_finding_count(merge) > 0) {
        buffer_addf(out, "; %zu to mend", merge_finding_count(merge));
    }
}

static void add_renumberings(const struct merge *merge, struct buffer *out) {
    for (size_t i = 0; i < merge_renumbering_count(merge); i++) {
        const struct merge_renumbering *renumbering = merge_renumbering_at(merge, i);
        buffer_addf(out, "%s%s %s of theirs is %s\n", i == 0 ? "\nRefs that both had given\n" : "",
                    register_describe(renumbering->register_id)->singular, renumbering->from,
                    renumbering->to);
    }
}

static void add_findings(const struct merge *merge, struct buffer *out) {
    for (size_t i = 0; i < merge_finding_count(merge); i++) {
        buffer_addf(out, "%s%s\n", i == 0 ? "\nTo be mended\n" : "", merge_finding_at(merge, i));
    }
}

void merge_said_report(const struct merge *merge, struct buffer *out) {
    buffer_add(out, "What came from theirs\n");
    for (int id = 0; id < REGISTER_COUNT; id++) {
        struct merge_counts counts = merge_counts_of(merge, (enum register_id)id);
        if (counts.added + counts.changed + counts.deleted > 0) {
            buffer_addf(out, "%s: ", register_describe((enum register_id)id)->label);
            add_counts(out, &counts);
            buffer_add(out, "\n");
        }
    }
    add_renumberings(merge, out);
    add_findings(merge, out);
}
