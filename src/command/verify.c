/* Owns the subcommand verify: whether a workbook is what its history says, and whether sealed files
 * are what they were. Knows nothing of how either is found out. */
#include "clause5/store/verify.h"

#include <inttypes.h>

#include "clause5/audit/seal.h"
#include "clause5/base/clock.h"
#include "clause5/base/die.h"
#include "clause5/command/program.h"
#include "clause5/rules/whole.h"
#include "clause5/store/history.h"
#include "command/command.h"
#include "command/prose.h"
#include "command/writing.h"

/* One run, and what it found so far. */
struct verifying {
    struct workbook *workbook;
    struct buffer out;
    int findings;
    int sealed;    /* files looked at */
    bool has_head; /* the head that was given is one of this history */
    bool is_sound; /* pages, references, content and history: a backup helps where they are not */
};

static const char *plural(int count) {
    return count == 1 ? "" : "s";
}

static void add_finding(void *context, const char *finding) {
    static const struct prose line = {.indent = 0, .text_column = 2};
    struct verifying *verifying = context;
    prose_add(&verifying->out, &line, "*", finding);
    verifying->findings++;
}

/* Damage and misfits are what was looked for; other faults end the run. */
static bool take_fault(struct verifying *verifying, struct fault *fault) {
    if (fault->kind != FAULT_REFUSED && fault->kind != FAULT_FAILED &&
        fault->kind != FAULT_DAMAGED) {
        return false;
    }
    add_finding(verifying, fault_text(fault));
    fault_clear(fault);
    return true;
}

/* A count that exceeds what was told says so. */
static bool take_count(struct verifying *verifying, int count, struct fault *fault) {
    if (count > VERIFY_FINDINGS_MOST) {
        struct buffer more = {0};
        buffer_addf(&more, "and %d more like these", count - VERIFY_FINDINGS_MOST);
        add_finding(verifying, buffer_text(&more));
        buffer_free(&more);
    }
    return count >= 0 || take_fault(verifying, fault);
}

static void add_breach(void *context, enum register_id register_id, int64_t id,
                       const struct fault *breach) {
    (void)register_id;
    (void)id;
    add_finding(context, fault_text(breach));
}

/* What does not fit makes the rules between rows worth asking; so they are asked either way. */
static bool verify_workbook(struct verifying *verifying, struct fault *fault) {
    const struct verify_visitor visitor = {.visit = add_finding, .context = verifying};
    const struct breach_visitor breaches = {.visit = add_breach, .context = verifying};
    struct workbook *workbook = verifying->workbook;
    bool is_done = take_count(verifying, verify_pages(workbook, &visitor, fault), fault) &&
                   take_count(verifying, verify_references(workbook, &visitor, fault), fault) &&
                   (history_verify(workbook, fault) || take_fault(verifying, fault)) &&
                   take_count(verifying, verify_rounds(workbook, &visitor, fault), fault);
    verifying->is_sound = verifying->findings == 0;
    return is_done &&
           (whole_check(workbook, &breaches, fault) >= 0 || take_fault(verifying, fault));
}

static bool compare_head(struct verifying *verifying, const char *digits, struct fault *fault) {
    struct buffer line = {0};
    int64_t batch = 0;
    int64_t newest = 0;
    if (!verify_find_head(verifying->workbook, digits, &batch, &newest, fault)) {
        return take_fault(verifying, fault);
    }
    if (batch == 0) {
        buffer_addf(&line,
                    "the head %s is none of this history: the file is another one, was cut or was "
                    "written anew since that head was noted",
                    digits);
        add_finding(verifying, buffer_text(&line));
    }
    verifying->has_head = batch != 0;
    if (batch != 0 && batch == newest) {
        buffer_addf(&verifying->out, "the head %s is the newest of this history\n", digits);
    } else if (batch != 0) {
        buffer_addf(&verifying->out,
                    "the head %s is that of batch %" PRId64 "; %" PRId64 " came after it\n", digits,
                    batch, newest - batch);
    }
    buffer_free(&line);
    return true;
}

static bool add_look(void *context, const struct seal_look *look) {
    struct verifying *verifying = context;
    const char *name = register_describe(look->register_id)->name;
    struct buffer line = {0};
    verifying->sealed++;
    buffer_addf(&line, "%s %s: ", name, look->record);
    if (look->state == SEAL_UNREADABLE) {
        buffer_add(&line, look->reason);
    } else {
        buffer_addf(&line, "%s is %s", look->location, seal_state_word(look->state));
    }
    if (look->state != SEAL_UNCHANGED) {
        add_finding(verifying, buffer_text(&line));
    }
    if (look->is_expired) {
        buffer_clear(&line);
        buffer_addf(&line, "%s %s: expired on %s", name, look->record, look->expires_on);
        add_finding(verifying, buffer_text(&line));
    }
    buffer_free(&line);
    return true;
}

static bool verify_evidence(struct verifying *verifying, struct fault *fault) {
    const struct seal_visitor visitor = {.visit = add_look, .context = verifying};
    int before = verifying->findings;
    if (workbook_is_writable(verifying->workbook)) {
        writing_begin(verifying->workbook);
    }
    if (seal_verify_all(verifying->workbook, &visitor, fault) < 0) {
        return take_fault(verifying, fault);
    }
    buffer_addf(&verifying->out, "%d sealed file%s looked at, %d finding%s%s\n", verifying->sealed,
                plural(verifying->sealed), verifying->findings - before,
                plural(verifying->findings - before),
                workbook_is_writable(verifying->workbook)
                    ? ""
                    : "; the workbook cannot be written to, so the day is not noted in it");
    return true;
}

/* The head as it is at the end, and what it all comes to. */
static bool add_end(struct verifying *verifying, struct fault *fault) {
    static const struct prose whole = {0};
    char head[HISTORY_HEAD_SIZE];
    if (!history_head(verifying->workbook, head, fault)) {
        return take_fault(verifying, fault);
    }
    if (verifying->findings == 0) {
        buffer_add(&verifying->out, "sound: pages, references, rules, content and history fit\n");
    } else {
        buffer_addf(&verifying->out, "%d finding%s\n", verifying->findings,
                    plural(verifying->findings));
    }
    prose_add(&verifying->out, &whole, "",
              verifying->has_head
                  ? "not proven: that the entries after the given head, and the names in all "
                    "of them, are true; whoever has the file can write new ones"
                  : "not proven: that the history was not cut at its end or written anew as a "
                    "whole (compare a head noted elsewhere with --head), and that the names "
                    "in it are true");
    buffer_addf(&verifying->out, "head %s\n", head);
    return true;
}

/* For the evidence the workbook is opened for writing where that is possible. */
static struct workbook *open_for(bool has_evidence, const char *path, struct fault *fault) {
    struct workbook *workbook = NULL;
    struct clock clock;
    if (!clock_read(&clock, fault)) {
        return NULL;
    }
    if (has_evidence) {
        workbook = workbook_open(path, WORKBOOK_WRITE, &clock, fault);
    }
    if (workbook == NULL) {
        fault_clear(fault);
        workbook = workbook_open(path, WORKBOOK_READ, &clock, fault);
    }
    return workbook;
}

static int run_verify(const struct invocation *invocation) {
    const char *head = invocation_value(invocation, "head");
    bool has_evidence = invocation_has(invocation, "evidence");
    struct fault fault = {0};
    struct verifying verifying = {0};
    if (head != NULL && !verify_is_head(head)) {
        fault_set(&fault, FAULT_USAGE, "--head: \"%s\" is no head (give 16 to 64 hex digits of it)",
                  head);
        return command_fail(invocation, &fault);
    }
    verifying.workbook = open_for(has_evidence, invocation->operands[0], &fault);
    bool is_done = verifying.workbook != NULL && verify_workbook(&verifying, &fault) &&
                   (head == NULL || compare_head(&verifying, head, &fault)) &&
                   (!has_evidence || verify_evidence(&verifying, &fault)) &&
                   add_end(&verifying, &fault);
    workbook_close(verifying.workbook);
    if (is_done && !verifying.is_sound) {
        command_advise(invocation->operands[0]);
    }
    if (!is_done) {
        buffer_free(&verifying.out);
        return command_fail(invocation, &fault);
    }
    int status = command_finish(&verifying.out);
    return status == EXIT_GOOD && verifying.findings > 0 ? EXIT_FOUND : status;
}

static const struct option_description verify_options[] = {
    {.name = "head",
     .value = "HASH",
     .help = "A head noted elsewhere, at least its first 16 digits: the history must hold it"},
    {.name = "evidence", .help = "Read the sealed files, too, and compare them with their seals"},
    {.name = NULL},
};

const struct command command_verify = {
    .name = "verify",
    .operands = "FILE",
    .summary = "Prove that a workbook is what its history says",
    .details = "Checks the pages of the file, the references, the rules between rows, the content "
               "against its digest, and every link of the history back to the first; names the "
               "first batch and the records that do not fit. The last line is the head: note it "
               "elsewhere, and --head shows later that this history goes on from it. With "
               "--evidence the day and state of each look are noted in the workbook where it can "
               "be written to. The exit status is 1 where anything was found.",
    .least_operands = 1,
    .most_operands = 1,
    .options = verify_options,
    .run = run_verify,
};
