/* The keys of lists whose records name a file: seal it, and look whether it is as it was sealed. */
#ifndef CLAUSE5_PANES_SEAL_KEYS_H
#define CLAUSE5_PANES_SEAL_KEYS_H

#include "clause5/register/register.h"
#include "panes/frame/app.h"

/* The keys, as rows for a table of bindings. */
#define SEAL_BINDINGS                                                                              \
    {.key = 'S',                                                                                   \
     .action = DO_SEAL,                                                                            \
     .where = WHERE_WRITABLE,                                                                      \
     .name = "seal",                                                                               \
     .label = "seal",                                                                              \
     .help = "keep the fingerprint and size of the file, so that a change shows",                  \
     .weight = 5},                                                                                 \
        {.key = 'o',                                                                               \
         .action = DO_OPEN_FILE,                                                                   \
         .name = "open-file",                                                                      \
         .label = "open file",                                                                     \
         .help = "open the file with the desktop's program; programs are not started",             \
         .weight = 5},                                                                             \
    {                                                                                              \
        .key = 'V', .action = DO_VERIFY_SEAL, .name = "verify-seal",                               \
        .help = "see whether the file is as it was sealed"                                         \
    }

/* Does DO_SEAL or DO_VERIFY_SEAL on the records of the register, DO_OPEN_FILE on the first of them;
 * OUTCOME_NONE for all else. */
unsigned seal_keys_act(struct app *app, enum register_id register_id, int action,
                       const int64_t *records, size_t count);

#endif
