-- Checks on objectives: 6.2 wants them planned, agreed, known, watched and kept up to date.

-- word: contradicted_objective
-- Objectives whose stated status the values of their KPIs contradict.
SELECT o.id, o.ref, o.status,
       some_of(s.ref || ' ' || s.colour || iif(s.is_met, ', target met', ', target missed')) AS kpis
FROM objective o JOIN kpi_status s ON s.objective = o.id
GROUP BY o.id
HAVING (o.status = 'on track' AND max(s.colour = 'red'))
    OR (o.status = 'off track' AND min(s.colour = 'green'))
    OR (o.status = 'achieved' AND NOT min(s.is_met))
    OR (o.status = 'not achieved' AND min(s.is_met))

-- check: objective-none
-- severity: error
-- requirement: 5.1.a 6.2.a
-- finds: no objective that is neither cancelled nor past
-- remedy: set objectives
-- register: objective
-- field: title
-- message: There is no objective that is neither cancelled nor past
SELECT '-' AS record
WHERE NOT EXISTS (SELECT 1 FROM objective
                  WHERE status <> 'cancelled' AND (due_on IS NULL OR due_on >= :today))
-- basis: {examined} objectives stand: {refs}
SELECT count(*) AS examined, some_of(ref) AS refs FROM objective
WHERE status <> 'cancelled' AND (due_on IS NULL OR due_on >= :today)

-- check: objective-no-kpi
-- severity: warning
-- requirement: 6.2.b
-- finds: an open objective with neither KPI nor evaluation (measurable if practicable)
-- remedy: make it measurable
-- register: objective
-- field: evaluation
-- message: {record} has neither KPI nor evaluation
SELECT key_part(o.ref) AS record, o.id
FROM open_objective o
WHERE o.evaluation IS NULL AND NOT EXISTS (SELECT 1 FROM kpi k WHERE k.objective = o.id)
-- basis: {good} of {examined} open objectives can be measured or judged[; not {records}]
SELECT count(*) AS examined FROM open_objective

-- check: objective-no-policy
-- severity: warning
-- requirement: 6.2.a
-- finds: an open objective that follows from no policy
-- remedy: link the policy
-- register: objective
-- field: policy
-- message: {record} follows from no policy
SELECT key_part(ref) AS record, id FROM open_objective WHERE policy IS NULL
-- basis: {good} of {examined} open objectives follow from a policy[; not {records}]
SELECT count(*) AS examined FROM open_objective

-- check: objective-no-goal
-- severity: warning
-- requirement: 5.1.a
-- finds: an open objective that supports no business goal
-- remedy: write down the goal
-- register: objective
-- field: business_goal
-- message: {record} names no business goal
SELECT key_part(ref) AS record, id FROM open_objective WHERE business_goal IS NULL
-- basis: {good} of {examined} open objectives support a business goal[; not {records}]
SELECT count(*) AS examined FROM open_objective

-- check: objective-no-risk
-- severity: info
-- requirement: 6.2.c
-- finds: an open objective with neither risk nor obligation
-- remedy: say what it answers
-- register: objective
-- field: risk
-- message: {record} answers neither a risk nor an obligation
SELECT key_part(ref) AS record, id FROM open_objective WHERE risk IS NULL AND obligation IS NULL
-- basis: {good} of {examined} open objectives answer a risk or an obligation[; not {records}]
SELECT count(*) AS examined FROM open_objective

-- check: objective-plan-gap
-- severity: warning
-- requirement: 6.2.h 6.2.i 6.2.j 6.2.k 6.2.l
-- finds: an open objective lacks a plan, resources, owner, due date or evaluation
-- remedy: complete the plan
-- register: objective
-- field: plan
-- message: {record} lacks {missing}
SELECT key_part(ref) AS record, id, some_of(gap) AS missing,
       group_concat(requirement, ' ') AS requirement, substr(min(requirement || field), 6) AS field
FROM (SELECT ref, id, '6.2.h' AS requirement, 'plan' AS field, 'a plan' AS gap
      FROM open_objective WHERE plan IS NULL
      UNION ALL
      SELECT ref, id, '6.2.i', 'resources', 'resources' FROM open_objective WHERE resources IS NULL
      UNION ALL
      SELECT ref, id, '6.2.j', 'owner', 'an owner' FROM open_objective WHERE owner IS NULL
      UNION ALL
      SELECT ref, id, '6.2.k', 'due_on', 'a due date' FROM open_objective WHERE due_on IS NULL
      UNION ALL
      SELECT ref, id, '6.2.l', 'evaluation', 'an evaluation' FROM open_objective
      WHERE evaluation IS NULL)
GROUP BY id
-- basis: {good} of {examined} open objectives have a whole plan[; not {records}]
SELECT count(*) AS examined FROM open_objective

-- check: objective-not-approved
-- severity: warning
-- requirement: 5.1.a
-- finds: an open objective not approved by anybody of top management
-- remedy: have it signed off
-- register: objective
-- field: approved_by
-- message: {record} was approved by {approver}, not by top management
SELECT key_part(o.ref) AS record, o.id,
       coalesce((SELECT name FROM person WHERE id = o.approved_by),
                (SELECT ref FROM role WHERE id = o.approved_by), 'nobody') AS approver
FROM agreed_objective o
WHERE NOT EXISTS (SELECT 1 FROM approver a
                  WHERE a.id = o.approved_by AND coalesce(o.approved_on, '') <= a.until_on)
-- basis: {good} of {examined} objectives under way are approved by top management[; not {records}]
SELECT count(*) AS examined FROM agreed_objective

-- check: objective-not-communicated
-- severity: warning
-- requirement: 6.2.e
-- finds: an open objective not communicated
-- remedy: tell the people concerned
-- register: objective
-- field: communicated_on
-- message: Nobody was told of {record}
SELECT key_part(ref) AS record, id FROM agreed_objective WHERE communicated_on IS NULL
-- basis: {good} of {examined} objectives under way are communicated[; not {records}]
SELECT count(*) AS examined FROM agreed_objective

-- check: objective-review-overdue
-- severity: warning
-- requirement: 6.2.f
-- finds: an open objective not reviewed within its cycle
-- remedy: review it
-- register: objective
-- field: reviewed_on
-- message: {record} was last looked at on {since}; its cycle is {review_months} months
SELECT key_part(ref) AS record, id, since, review_months
FROM (SELECT ref, id, review_months,
             coalesce(reviewed_on, approved_on, starts_on, created_on(id)) AS since
      FROM open_objective)
WHERE add_months(since, review_months) < :today
-- basis: {good} of {examined} open objectives are within their cycle[; not {records}]
SELECT count(*) AS examined FROM open_objective

-- check: objective-late
-- severity: warning
-- requirement: 6.2.d 6.2.f
-- finds: an open objective past its due date
-- remedy: close it, or decide anew
-- register: objective
-- field: due_on
-- message: {record} was due on {due_on}, {days:day:days} ago
SELECT key_part(ref) AS record, id, due_on,
       CAST(julianday(:today) - julianday(due_on) AS INTEGER) AS days
FROM open_objective
WHERE due_on < :today
-- basis: {good} of {examined} open objectives are within their date[; late: {records}]
SELECT count(due_on) AS examined FROM open_objective

-- check: objective-status-contradicts
-- severity: warning
-- requirement: 6.2.d
-- finds: the stated status contradicts the KPIs: on track while red, off track while green, achieved while the target is missed, or target met while not achieved
-- remedy: correct the status
-- register: objective
-- field: status
-- message: {record} is stated as {status}; KPIs: {kpis}
SELECT key_part(ref) AS record, id, status, kpis FROM contradicted_objective
-- basis: {good} of {examined} objectives with values agree with them[; not {records}]
SELECT count(DISTINCT objective) AS examined FROM kpi_status WHERE objective IS NOT NULL
