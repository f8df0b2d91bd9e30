-- Checks on actions: put right, find the cause, do it, look whether it helped.

-- check: action-overdue
-- severity: warning
-- requirement: 10.2.c
-- finds: an open action past its due date
-- remedy: do it, or decide anew
-- register: action
-- field: due_on
-- message: {record} was due on {due_on}, {days:day:days} ago
SELECT key_part(ref) AS record, id, due_on,
       CAST(julianday(:today) - julianday(due_on) AS INTEGER) AS days
FROM open_action
WHERE due_on < :today
-- basis: {good} of {examined} open actions are within their date[; late: {records}]
SELECT count(due_on) AS examined FROM open_action

-- check: action-unowned
-- severity: warning
-- requirement: 10.2.a
-- finds: an open action without an owner or due date
-- remedy: name them
-- register: action
-- field: owner
-- message: {record} has no {missing}
SELECT key_part(ref) AS record, id,
       CASE WHEN owner IS NOT NULL THEN 'due date' WHEN due_on IS NOT NULL THEN 'owner'
            ELSE 'owner and no due date' END AS missing,
       iif(owner IS NULL, 'owner', 'due_on') AS field
FROM open_action
WHERE owner IS NULL OR due_on IS NULL
-- basis: {good} of {examined} open actions have owner and due date[; not {records}]
SELECT count(*) AS examined FROM open_action

-- check: action-no-cause
-- severity: warning
-- requirement: 10.2.b
-- finds: an action on a nonconformity done without a root cause
-- remedy: find the cause
-- register: action
-- field: root_cause
-- message: {record} is {status}, and its root cause is not on record
SELECT key_part(ref) AS record, id, status
FROM corrective_action
WHERE status IN ('done', 'verified', 'closed') AND root_cause IS NULL
-- basis: {good} of {examined} done actions on nonconformities name the cause[; not {records}]
SELECT count(*) AS examined FROM corrective_action WHERE status IN ('done', 'verified', 'closed')

-- check: action-not-verified
-- severity: warning
-- requirement: 10.2.d
-- finds: a done action on a nonconformity past its verification date and not verified
-- remedy: judge whether it worked
-- register: action
-- field: verified_on
-- message: {record} was to be verified by {verify_on}
SELECT key_part(ref) AS record, id, verify_on
FROM (SELECT ref, id, coalesce(verify_due_on, date(done_on, '+90 days')) AS verify_on
      FROM corrective_action
      WHERE status IN ('done', 'closed') AND verified_on IS NULL)
WHERE verify_on < :today
-- basis: {good} of {examined} done actions on nonconformities are verified or within their date[; not {records}]
SELECT count(*) AS examined FROM corrective_action WHERE status IN ('done', 'verified', 'closed')

-- check: improvement-none
-- severity: info
-- requirement: 5.1.g 10.1
-- finds: no action from feedback, reviews or incidents in the last 12 months
-- remedy: ask people for improvements
-- register: action
-- field: source
-- message: No action came from feedback, reviews or incidents since {since}
SELECT '-' AS record, add_months(:today, -12) AS since
WHERE NOT EXISTS (SELECT 1 FROM improvement)
-- basis: {examined} actions from feedback, reviews or incidents in the last 12 months
SELECT count(*) AS examined FROM improvement

-- word: improvement
SELECT id FROM action
WHERE source IN ('feedback', 'management review', 'incident')
  AND raised_on BETWEEN add_months(:today, -12) AND :today
