/* Owns the subcommand history: who changed what when, as text, CSV or JSON, the newest batch first.
 * Knows nothing of how the history is kept. */
#include "clause5/store/history.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clause5/base/date.h"
#include "clause5/base/die.h"
#include "clause5/base/memory.h"
#include "clause5/command/program.h"
#include "clause5/exchange/rows.h"
#include "command/command.h"
#include "command/prose.h"
#include "command/reading.h"

enum { NUMBER_SIZE = 24 };

/* The columns of contract.md, Streams. */
static const char *const names[] = {"batch",  "time",  "actor", "label", "register",
                                    "record", "field", "old",   "new"};

static const struct prose record_line = {.indent = 4, .text_column = 4};

/* What is asked for, and where it goes. */
struct telling {
    struct workbook *workbook;
    struct fault *fault;
    struct buffer *out;
    enum register_id register_id; /* REGISTER_NONE: all */
    bool has_since;
    date_days since;
    bool is_text;
    struct rows_writer rows;
    const struct history_batch *batch;
    bool has_heading;          /* of the batch at hand, in text */
    struct buffer last_record; /* the one that the line before was about */
    struct {
        enum register_id register_id;
        int64_t count;        /* 0: none */
        struct buffer record; /* of the first */
    } added;                  /* rows inserted one after the other, not told yet */
};

static void add_row(struct telling *telling, const struct history_change *change) {
    const struct register_description *described = register_describe(change->register_id);
    char number[NUMBER_SIZE];
    snprintf(number, sizeof number, "%" PRId64, telling->batch->number);
    const char *const cells[] = {
        number,
        telling->batch->time,
        telling->batch->actor,
        telling->batch->label,
        described->name,
        change->record == NULL ? "" : change->record,
        change->field < 0 ? "" : described->fields[change->field].name,
        change->old_text,
        change->new_text,
    };
    _Static_assert(COUNT(cells) == COUNT(names), "one cell per column");
    rows_add(&telling->rows, cells);
}

static void add_heading(struct telling *telling) {
    static const struct prose heading = {.indent = 0, .text_column = 0};
    const struct history_batch *batch = telling->batch;
    struct buffer line = {0};
    if (telling->has_heading) {
        return;
    }
    buffer_addf(&line, "%s%" PRId64 ". %s %s: %s", telling->out->len_bytes > 0 ? "\n" : "",
                batch->number, batch->time, batch->actor, batch->label);
    buffer_add(&line, batch->is_undone ? " (taken back later)" : "");
    if (batch->clock_set != NULL) {
        buffer_addf(&line, " (clock set to %s)", batch->clock_set);
    }
    prose_add(telling->out, &heading, "", buffer_text(&line));
    buffer_free(&line);
    telling->has_heading = true;
    buffer_clear(&telling->last_record);
}

/* One field, below the record that it is of. */
static void add_field_line(struct telling *telling, const struct history_change *change,
                           struct buffer *record) {
    static const struct prose field_line = {.indent = 6, .text_column = 6};
    struct buffer text = {0};
    if (strcmp(buffer_text(record), buffer_text(&telling->last_record)) != 0) {
        prose_add(telling->out, &record_line, "", buffer_text(record));
        buffer_clear(&telling->last_record);
        buffer_add(&telling->last_record, buffer_text(record));
    }
    buffer_addf(&text, "%s: %s -> %s",
                register_describe(change->register_id)->fields[change->field].name,
                change->old_text[0] == '\0' ? "(empty)" : change->old_text,
                change->new_text[0] == '\0' ? "(empty)" : change->new_text);
    prose_add(telling->out, &field_line, "", buffer_text(&text));
    buffer_free(&text);
}

static void add_line(struct telling *telling, const struct history_change *change) {
    const struct register_description *described = register_describe(change->register_id);
    struct buffer record = {0};
    add_heading(telling);
    buffer_add(&record, described->name);
    if (change->field >= 0 || change->inserted_count == 1) {
        buffer_addf(&record, " %s", change->record == NULL ? "" : change->record);
    }
    if (change->field >= 0) {
        add_field_line(telling, change, &record);
    } else if (change->inserted_count == 1) {
        buffer_add(&record, " added");
        prose_add(telling->out, &record_line, "", buffer_text(&record));
    } else {
        buffer_addf(&record, ": %" PRId64 " records added", change->inserted_count);
        prose_add(telling->out, &record_line, "", buffer_text(&record));
    }
    buffer_free(&record);
}

static void tell_line(struct telling *telling, const struct history_change *change) {
    if (telling->is_text) {
        add_line(telling, change);
    } else {
        add_row(telling, change);
    }
}

/* Tells the rows that were held back, as one line. */
static void tell_added(struct telling *telling) {
    char count[NUMBER_SIZE];
    int64_t rows = telling->added.count;
    if (rows == 0) {
        return;
    }
    snprintf(count, sizeof count, "%" PRId64, rows);
    telling->added.count = 0;
    tell_line(telling, &(struct history_change){
                           .register_id = telling->added.register_id,
                           .record = rows == 1 ? buffer_text(&telling->added.record) : NULL,
                           .field = -1,
                           .old_text = "",
                           .new_text = count,
                           .inserted_count = rows,
                       });
}

/* Rows of one register that were inserted one after the other are one range for the reader, however
 * far apart their ids are: those of the shipped checklist come from its refs. */
static void hold_added(struct telling *telling, const struct history_change *change) {
    if (telling->added.count > 0 && telling->added.register_id != change->register_id) {
        tell_added(telling);
    }
    if (telling->added.count == 0) {
        telling->added.register_id = change->register_id;
        buffer_clear(&telling->added.record);
        buffer_add(&telling->added.record, change->record == NULL ? "" : change->record);
    }
    telling->added.count += change->inserted_count;
}

static bool tell_change(void *context, const struct history_change *change) {
    struct telling *telling = context;
    if (telling->register_id != REGISTER_NONE && change->register_id != telling->register_id) {
        return true;
    }
    if (change->field < 0) {
        hold_added(telling, change);
    } else {
        tell_added(telling);
        tell_line(telling, change);
    }
    return true;
}

/* One batch of another copy, below the merge that brought it. */
static bool tell_merged(void *context, const struct history_batch *batch) {
    struct telling *telling = context;
    struct buffer line = {0};
    add_heading(telling);
    buffer_addf(&line, "theirs %" PRId64 ". %s %s: %s", batch->number, batch->time, batch->actor,
                batch->label);
    prose_add(telling->out, &record_line, "", buffer_text(&line));
    buffer_free(&line);
    return true;
}

/* Text names the other past as well; CSV and JSON hold what was done in this workbook. */
static bool tell_other_past(struct telling *telling) {
    const struct history_visitor visitor = {.visit = tell_merged, .context = telling};
    return !telling->is_text || telling->register_id != REGISTER_NONE ||
           telling->batch->kind != BATCH_MERGE ||
           history_visit_merged(telling->workbook, telling->batch->number, &visitor,
                                telling->fault);
}

static bool tell_batch(void *context, const struct history_batch *batch) {
    struct telling *telling = context;
    date_days day;
    if (telling->has_since && history_batch_day(batch, &day) && day < telling->since) {
        return true;
    }
    telling->batch = batch;
    telling->has_heading = false;
    bool is_good = history_visit_changes(
        telling->workbook, batch->number,
        &(struct change_visitor){.visit = tell_change, .context = telling}, telling->fault);
    tell_added(telling);
    return is_good && tell_other_past(telling);
}

static bool read_plan(const struct invocation *invocation, struct telling *telling,
                      struct fault *fault) {
    const char *since = invocation_value(invocation, "since");
    const char *name = invocation_value(invocation, "register");
    const char *format = invocation_value(invocation, "format");
    telling->register_id = name == NULL ? REGISTER_NONE : register_find(name);
    telling->has_since = since != NULL;
    bool is_json = format != NULL && strcmp(format, "json") == 0;
    telling->is_text = format == NULL || strcmp(format, "text") == 0;
    if (since != NULL && !date_parse(since, &telling->since)) {
        return fault_set(fault, FAULT_USAGE, "--since: \"%s\" is not a date (use YYYY-MM-DD)",
                         since);
    }
    if (name != NULL && telling->register_id == REGISTER_NONE) {
        return fault_set(fault, FAULT_USAGE,
                         "\"%s\" is no register (use a name that clause5 describe prints)", name);
    }
    if (!telling->is_text) {
        telling->rows = rows_begin(telling->out, is_json, names, COUNT(names));
    }
    return true;
}

static int run_history(const struct invocation *invocation) {
    struct fault fault = {0};
    struct buffer out = {0};
    struct telling telling = {.fault = &fault, .out = &out};
    bool is_good = read_plan(invocation, &telling, &fault);
    if (is_good) {
        telling.workbook = reading_open(invocation->operands[0], &fault);
    }
    is_good = telling.workbook != NULL &&
              history_visit(telling.workbook, 0,
                            &(struct history_visitor){.visit = tell_batch, .context = &telling},
                            &fault) &&
              fault.kind == FAULT_NONE;
    workbook_close(telling.workbook);
    buffer_free(&telling.last_record);
    buffer_free(&telling.added.record);
    if (!is_good) {
        buffer_free(&out);
        return command_fail(invocation, &fault);
    }
    if (!telling.is_text) {
        rows_end(&telling.rows);
    }
    return command_finish(&out);
}

static const struct option_description history_options[] = {
    {.name = "since", .value = "DATE", .help = "Only batches of that day and later"},
    {.name = "register", .value = "REGISTER", .help = "Only what was changed in that register"},
    {.name = "format", .value = "FORMAT", .choices = "text|csv|json", .help = "How to print it"},
    {.name = NULL},
};

const struct command command_history = {
    .name = "history",
    .operands = "FILE",
    .summary = "Print who changed what when",
    .details = "Prints every batch, the newest first, with each changed field as it was before and "
               "after. Records that were added are counted, not spelt out. Times are UTC. The day "
               "of --since is a local one, and for a batch written under CLAUSE5_TODAY that day.",
    .least_operands = 1,
    .most_operands = 1,
    .options = history_options,
    .run = run_history,
};
