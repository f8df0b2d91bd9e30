/* Seals: the digest and size of a file, kept with the record that names it, so that it shows later
 * whether a single letter was changed. Evidence and versions of policies can be sealed; the file
 * stays where it is. */
#ifndef CLAUSE5_AUDIT_SEAL_H
#define CLAUSE5_AUDIT_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "clause5/base/fault.h"
#include "clause5/register/register.h"
#include "clause5/store/workbook.h"

/* What a look at a sealed file tells. */
enum seal_state {
    SEAL_UNCHANGED,
    SEAL_CHANGED,
    SEAL_MISSING,
    SEAL_UNREADABLE, /* no plain file, or it may not be read: the message says which */
    SEAL_STATES,
};

/* Returns the word of the state, as registers.tsv has it for evidence.verified_state. */
const char *seal_state_word(enum seal_state state);

/* Reads the file that the record names as its location and keeps its SHA-256 and size, in a batch
 * of its own or within the open one; for evidence it also counts as verified that day. Works for
 * REGISTER_EVIDENCE and REGISTER_POLICY_VERSION. A web address, a file that is not there, cannot be
 * read or is no plain file is a FAULT_REFUSED that says so. A relative path counts from the folder
 * of the workbook. */
bool seal_record(struct workbook *workbook, enum register_id register_id, int64_t id,
                 struct fault *fault);

/* One sealed record, looked at. */
struct seal_look {
    enum register_id register_id;
    int64_t id;
    const char *record; /* its key */
    const char *location;
    const char *expires_on; /* NULL where it has none, as every version of a policy */
    bool is_expired;        /* that day is past */
    enum seal_state state;
    const char *reason; /* why it is unreadable, else "" */
};

/* Called for each record in order of keys, with what is valid during the call; false stops. */
struct seal_visitor {
    bool (*visit)(void *context, const struct seal_look *look);
    void *context;
};

/* Reads the files of all sealed records (or of the one with that id) and compares them. Where the
 * workbook is open for writing, evidence keeps the day and the state in one batch, unless it is
 * unreadable. Returns how many were looked at, -1 with the fault. */
int seal_verify_all(struct workbook *workbook, const struct seal_visitor *visitor,
                    struct fault *fault);
int seal_verify_record(struct workbook *workbook, enum register_id register_id, int64_t id,
                       const struct seal_visitor *visitor, struct fault *fault);

#endif
