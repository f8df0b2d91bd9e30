-- Checks on policies: their versions, who was told, who confirmed them, translations, obligations.
-- Retired policies are silent.

-- check: policy-missing
-- severity: error
-- requirement: 5.2.a
-- finds: no policy of kind 'information security policy'
-- remedy: add one, or draft one from the template
-- register: policy
-- field: kind
-- message: There is no information security policy
SELECT '-' AS record WHERE NOT EXISTS (SELECT 1 FROM main_policy)
-- basis: Information security policy: {refs}
SELECT count(*) AS examined, some_of(ref) AS refs, min(id) AS id FROM main_policy

-- check: statement-missing
-- severity: info
-- requirement: 5.1.d
-- finds: no policy of kind 'leadership statement' with an approved version
-- remedy: draft it from the template and have it signed
-- register: policy
-- field: kind
-- message: There is no approved leadership statement
SELECT '-' AS record
WHERE NOT EXISTS (SELECT 1 FROM live_policy p JOIN approved_version v ON v.policy = p.id
                  WHERE p.kind = 'leadership statement')
-- basis: Leadership statement: {refs}
SELECT count(*) AS examined, some_of(p.ref || ' ' || v.version) AS refs, min(p.id) AS id
FROM live_policy p JOIN approved_version v ON v.policy = p.id
WHERE p.kind = 'leadership statement'

-- check: policy-not-approved
-- severity: error
-- requirement: 5.1.a 5.2.e
-- finds: an information security policy without an approved version
-- remedy: have it approved
-- register: policy
-- field: ref
-- message: {record} has no approved version[; newest is {newest}]
SELECT key_part(p.ref) AS record, p.id,
       (SELECT v.version || ', ' || v.status FROM policy_version v
        WHERE v.policy = p.id ORDER BY v.id DESC LIMIT 1) AS newest
FROM main_policy p
WHERE NOT EXISTS (SELECT 1 FROM approved_version v WHERE v.policy = p.id)
-- basis: Approved: [{refs} ({good} of {examined})]
SELECT count(*) AS examined, some_of(p.ref || ' ' || v.version) AS refs
FROM main_policy p LEFT JOIN approved_version v ON v.policy = p.id

-- check: policy-topic-not-approved
-- severity: warning
-- requirement: 7.5.2
-- finds: another policy not approved 90 days after its draft date or, without one, its creation
-- remedy: have it approved
-- register: policy
-- field: ref
-- message: {record} has no approved version {days:day:days} after {since}
SELECT key_part(ref) AS record, id, since,
       CAST(julianday(:today) - julianday(since) AS INTEGER) AS days
FROM (SELECT p.ref, p.id,
             coalesce((SELECT max(v.drafted_on) FROM policy_version v
                       WHERE v.policy = p.id AND v.status IN ('draft', 'in review')),
                      created_on(p.id)) AS since
      FROM topic_policy p
      WHERE NOT EXISTS (SELECT 1 FROM approved_version v WHERE v.policy = p.id))
WHERE since < date(:today, '-90 days')
-- basis: {good} of {examined} other policies are approved or were drafted in the last 90 days[; waiting: {records}]
SELECT count(*) AS examined FROM topic_policy

-- check: policy-approved-below-top
-- severity: error
-- requirement: 5.1.a
-- finds: an information security policy or leadership statement approved by nobody of top management
-- remedy: have it approved by top management
-- register: policy
-- field: ref
-- message: {record} {version} was approved by {approver}, not by top management
SELECT key_part(p.ref) AS record, p.id, v.version,
       coalesce((SELECT name FROM person WHERE id = v.approved_by),
                (SELECT ref FROM role WHERE id = v.approved_by), 'nobody') AS approver
FROM live_policy p JOIN approved_version v ON v.policy = p.id
WHERE p.kind IN ('information security policy', 'leadership statement')
  AND NOT EXISTS (SELECT 1 FROM approver a
                  WHERE a.id = v.approved_by AND coalesce(v.approved_on, '') <= a.until_on)
-- basis: Approved by top management: {good} of {examined}[; not {records}]
SELECT count(*) AS examined
FROM live_policy p JOIN approved_version v ON v.policy = p.id
WHERE p.kind IN ('information security policy', 'leadership statement')

-- check: policy-approver-gone
-- severity: warning
-- requirement: 7.5.2
-- finds: the approver had left before the approval date
-- remedy: correct the approval
-- register: policy_version
-- field: approved_by
-- message: {record} was approved on {approved_on} by {name}, who had left on {left_on}
SELECT key_part(p.ref) || '/' || key_part(v.version) AS record, v.id, v.approved_on, a.name,
       a.left_on
FROM live_policy p JOIN policy_version v ON v.policy = p.id JOIN person a ON a.id = v.approved_by
WHERE v.status IN ('approved', 'superseded') AND a.left_on < v.approved_on
-- basis: {good} of {examined} approvals were made by somebody who was there[; not {records}]
SELECT count(*) AS examined
FROM live_policy p JOIN policy_version v ON v.policy = p.id
WHERE v.status IN ('approved', 'superseded') AND v.approved_by IS NOT NULL

-- check: policy-two-current
-- severity: error
-- requirement: 7.5.2
-- finds: more than one approved version, or more than one draft or version in review
-- remedy: supersede or withdraw the others
-- register: policy
-- field: ref
-- message: {record} has {approved:approved version:approved versions} and {drafts:draft:drafts} or in review: {versions}
SELECT key_part(p.ref) AS record, p.id, count(*) FILTER (WHERE v.status = 'approved') AS approved,
       count(*) FILTER (WHERE v.status <> 'approved') AS drafts, some_of(v.version) AS versions
FROM policy p JOIN policy_version v ON v.policy = p.id
WHERE v.status IN ('draft', 'in review', 'approved')
GROUP BY p.id
HAVING count(*) FILTER (WHERE v.status = 'approved') > 1
    OR count(*) FILTER (WHERE v.status <> 'approved') > 1
-- basis: {good} of {examined} policies have one current version[; not {records}]
SELECT count(DISTINCT policy) AS examined FROM policy_version
WHERE status IN ('draft', 'in review', 'approved')

-- check: policy-review-overdue
-- severity: error
-- requirement: 5.2.a
-- finds: an information security policy past its review date
-- remedy: review it: confirm it or write a new version
-- register: policy
-- field: next_review_on
-- message: {record} was to be reviewed by {next_review_on}, {days:day:days} ago
SELECT key_part(ref) AS record, id, next_review_on,
       CAST(julianday(:today) - julianday(next_review_on) AS INTEGER) AS days
FROM main_policy
WHERE next_review_on < :today
-- basis: Next review on {dates}
SELECT count(next_review_on) AS examined, some_of(next_review_on) AS dates, min(id) AS id
FROM main_policy

-- check: policy-topic-review-overdue
-- severity: warning
-- requirement: 7.5.2
-- finds: another policy past its review date
-- remedy: review it
-- register: policy
-- field: next_review_on
-- message: {record} was to be reviewed by {next_review_on}, {days:day:days} ago
SELECT key_part(ref) AS record, id, next_review_on,
       CAST(julianday(:today) - julianday(next_review_on) AS INTEGER) AS days
FROM topic_policy
WHERE next_review_on < :today
-- basis: {good} of {examined} other policies are within their review date[; overdue: {records}]
SELECT count(next_review_on) AS examined FROM topic_policy

-- check: policy-review-due
-- severity: warning
-- requirement: 5.2.e
-- finds: the review date is within 30 days
-- remedy: plan the review
-- register: policy
-- field: next_review_on
-- message: {record} is to be reviewed by {next_review_on}, in {days:day:days}
SELECT key_part(ref) AS record, id, next_review_on,
       CAST(julianday(next_review_on) - julianday(:today) AS INTEGER) AS days
FROM live_policy
WHERE next_review_on BETWEEN :today AND date(:today, '+30 days')
-- basis: {examined} policies have a review date[; due within 30 days: {records}]
SELECT count(next_review_on) AS examined FROM live_policy

-- check: policy-content-gap
-- severity: warning
-- requirement: 5.2.a 5.2.b 5.2.c 5.2.d
-- finds: an information security policy lacks one of the four contents of 5.2 a to d
-- remedy: mend the policy, then tick it
-- register: policy
-- field: fits_purpose
-- message: {record} is not ticked for {contents}
SELECT key_part(p.ref) AS record, p.id, some_of(c.content) AS contents,
       group_concat(c.requirement, ' ') AS requirement,
       substr(min(c.requirement || c.field), 6) AS field
FROM main_policy p
JOIN (SELECT column1 AS requirement, column2 AS field, column3 AS content
      FROM (VALUES ('5.2.a', 'fits_purpose', 'fitting the purpose'),
                   ('5.2.b', 'frames_objectives', 'objectives'),
                   ('5.2.c', 'commits_requirements', 'meeting requirements'),
                   ('5.2.d', 'commits_improvement', 'continual improvement'))) c
WHERE coalesce(CASE c.field WHEN 'fits_purpose' THEN p.fits_purpose
                            WHEN 'frames_objectives' THEN p.frames_objectives
                            WHEN 'commits_requirements' THEN p.commits_requirements
                            ELSE p.commits_improvement END, 'no') <> 'yes'
GROUP BY p.id
-- basis: Ticked in {ref}: [{ticked}]
SELECT 1 AS examined, ref, id,
       rtrim(iif(fits_purpose = 'yes', 'purpose, ', '')
             || iif(frames_objectives = 'yes', 'objectives, ', '')
             || iif(commits_requirements = 'yes', 'requirements, ', '')
             || iif(commits_improvement = 'yes', 'improvement, ', ''), ', ') AS ticked
FROM main_policy

-- check: policy-unowned
-- severity: warning
-- requirement: 5.3-1
-- finds: a policy without an owner, or owned by a person who has left
-- remedy: name the owner
-- register: policy
-- field: owner
-- message: {record} [is owned by {name}, who left on {left_on}]{nobody}
SELECT key_part(p.ref) AS record, p.id, o.name, o.left_on,
       iif(p.owner IS NULL, 'has no owner', '') AS nobody
FROM live_policy p LEFT JOIN person o ON o.id = p.owner
WHERE p.owner IS NULL OR o.left_on < :today
-- basis: {good} of {examined} policies have an owner[; not {records}]
SELECT count(*) AS examined FROM live_policy

-- check: policy-no-location
-- severity: warning
-- requirement: 5.2.e
-- finds: an approved version located neither by itself nor by its policy
-- remedy: say where it is published
-- register: policy_version
-- field: location
-- message: Nobody can tell where {record} is published
SELECT key_part(p.ref) || '/' || key_part(v.version) AS record, v.id
FROM live_policy p JOIN policy_version v ON v.policy = p.id AND v.status = 'approved'
WHERE v.location IS NULL AND p.location IS NULL
-- basis: {good} of {examined} approved versions have a place[; not {records}]
SELECT count(*) AS examined FROM policy_version WHERE status = 'approved'

-- check: policy-not-communicated
-- severity: error
-- requirement: 5.2.f
-- finds: an information security policy with no communication and no acknowledgement since its approved version
-- remedy: tell people, and record it
-- register: policy
-- field: ref
-- message: Since {version} was approved on {since}, nobody was told of {record} and nobody acknowledged it
SELECT key_part(p.ref) AS record, p.id, v.version, v.since
FROM main_policy p JOIN approved_version v ON v.policy = p.id
WHERE v.due_on < :today
  AND NOT EXISTS (SELECT 1 FROM sent c WHERE c.policy = p.id AND c.sent_on >= v.since)
  AND NOT EXISTS (SELECT 1 FROM acknowledgement a
                  WHERE a.policy = p.id AND a.version = v.version COLLATE NOCASE)
  AND NOT EXISTS (SELECT 1 FROM acknowledgement a
                  WHERE a.policy = p.id AND a.acknowledged_on >= v.since)
-- basis: {good} of {examined} told since the approval, or within their 30 days
SELECT count(*) AS examined, min(p.id) AS id
FROM main_policy p JOIN approved_version v ON v.policy = p.id

-- check: policy-unacknowledged
-- severity: warning
-- requirement: 5.2.f
-- finds: acknowledgements expected and below 90 % of those who should
-- remedy: chase the people listed
-- register: policy
-- field: must_acknowledge
-- message: {done} of {expected} acknowledged {record} {version} ({percent} %); missing: {missing}[ and {more} more]
SELECT key_part(t.ref) AS record, t.id, t.version, t.done, t.expected,
       100 * t.done / t.expected AS percent,
       CASE WHEN t.expected - t.done > 5 THEN t.expected - t.done - 5 END AS more,
       CASE t.must_acknowledge
       WHEN 'everyone' THEN
           (SELECT some_of(name) FROM (
                SELECT d.name FROM due_person d
                WHERE NOT EXISTS (SELECT 1 FROM counting_version c CROSS JOIN acknowledgement a
                                    ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE
                                   AND a.person = d.id
                                  WHERE c.policy = t.id)
                LIMIT 5))
       ELSE
           (SELECT some_of(name) FROM (
                SELECT m.name FROM audience_person m
                WHERE m.policy = t.id
                  AND NOT EXISTS (SELECT 1 FROM counting_version c CROSS JOIN acknowledgement a
                                    ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE
                                   AND a.person = m.person
                                  WHERE c.policy = t.id)
                LIMIT 5))
       END AS missing
FROM acknowledgement_tally t
WHERE 10 * t.done < 9 * t.expected
-- basis: {done} of {expected} acknowledged {ref} {version} ({percent} %)
SELECT 1 AS examined, id, ref, version, done, expected, 100 * done / expected AS percent
FROM acknowledgement_tally
WHERE expected > 0

-- check: policy-unacknowledged-by-leaders
-- severity: warning
-- requirement: 7.3.a
-- finds: a person of top management has not acknowledged a policy that everyone must
-- remedy: have them lead by example
-- register: person
-- field: name
-- message: {record} leads and has not acknowledged {policies}
SELECT key_part(l.name) AS record, l.id, some_of(p.ref || ' ' || p.version) AS policies
FROM leader l JOIN person o ON o.id = l.id CROSS JOIN expected_policy p
WHERE p.must_acknowledge = 'everyone'
  AND (o.joined_on IS NULL OR o.joined_on < date(:today, '-30 days'))
  AND NOT EXISTS (SELECT 1 FROM counting_version c CROSS JOIN acknowledgement a
                    ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE
                   AND a.person = l.id
                  WHERE c.policy = p.id)
GROUP BY l.id
-- basis: {done} of {leaders} leaders acknowledged {ref} {version}[; missing: {missing}]
SELECT p.id, p.ref, p.version, count(*) AS examined, count(*) AS leaders,
       count(*) FILTER (WHERE s.done) AS done, some_of(s.name) FILTER (WHERE NOT s.done) AS missing,
       'policy' AS register
FROM expected_policy p JOIN (
    SELECT q.id AS policy, l.name,
           EXISTS (SELECT 1 FROM counting_version c CROSS JOIN acknowledgement a
                     ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE
                    AND a.person = l.id
                   WHERE c.policy = q.id) AS done
    FROM leader l JOIN person o ON o.id = l.id CROSS JOIN expected_policy q
    WHERE q.must_acknowledge = 'everyone'
      AND (o.joined_on IS NULL OR o.joined_on < date(:today, '-30 days'))) s ON s.policy = p.id
GROUP BY p.id

-- word: joiner
-- People whose joining is on record, and what they have not acknowledged: the first few of it,
-- since a large house may be behind with everything. The limit that is none keeps SQLite from
-- asking twice.
SELECT d.name, d.id, d.joined_on,
       (SELECT iif(count(*) > 3, 'at least ', '') || some_of(ref || ' ' || version)
        FROM (SELECT b.ref, b.version
              FROM behind_policy b
              WHERE NOT EXISTS (SELECT 1 FROM acknowledgement a
                                WHERE a.policy = b.id AND a.version = b.version COLLATE NOCASE
                                  AND a.person = d.id)
                AND NOT EXISTS (SELECT 1 FROM older_version c CROSS JOIN acknowledgement a
                                  ON a.policy = c.policy
                                 AND a.version = c.version COLLATE NOCASE AND a.person = d.id
                                WHERE c.policy = b.id)
              LIMIT 4)) AS policies
FROM due_person d
WHERE d.joined_on IS NOT NULL
LIMIT -1

-- check: joiner-unacknowledged
-- severity: warning
-- requirement: 5.2.f 7.3.a
-- finds: somebody joined over 30 days ago and has not acknowledged a policy that everyone must
-- remedy: include it in onboarding
-- register: person
-- field: joined_on
-- message: {record} joined on {joined_on} and has not acknowledged {policies}
SELECT key_part(name) AS record, id, joined_on, policies FROM joiner WHERE policies IS NOT NULL
-- basis: {good} of {examined} people who joined acknowledged what everyone must[; not {records}]
SELECT count(*) AS examined
FROM due_person
WHERE joined_on IS NOT NULL
  AND EXISTS (SELECT 1 FROM expected_policy p WHERE p.must_acknowledge = 'everyone')

-- check: policy-not-external
-- severity: info
-- requirement: 5.2.g
-- finds: the information security policy is not public and was never communicated to an external audience
-- remedy: share it with interested parties as appropriate
-- register: policy
-- field: classification
-- message: {record} is[ {classification}, and] not known outside
SELECT key_part(p.ref) AS record, p.id, p.classification
FROM main_policy p
WHERE coalesce(p.classification, '') <> 'public'
  AND NOT EXISTS (SELECT 1 FROM sent c WHERE c.policy = p.id AND c.audience = 'external')
-- basis: {good} of {examined} public or sent outside
SELECT count(*) AS examined FROM main_policy

-- check: policy-no-enforcement
-- severity: info
-- requirement: 7.3.c
-- finds: an information security policy without stated consequences
-- remedy: state them or point to the disciplinary procedure
-- register: policy
-- field: enforcement
-- message: {record} does not say what follows when it is broken
SELECT key_part(ref) AS record, id FROM main_policy WHERE enforcement IS NULL
-- basis: {good} of {examined} state the consequences
SELECT count(*) AS examined FROM main_policy

-- word: policy_ancestor
-- What stands above each policy, itself included where the line runs in a circle.
WITH RECURSIVE above(id, ancestor) AS (
    SELECT id, parent FROM live_policy WHERE parent IS NOT NULL
    UNION
    SELECT a.id, p.parent
    FROM above a JOIN policy p ON p.id = a.ancestor
    WHERE p.parent IS NOT NULL)
SELECT id, ancestor FROM above

-- check: policy-hierarchy-cycle
-- severity: error
-- requirement: 7.5.2
-- finds: a policy is its own ancestor
-- remedy: mend the parent
-- register: policy
-- field: parent
-- message: {record} is its own ancestor, through {parent}
SELECT key_part(p.ref) AS record, p.id, q.ref AS parent
FROM policy_ancestor a JOIN policy p ON p.id = a.id JOIN policy q ON q.id = p.parent
WHERE a.ancestor = a.id
-- basis: {good} of {examined} policies with a parent have a sound line[; not {records}]
SELECT count(parent) AS examined FROM live_policy

-- check: translation-behind
-- severity: warning
-- requirement: 5.2.f
-- finds: a translation of an older version than the approved one
-- remedy: have it updated
-- register: translation
-- field: version
-- message: {record} translates {version}; {approved} is approved
SELECT key_part(p.ref) || '/' || key_part(t.language) AS record, t.id, t.version, t.approved
FROM behind_translation t JOIN policy p ON p.id = t.policy
-- basis: {good} of {examined} translations are up to date[; behind: {records}]
SELECT count(*) AS examined
FROM translation t JOIN approved_version v ON v.policy = t.policy

-- check: obligation-uncovered
-- severity: warning
-- requirement: 5.2.c
-- finds: an obligation that no policy covers
-- remedy: link the policy that does
-- register: obligation
-- field: ref
-- message: No policy covers {record}
SELECT key_part(o.ref) AS record, o.id
FROM obligation o
WHERE NOT EXISTS (SELECT 1 FROM policy_obligation c JOIN live_policy p ON p.id = c.policy
                  WHERE c.obligation = o.id)
-- basis: {good} of {examined} obligations are covered by a policy[; not {records}]
SELECT count(*) AS examined FROM obligation

-- check: obligation-stale
-- severity: warning
-- requirement: 5.2.c
-- finds: an obligation not reviewed for 12 months
-- remedy: check for changes in the law or contract
-- register: obligation
-- field: reviewed_on
-- message: {record} was last looked at on {since}
SELECT key_part(ref) AS record, id, coalesce(reviewed_on, created_on(id)) AS since
FROM obligation
WHERE coalesce(reviewed_on, created_on(id)) < add_months(:today, -12)
-- basis: {good} of {examined} obligations were looked at in the last 12 months[; not {records}]
SELECT count(*) AS examined FROM obligation
