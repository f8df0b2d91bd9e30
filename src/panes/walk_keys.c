/* Owns the keys of the walk: its own letters win over those of everywhere (contract.md, Keys in
 * detail). */
#include "panes/walk_keys.h"

#include "clause5/audit/round.h"
#include "clause5/base/memory.h"
#include "panes/actions.h"

#define VERDICT(letter, verdict, verdict_name, word, verdict_help)                                 \
    {                                                                                              \
        .key = (letter), .action = DO_VERDICT_FIRST + (verdict), .name = (verdict_name),           \
        .label = (word), .help = (verdict_help), .weight = 9                                       \
    }

static const struct binding bindings[] = {
    VERDICT('c', ROUND_CONFORMS, "conforms", "conforms", "the requirement is met"),
    VERDICT('p', ROUND_PARTIAL, "partial", "partial",
            "met in part, with a note; self-assessments only"),
    VERDICT('m', ROUND_MINOR, "minor", "minor",
            "minor nonconformity, with a note; in a stage 1 round an area of concern"),
    VERDICT('M', ROUND_MAJOR, "major", "major",
            "major nonconformity, with a note; in a stage 1 round an area of concern"),
    VERDICT('o', ROUND_OBSERVATION, "observation", "obs", "conforms, with an observation"),
    VERDICT('i', ROUND_OPPORTUNITY, "opportunity", "opp",
            "conforms, with an opportunity for improvement"),
    VERDICT('g', ROUND_GOOD_PRACTICE, "good-practice", "good",
            "conforms, and others could learn from it"),
    VERDICT('x', ROUND_NOT_APPLICABLE, "not-applicable", NULL,
            "not applicable, with a note: practices, own lines and supplier audits only"),
    VERDICT('z', ROUND_NOT_SAMPLED, "not-sampled", "unsampled", "not looked at in this round"),
    {.key = KEYCODE_SPACE, .action = DO_SKIP, .name = "skip", .help = "go on without a result"},
    {.key = '.',
     .action = DO_REPEAT,
     .name = "repeat",
     .help = "the last result and note again, on this line"},
    {.key = 'n',
     .action = DO_NEXT_OPEN,
     .name = "next-open",
     .label = "next open",
     .help = "go to the next line that is not done",
     .weight = 8},
    {.key = 'e',
     .action = DO_NOTE,
     .name = "note",
     .label = "note",
     .help = "write the note of this line",
     .weight = 8},
    {.key = 'v', .action = DO_EVIDENCE, .name = "evidence", .help = "link evidence to this line"},
    {.key = 'r',
     .action = DO_SAMPLE,
     .name = "sample",
     .help = "record a sample drawn for this line"},
    {.key = 't', .action = DO_RAISE, .name = "action", .help = "raise an action from this line"},
    {.key = KEYCODE_DOWN, .action = DO_NEXT_LINE, .name = "next-line", .help = "next line"},
    {.key = 'j', .action = DO_NEXT_LINE},
    {.key = KEYCODE_PAGE_DOWN, .action = DO_NEXT_LINE},
    {.key = KEYCODE_UP, .action = DO_PREVIOUS_LINE, .name = "previous-line", .help = "line before"},
    {.key = 'k', .action = DO_PREVIOUS_LINE},
    {.key = KEYCODE_PAGE_UP, .action = DO_PREVIOUS_LINE},
    {.key = KEYCODE_HOME, .action = DO_FIRST_LINE, .name = "first-line", .help = "first line"},
    {.key = KEYCODE_END, .action = DO_LAST_LINE, .name = "last-line", .help = "last line"},
    {.key = KEYCODE_ENTER,
     .action = DO_KNOWN,
     .name = "known",
     .help = "go to the records that the workbook knows of for this line"},
    {.key = 'd', .action = DO_OPEN, .name = "open", .help = "show the whole record of this line"},
    {.key = 'A',
     .action = DO_START_ROUND,
     .name = "start-round",
     .label = "new round",
     .help = "start a round: a self-assessment or an audit",
     .weight = 7},
    {.key = 'R', .action = DO_CHOOSE_ROUND, .name = "round", .help = "choose the round to walk"},
    {.key = 'C',
     .action = DO_CLOSE_ROUND,
     .name = "close-round",
     .help = "close the round with its conclusion"},
    {.key = 'O',
     .action = DO_REOPEN_ROUND,
     .name = "reopen-round",
     .help = "open a closed round again, with the reason"},
};

const struct binding_table walk_bindings = {
    .title = "The walk", .bindings = bindings, .count = COUNT(bindings)};
