-- The words of the checks, each defined once. The engine puts those that a query names in front of
-- it as common table expressions. A word marked "kept" is worked out once for the whole query; one
-- marked "once", which has few rows and names its columns, once for all the checks. :today is the
-- day of the checks. add_months clamps to the month's last day; some_of lists a few names and
-- counts the rest; key_part escapes a part of a record's key; created_on reads the day from an id;
-- plain prints a number without needless digits.

-- word: settings(year_start_month, review_interval, audit_interval, currency), once
-- The workbook's own page, with its defaults.
SELECT coalesce(year_start_month, 1) AS year_start_month,
       coalesce(review_interval, 12) AS review_interval,
       coalesce(audit_interval, 12) AS audit_interval,
       coalesce(currency, 'EUR') AS currency
FROM workbook

-- word: financial_year(year, ends_on), once
-- The year that today lies in, named after the year of its first day, and its last day.
SELECT year, date(printf('%04d-%02d-01', year + 1, year_start_month), '-1 day') AS ends_on
FROM (SELECT CAST(substr(add_months(:today, 1 - year_start_month), 1, 4) AS INTEGER) AS year,
             year_start_month
      FROM settings)

-- word: present
-- People who have joined and not yet left.
SELECT id, name, organisation, department, joined_on, top_management
FROM person
WHERE (joined_on IS NULL OR joined_on <= :today) AND (left_on IS NULL OR left_on >= :today)

-- word: everyone
-- Present people of the own organisation.
SELECT id, name, department, joined_on FROM present WHERE organisation IS NULL

-- word: leader(id, name), once
-- Top management now: present people marked so, and present holders of a role of that kind.
SELECT id, name
FROM present
WHERE top_management = 'yes'
   OR id IN (SELECT holder FROM role WHERE kind = 'top management' AND holder IS NOT NULL)

-- word: approver(id, until_on), once
-- Whose decisions are those of top management, and until when: what somebody approved before
-- leaving stands.
SELECT id, coalesce(left_on, '9999-12-31') AS until_on
FROM person
WHERE top_management = 'yes'
   OR id IN (SELECT holder FROM role WHERE kind = 'top management' AND holder IS NOT NULL)
UNION ALL
SELECT id, '9999-12-31' FROM role WHERE kind = 'top management'

-- word: held_role(id, ref, kind, holder, holder_name), once
-- Roles with a present holder. Groups have no single one.
SELECT r.id, r.ref, r.kind, r.holder, p.name AS holder_name
FROM role r JOIN present p ON p.id = r.holder
WHERE r.kind <> 'group'

-- word: single_role
-- Roles that one person holds, or should hold.
SELECT id, ref, kind, key_role, holder, deputy, assigned_on, accepted_on, communicated_on,
       reports_to, escalates_to
FROM role
WHERE kind <> 'group'

-- word: accountable_cell
SELECT activity, role FROM responsibility WHERE code IN ('A', 'A/R')

-- word: responsible_cell
SELECT activity, role FROM responsibility WHERE code IN ('R', 'A/R')

-- word: live_policy, kept
-- Policies that are not retired: a retired one has versions, none draft, in review or approved.
SELECT id, ref, kind, parent, owner, audience, classification, location, next_review_on,
       must_acknowledge, fits_purpose, frames_objectives, commits_requirements, commits_improvement,
       enforcement
FROM policy p
WHERE NOT EXISTS (SELECT 1 FROM policy_version v WHERE v.policy = p.id)
   OR EXISTS (SELECT 1 FROM policy_version v
              WHERE v.policy = p.id AND v.status IN ('draft', 'in review', 'approved'))

-- word: main_policy
-- The information security policy; there may be several.
SELECT id, ref, classification, next_review_on, fits_purpose, frames_objectives,
       commits_requirements, commits_improvement, enforcement
FROM live_policy
WHERE kind = 'information security policy'

-- word: topic_policy
-- Every other policy.
SELECT id, ref, next_review_on FROM live_policy WHERE kind <> 'information security policy'

-- word: approved_version(id, policy, version, approved_by, approved_on, location, since, due_on), once
-- The approved version of each policy; the newest where there are several. Acknowledgements of it
-- are due 30 days after it took effect.
SELECT v.id, v.policy, v.version, v.approved_by, v.approved_on, v.location,
       coalesce(v.approved_on, v.effective_on, '') AS since,
       date(coalesce(v.effective_on, v.approved_on), '+30 days') AS due_on
FROM policy_version v
WHERE v.status = 'approved'
  AND NOT EXISTS (SELECT 1 FROM policy_version w
                  WHERE w.policy = v.policy AND w.status = 'approved'
                    AND (coalesce(w.approved_on, w.effective_on, ''), w.id)
                      > (coalesce(v.approved_on, v.effective_on, ''), v.id))

-- word: counting_version(policy, version), once
-- Versions whose acknowledgement counts: the approved one, and earlier ones in force that no
-- material change has followed.
SELECT v.policy, v.version
FROM approved_version a JOIN policy_version v ON v.policy = a.policy
WHERE v.id = a.id
   OR (v.status IN ('superseded', 'withdrawn') AND v.approved_on IS NOT NULL
       AND (v.approved_on, v.id) < (a.since, a.id)
       AND NOT EXISTS (SELECT 1 FROM policy_version m
                       WHERE m.policy = v.policy AND m.material_change = 'yes'
                         AND m.status IN ('superseded', 'approved')
                         AND (coalesce(m.approved_on, ''), m.id) > (v.approved_on, v.id)
                         AND (coalesce(m.approved_on, ''), m.id) <= (a.since, a.id)))

-- word: older_version, kept
-- Those of them that are not the approved one.
SELECT c.policy, c.version
FROM counting_version c JOIN approved_version v ON v.policy = c.policy
WHERE v.version <> c.version COLLATE NOCASE

-- word: due_person
-- Everyone who has been there long enough to have read what everyone must.
SELECT id, name, joined_on
FROM everyone
WHERE joined_on IS NULL OR joined_on < date(:today, '-30 days')

-- word: expected_policy(id, ref, version, must_acknowledge), once
-- Policies whose acknowledgement is expected and due.
SELECT p.id, p.ref, v.version, p.must_acknowledge
FROM live_policy p JOIN approved_version v ON v.policy = p.id
WHERE p.must_acknowledge IN ('everyone', 'audience') AND v.due_on < :today

-- word: audience_piece
-- The departments and roles that a policy names as those who must know it, one a row.
WITH RECURSIVE piece(policy, name, rest) AS (
    SELECT id, '', audience || ';' FROM live_policy
    WHERE must_acknowledge = 'audience' AND audience IS NOT NULL
    UNION ALL
    SELECT policy, trim(substr(rest, 1, instr(rest, ';') - 1)), substr(rest, instr(rest, ';') + 1)
    FROM piece WHERE rest <> '')
SELECT policy, name FROM piece WHERE name <> ''

-- word: audience_member
-- Who belongs to those who must know a policy that a part of the people must: present people of its
-- departments and holders of its roles; due 30 days after joining.
SELECT a.policy, p.id AS person, p.name AS name,
       p.joined_on IS NULL OR p.joined_on < date(:today, '-30 days') AS is_due
FROM audience_piece a JOIN present p ON p.department = a.name COLLATE NOCASE
UNION
SELECT a.policy, p.id, p.name, p.joined_on IS NULL OR p.joined_on < date(:today, '-30 days')
FROM audience_piece a JOIN role r ON r.ref = a.name COLLATE NOCASE JOIN present p ON p.id = r.holder

-- word: audience_person, kept
-- Those of them who should have acknowledged it.
SELECT policy, person, name FROM audience_member WHERE is_due

-- word: side_tally, kept
-- How many acknowledged a policy without being among those who should: far fewer than the others,
-- so that these are counted by taking them off the whole.
SELECT a.policy, count(DISTINCT a.person) AS people
FROM (SELECT id FROM person
      WHERE organisation IS NOT NULL OR left_on < :today OR joined_on >= date(:today, '-30 days')) s
CROSS JOIN acknowledgement a ON a.person = s.id
JOIN counting_version c ON c.policy = a.policy AND c.version = a.version COLLATE NOCASE
GROUP BY a.policy

-- word: whole_tally, kept
-- How many acknowledged a policy that everyone must, whoever they are.
SELECT p.id AS policy,
       CASE WHEN (SELECT count(*) FROM counting_version c WHERE c.policy = p.id) = 1
            THEN (SELECT count(*)
                  FROM counting_version c CROSS JOIN acknowledgement a
                    ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE
                  WHERE c.policy = p.id)
            ELSE (SELECT count(DISTINCT a.person)
                  FROM counting_version c CROSS JOIN acknowledgement a
                    ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE
                  WHERE c.policy = p.id)
       END AS people
FROM expected_policy p
WHERE p.must_acknowledge = 'everyone'

-- word: acknowledgement_tally(id, ref, version, must_acknowledge, expected, done), once
-- For each policy whose acknowledgement is due: how many should, and how many of them did.
SELECT p.id, p.ref, p.version, p.must_acknowledge,
       (SELECT count(*) FROM due_person) AS expected,
       w.people - coalesce((SELECT s.people FROM side_tally s WHERE s.policy = p.id), 0) AS done
FROM expected_policy p JOIN whole_tally w ON w.policy = p.id
UNION ALL
SELECT p.id, p.ref, p.version, p.must_acknowledge, count(*),
       count(*) FILTER (WHERE EXISTS (
           SELECT 1 FROM counting_version c JOIN acknowledgement a
             ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE AND a.person = m.person
           WHERE c.policy = p.id))
FROM expected_policy p JOIN audience_person m ON m.policy = p.id
WHERE p.must_acknowledge = 'audience'
GROUP BY p.id

-- word: behind_policy, kept
-- Policies that everyone must acknowledge and somebody has not.
SELECT id, ref, version FROM acknowledgement_tally
WHERE must_acknowledge = 'everyone' AND done < expected

-- word: behind_translation
-- Translations of an older version than the approved one; those of a draft are ahead.
SELECT t.id, t.policy, t.language, t.version, v.version AS approved
FROM translation t JOIN live_policy p ON p.id = t.policy JOIN approved_version v ON v.policy = p.id
WHERE t.version <> v.version COLLATE NOCASE
  AND NOT EXISTS (SELECT 1 FROM policy_version n
                  WHERE n.policy = t.policy AND n.version = t.version COLLATE NOCASE
                    AND n.status IN ('draft', 'in review'))

-- word: sent
-- Communications that have gone out.
SELECT id, kind, sent_on, sender, audience, policy
FROM communication
WHERE sent_on <= :today

-- word: needed_course
-- Courses that holders need for their roles.
SELECT n.course, h.id AS role, h.ref AS role_ref, h.holder AS person, h.holder_name AS name,
       c.ref AS course_ref
FROM role_course n JOIN held_role h ON h.id = n.role JOIN course c ON c.id = n.course

-- word: completion
-- Courses completed, with the last day on which that counts.
SELECT t.id, t.person, t.course, t.due_on, t.completed_on,
       CASE WHEN c.valid_months IS NULL THEN '9999-12-31'
            ELSE add_months(t.completed_on, c.valid_months) END AS counts_until
FROM training t JOIN course c ON c.id = t.course
WHERE t.completed_on <= :today

-- word: open_objective
SELECT id, ref, policy, business_goal, risk, obligation, plan, resources, owner, starts_on, due_on,
       evaluation, status, approved_by, approved_on, communicated_on, reviewed_on,
       coalesce(review_months, 12) AS review_months
FROM objective
WHERE status IN ('not started', 'on track', 'at risk', 'off track')

-- word: agreed_objective
-- Open objectives that have started: those not started need no approval and no announcement yet.
SELECT id, ref, approved_by, approved_on, communicated_on
FROM open_objective
WHERE status <> 'not started'

-- word: newest_measurement
SELECT m.kpi, m.value, m.measured_on
FROM measurement m
WHERE m.measured_on <= :today
  AND NOT EXISTS (SELECT 1 FROM measurement n
                  WHERE n.kpi = m.kpi AND n.measured_on > m.measured_on AND n.measured_on <= :today)

-- word: open_action
SELECT id, ref, owner, due_on FROM action WHERE status IN ('open', 'in progress')

-- word: training_need
-- The courses that people should hold, and whether they do.
SELECT n.person, n.course,
       EXISTS (SELECT 1 FROM completion c
               WHERE c.person = n.person AND c.course = n.course
                 AND c.counts_until >= :today) AS held
FROM (SELECT person, course FROM needed_course
      UNION SELECT l.id, c.id FROM course c CROSS JOIN leader l WHERE c.audience = 'top management'
      UNION SELECT e.id, c.id FROM course c CROSS JOIN everyone e WHERE c.audience = 'everyone') n

-- word: kpi_value, kept
-- The newest value of each KPI: measured, or computed from the workbook as of today. Scalar, so
-- that what no KPI asks for is not worked out.
SELECT id, value, measured_on
FROM (SELECT k.id,
             CASE k.source
             WHEN 'measured' THEN m.value
             WHEN 'acknowledgement rate' THEN
                 (SELECT 100.0 * sum(t.done) / nullif(sum(t.expected), 0)
                  FROM acknowledgement_tally t
                  WHERE k.policy IS NULL OR t.id = k.policy)
             WHEN 'training coverage' THEN
                 (SELECT 100.0 * sum(n.held) / nullif(count(*), 0) FROM training_need n)
             WHEN 'open actions' THEN (SELECT count(*) FROM open_action)
             ELSE (SELECT count(*) FROM open_action WHERE due_on < :today)
             END AS value,
             iif(k.source = 'measured', m.measured_on, :today) AS measured_on
      FROM kpi k LEFT JOIN newest_measurement m ON m.kpi = k.id)
WHERE value IS NOT NULL

-- word: kpi_bar
-- What each value is held against on its day, and how far from it still counts as amber. On the way
-- the bar is the straight line from the baseline on the objective's first day to the target on its
-- last.
SELECT k.id, k.ref, k.objective, k.direction, k.target, k.lower, k.upper, k.unit, v.value,
       v.measured_on,
       coalesce(k.amber,
                CASE WHEN k.direction = 'within' THEN (k.upper - k.lower) / 10
                     WHEN k.baseline IS NULL THEN abs(k.target) / 10
                     ELSE abs(k.target - k.baseline) / 10 END) AS amber,
       CASE WHEN coalesce(k.judged, 'on the way') = 'against target' OR k.baseline IS NULL
              OR o.starts_on IS NULL OR o.due_on IS NULL OR v.measured_on >= o.due_on THEN k.target
            WHEN v.measured_on <= o.starts_on THEN k.baseline
            ELSE k.baseline + (k.target - k.baseline)
                 * (julianday(v.measured_on) - julianday(o.starts_on))
                 / (julianday(o.due_on) - julianday(o.starts_on)) END AS bar
FROM kpi k JOIN kpi_value v ON v.id = k.id LEFT JOIN objective o ON o.id = k.objective
WHERE CASE k.direction WHEN 'within' THEN k.lower IS NOT NULL AND k.upper IS NOT NULL
                       ELSE k.target IS NOT NULL END

-- word: kpi_status(id, ref, objective, direction, target, lower, upper, unit, value, measured_on, bar, colour, is_met), once
-- Green, amber or red, and whether the target itself is met. Rounded, so that 0.3 less a tenth is
-- 0.27.
SELECT id, ref, objective, direction, target, lower, upper, unit, value, measured_on, bar,
       CASE WHEN distance <= 0 THEN 'green' WHEN distance <= round(amber, 9) THEN 'amber'
            ELSE 'red' END AS colour,
       missed <= 0 AS is_met
FROM (SELECT id, ref, objective, direction, target, lower, upper, unit, value, measured_on, bar,
             amber,
             round(CASE direction WHEN 'up' THEN bar - value WHEN 'down' THEN value - bar
                                  ELSE max(lower - value, value - upper) END, 9) AS distance,
             round(CASE direction WHEN 'up' THEN target - value WHEN 'down' THEN value - target
                                  ELSE max(lower - value, value - upper) END, 9) AS missed
      FROM kpi_bar)

-- word: held_review
-- Management reviews held.
SELECT id, ref, held_on, chair, minutes, suitable, adequate, effective
FROM review
WHERE kind = 'management review' AND held_on <= :today

-- word: newest_review(id, ref, held_on, chair, minutes, suitable, adequate, effective), once
-- The one that the checks of a review look at.
SELECT id, ref, held_on, chair, minutes, suitable, adequate, effective
FROM held_review
ORDER BY held_on DESC, id DESC LIMIT 1

-- word: requirement_input
-- The inputs of 9.3.2 and their requirements.
SELECT column1 AS input, column2 AS requirement
FROM (VALUES ('a previous actions', '9.3.2.a'), ('b issues', '9.3.2.b'),
             ('c interested parties', '9.3.2.c'), ('d1 nonconformities', '9.3.2.d1'),
             ('d2 measurements', '9.3.2.d2'), ('d3 audit results', '9.3.2.d3'),
             ('d4 objectives', '9.3.2.d4'), ('e feedback', '9.3.2.e'), ('f risks', '9.3.2.f'),
             ('g improvement', '9.3.2.g'))

-- word: year_line
-- Resource lines of the current financial year.
SELECT r.id, r.ref, r.approved, r.approved_by, r.approved_on
FROM resource r JOIN financial_year y ON r.year = y.year

-- word: internal_audit
-- Internal audits that have begun.
SELECT id, ref, criteria, scope, starts_on, ends_on, reported_on, closed_on
FROM audit
WHERE kind = 'internal' AND starts_on <= :today

-- word: round_line
-- Lines of the rounds with their keys.
SELECT a.id, a.audit, a.requirement, r.kind AS round_kind, r.closed_on, a.result, a.grade, a.note,
       a.interviewed, a.state, q.ref AS requirement_ref,
       key_part(r.ref) || '/' || key_part(q.ref) AS record
FROM assessment a JOIN audit r ON r.id = a.audit JOIN requirement q ON q.id = a.requirement

-- word: nonconformity
-- Lines graded major, minor or area of concern, in any round but those of suppliers.
SELECT id, record, requirement_ref, grade, closed_on
FROM round_line
WHERE grade IN ('major nonconformity', 'minor nonconformity', 'area of concern')
  AND round_kind <> 'supplier'

-- word: corrective_action
-- Actions on a nonconformity: those whose source is one, and those raised from a finding that is
-- kept outside this workbook.
SELECT a.id, a.ref, a.status, a.root_cause, a.done_on, a.verify_due_on, a.verified_on
FROM action a
WHERE a.source_ref COLLATE NOCASE IN (SELECT record FROM nonconformity)
   OR (a.source = 'finding'
       AND (a.source_ref IS NULL
            OR a.source_ref COLLATE NOCASE NOT IN (SELECT record FROM round_line)))
