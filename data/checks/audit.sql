-- Checks on audits and their findings.

-- check: audit-none
-- severity: error
-- requirement: 9.2.1.a 9.2.1.b
-- finds: no internal audit ended within the planned interval and a month
-- remedy: plan one
-- register: audit
-- field: ends_on
-- message: No internal audit ended since {since}
SELECT '-' AS record, add_months(:today, -(s.audit_interval + 1)) AS since
FROM settings s
WHERE NOT EXISTS (SELECT 1 FROM audit
                  WHERE kind = 'internal'
                    AND ends_on BETWEEN add_months(:today, -(s.audit_interval + 1)) AND :today)
-- basis: {ref} ended on {ends_on}
SELECT 1 AS examined, ref, ends_on, id
FROM audit
WHERE kind = 'internal' AND ends_on <= :today
ORDER BY ends_on DESC, id DESC LIMIT 1

-- check: audit-no-criteria
-- severity: warning
-- requirement: 9.2.2.a
-- finds: an internal audit begun without criteria or scope
-- remedy: write them down
-- register: audit
-- field: criteria
-- message: {record} began on {starts_on} without {missing}
SELECT key_part(ref) AS record, id, starts_on,
       CASE WHEN criteria IS NOT NULL THEN 'scope' WHEN scope IS NOT NULL THEN 'criteria'
            ELSE 'criteria and scope' END AS missing,
       iif(criteria IS NULL, 'criteria', 'scope') AS field
FROM internal_audit
WHERE criteria IS NULL OR scope IS NULL
-- basis: {good} of {examined} internal audits have criteria and scope[; not {records}]
SELECT count(*) AS examined FROM internal_audit

-- check: audit-not-reported
-- severity: warning
-- requirement: 9.2.2.c
-- finds: an internal audit closed over 30 days ago and not reported
-- remedy: report it
-- register: audit
-- field: reported_on
-- message: {record} was closed on {closed_on} and is not reported
SELECT key_part(ref) AS record, id, closed_on
FROM internal_audit
WHERE closed_on < date(:today, '-30 days') AND reported_on IS NULL
-- basis: {good} of {examined} closed internal audits are reported or within 30 days[; not {records}]
SELECT count(closed_on) AS examined FROM internal_audit

-- check: finding-no-action
-- severity: error
-- requirement: 10.2.a
-- finds: a nonconformity with no action
-- remedy: raise the action
-- register: assessment
-- field: grade
-- message: No action answers the {grade} {record}
SELECT n.record, n.id, n.grade
FROM nonconformity n
WHERE n.closed_on IS NOT NULL
  AND n.record COLLATE NOCASE NOT IN (SELECT source_ref FROM action
                                      WHERE source_ref IS NOT NULL AND status <> 'cancelled')
-- basis: {good} of {examined} nonconformities of closed rounds have an action[; not {records}]
SELECT count(*) AS examined FROM nonconformity WHERE closed_on IS NOT NULL

-- check: finding-no-note
-- severity: error
-- requirement: 9.2.2-2
-- finds: a finding of an internal audit without the objective evidence in its note
-- remedy: write it down
-- register: assessment
-- field: note
-- message: {record} ({grade}) has no note of what was seen
SELECT record, id, coalesce(grade, result) AS grade
FROM round_line
WHERE round_kind = 'internal' AND note IS NULL
  AND (grade IS NOT NULL OR result IN ('nonconforming', 'partial'))
-- basis: {good} of {examined} findings of internal audits have their note[; not {records}]
SELECT count(*) AS examined
FROM round_line
WHERE round_kind = 'internal' AND (grade IS NOT NULL OR result IN ('nonconforming', 'partial'))

-- check: assessed-no-evidence
-- severity: info
-- requirement: 9.2.2-2
-- finds: a conforming line of a closed internal audit without link, note, interviewee or passing check
-- remedy: link the evidence
-- register: assessment
-- field: note
-- message: {record} conforms, and nothing shows why
SELECT record, id, requirement_ref
FROM round_line
WHERE round_kind = 'internal' AND closed_on IS NOT NULL AND result = 'conforms' AND note IS NULL
  AND interviewed IS NULL
  AND record COLLATE NOCASE NOT IN (SELECT record FROM evidence_link WHERE register = 'assessment')
  AND instr(:passed, ' ' || requirement_ref || ' ') = 0
-- basis: {good} of {examined} conforming lines of closed internal audits are shown[; not {records}]
SELECT count(*) AS examined
FROM round_line
WHERE round_kind = 'internal' AND closed_on IS NOT NULL AND result = 'conforms'

-- word: newest_round
-- The newest internal audit or self-assessment.
SELECT id, ref FROM audit
WHERE kind IN ('internal', 'self-assessment') AND starts_on <= :today
ORDER BY starts_on DESC, id DESC LIMIT 1

-- check: assessed-contradicts
-- severity: warning
-- requirement: 9.2.2-2
-- finds: a requirement found to conform in the newest internal audit or self-assessment while an error-level check on it fails
-- remedy: look again
-- register: assessment
-- field: result
-- message: {record} was found to conform, and an error-level check on {requirement_ref} fails
SELECT l.record, l.id, l.requirement_ref
FROM newest_round n JOIN round_line l ON l.audit = n.id
WHERE l.result = 'conforms' AND instr(:failed, ' ' || l.requirement_ref || ' ') > 0
-- basis: {good} of {examined} conforming lines of the newest round agree with the checks[; not {records}]
SELECT count(*) AS examined
FROM newest_round n JOIN round_line l ON l.audit = n.id
WHERE l.result = 'conforms'
