/* Owns the records of the world; knows no rule. */
#include "world.h"

#include "clause5/base/memory.h"
#include "support/testing.h"

static const struct {
    const char *key;
    const char *cells;
    const char *second_key;
    const char *second_cells;
} world[] = {
    [REGISTER_WORKBOOK] = {"", NULL, NULL, NULL},
    [REGISTER_PERSON] = {"Jo Novak", "name=Jo Novak", "Max Weber", "name=Max Weber"},
    [REGISTER_POLICY] = {"POL-001", "ref=POL-001|title=Access|kind=other", "POL-002",
                         "ref=POL-002|title=Backups|kind=other"},
    [REGISTER_POLICY_VERSION] = {"POL-001/1.0", "policy=POL-001|version=1.0|status=draft",
                                 "POL-002/1.0", "policy=POL-002|version=1.0|status=superseded"},
    [REGISTER_TRANSLATION] = {"POL-001/de", "policy=POL-001|language=de|version=1.0", NULL, NULL},
    [REGISTER_ACKNOWLEDGEMENT] = {"POL-001/1.0/Jo Novak",
                                  "policy=POL-001|version=1.0|person=Jo Novak|"
                                  "acknowledged_on=2026-01-01",
                                  NULL, NULL},
    [REGISTER_OBLIGATION] = {"OBL-001", "ref=OBL-001|title=Law|kind=legal", "OBL-002",
                             "ref=OBL-002|title=Contract|kind=contractual"},
    [REGISTER_POLICY_OBLIGATION] = {"POL-001/OBL-001", "policy=POL-001|obligation=OBL-001", NULL,
                                    NULL},
    [REGISTER_ROLE] = {"CEO", "ref=CEO|title=Director|kind=top management", "SEC",
                       "ref=SEC|title=Security|kind=isms|holder=Jo Novak"},
    [REGISTER_ACTIVITY] = {"ACT-001", "ref=ACT-001|title=Approve", "ACT-002",
                           "ref=ACT-002|title=Check"},
    [REGISTER_RESPONSIBILITY] = {"ACT-001/CEO", "activity=ACT-001|role=CEO|code=A", NULL, NULL},
    [REGISTER_COURSE] = {"TRN-001", "ref=TRN-001|title=Basics|audience=everyone", "TRN-002",
                         "ref=TRN-002|title=More|audience=roles"},
    [REGISTER_ROLE_COURSE] = {"CEO/TRN-001", "role=CEO|course=TRN-001", NULL, NULL},
    [REGISTER_TRAINING] = {"Jo Novak/TRN-001/2026-05-05",
                           "person=Jo Novak|course=TRN-001|due_on=2026-05-05", NULL, NULL},
    [REGISTER_COMMUNICATION] = {"COM-001",
                                "ref=COM-001|title=Hello|kind=briefing|sender=CEO|channel=email|"
                                "audience=all staff|sent_on=2026-01-01",
                                NULL, NULL},
    [REGISTER_OBJECTIVE] = {"OBJ-01", "ref=OBJ-01|title=Fewer|status=on track", "OBJ-02",
                            "ref=OBJ-02|title=Less|status=on track"},
    [REGISTER_KPI] = {"KPI-01",
                      "ref=KPI-01|title=Clicks|direction=down|frequency=monthly|source=measured|"
                      "target=1",
                      "KPI-02",
                      "ref=KPI-02|title=Hours|direction=up|frequency=monthly|source=measured|"
                      "target=9"},
    [REGISTER_MEASUREMENT] = {"KPI-01/2026-02-02", "kpi=KPI-01|measured_on=2026-02-02|value=2",
                              NULL, NULL},
    [REGISTER_REQUIREMENT] = {"X-1", "ref=X-1|clause=5.1|kind=requirement|title=One", "X-2",
                              "ref=X-2|clause=5.1|kind=requirement|title=Two"},
    [REGISTER_AUDIT] = {"2026-IA",
                        "ref=2026-IA|title=Internal|kind=internal|auditor=Eva|"
                        "starts_on=2026-11-01",
                        "2026-S1",
                        "ref=2026-S1|title=Stage 1|kind=stage 1|auditor=Eva|starts_on=2026-12-01"},
    [REGISTER_ASSESSMENT] = {"2026-IA/X-1",
                             "audit=2026-IA|requirement=X-1|state=to do|result=not assessed", NULL,
                             NULL},
    [REGISTER_SAMPLE] = {"2026-IA/X-1/2026-11-02",
                         "audit=2026-IA|requirement=X-1|population=9|size=3|method=random|"
                         "drawn_on=2026-11-02",
                         NULL, NULL},
    [REGISTER_EVIDENCE] = {"EV-001", "ref=EV-001|title=Minutes|kind=record", "EV-002",
                           "ref=EV-002|title=Photo|kind=screenshot"},
    [REGISTER_EVIDENCE_LINK] = {"EV-001/person/Max Weber",
                                "evidence=EV-001|register=person|record=Max Weber", NULL, NULL},
    [REGISTER_REVIEW] = {"MR-01", "ref=MR-01|title=Review|kind=management review", "MR-02",
                         "ref=MR-02|title=Second|kind=management review"},
    [REGISTER_ATTENDANCE] = {"MR-01/Jo Novak", "review=MR-01|person=Jo Novak|attended=yes", NULL,
                             NULL},
    [REGISTER_REVIEW_INPUT] = {"MR-01/b issues", "review=MR-01|input=b issues|state=open", NULL,
                               NULL},
    [REGISTER_ACTION] = {"CA-001",
                         "ref=CA-001|title=Mend|source=other|raised_on=2026-01-01|status=open",
                         "CA-002",
                         "ref=CA-002|title=Tell|source=other|raised_on=2026-01-01|status=open"},
    [REGISTER_RESOURCE] = {"RES-001", "ref=RES-001|year=2026|category=people|title=Hours",
                           "RES-002", "ref=RES-002|year=2026|category=audit|title=Audit"},
    [REGISTER_DECISION] = {"DEC-001", "ref=DEC-001|review=MR-01|title=Do|category=other", NULL,
                           NULL},
    [REGISTER_EXCEPTION] = {"policy-unowned/policy/POL-002",
                            "check=policy-unowned|register=policy|record=POL-002|reason=R|"
                            "until_on=2027-01-01",
                            NULL, NULL},
};
_Static_assert(COUNT(world) == REGISTER_COUNT, "one row per register");

const char *world_key(enum register_id register_id) {
    return world[register_id].key;
}

const char *world_second_key(enum register_id register_id) {
    return world[register_id].second_key;
}

int world_open(void **state) {
    fixture_open(state);
    struct fixture *fixture = *state;
    begin(fixture);
    for (int id = 0; id < REGISTER_COUNT; id++) {
        if (world[id].cells != NULL) {
            assert_true(try_insert(fixture, (enum register_id)id, world[id].cells));
        }
        if (world[id].second_cells != NULL) {
            assert_true(try_insert(fixture, (enum register_id)id, world[id].second_cells));
        }
    }
    assert_true(try_commit(fixture));
    return 0;
}

void world_load(struct fixture *fixture, enum register_id register_id, int64_t id,
                struct record *record) {
    struct fault fault = {0};
    enum lookup found = record_load(fixture->workbook, register_id, id, record, &fault);
    assert_no_fault(found == LOOKUP_FOUND, &fault);
}
