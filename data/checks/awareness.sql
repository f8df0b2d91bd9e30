-- Checks on courses, messages and briefings.

-- word: expired_completion
-- The newest completion of a course that somebody needs for a role, as a leader or as one of all,
-- where it has run out.
SELECT c.id, c.person, c.course, c.due_on, c.completed_on, c.counts_until
FROM completion c
WHERE c.counts_until < :today
  AND NOT EXISTS (SELECT 1 FROM completion n
                  WHERE n.person = c.person AND n.course = c.course
                    AND (n.counts_until, n.id) > (c.counts_until, c.id))
  AND (EXISTS (SELECT 1 FROM needed_course x WHERE x.person = c.person AND x.course = c.course)
       OR EXISTS (SELECT 1 FROM course k
                  WHERE k.id = c.course
                    AND (k.audience = 'everyone' AND c.person IN (SELECT id FROM everyone)
                         OR k.audience = 'top management' AND c.person IN (SELECT id FROM leader))))

-- check: training-missing
-- severity: warning
-- requirement: 7.2.b
-- finds: a holder lacks a course that the role needs
-- remedy: plan it
-- register: person
-- field: competence
-- message: {record} lacks {courses}
SELECT key_part(n.name) AS record, n.person AS id,
       some_of(DISTINCT n.course_ref || ' for ' || n.role_ref) AS courses
FROM needed_course n
WHERE NOT EXISTS (SELECT 1 FROM training t
                  WHERE t.person = n.person AND t.course = n.course
                    AND (t.completed_on <= :today OR t.due_on >= :today))
GROUP BY n.person
-- basis: {good} of {examined} holders have or await the courses of their roles[; not {records}]
SELECT count(DISTINCT person) AS examined FROM needed_course

-- check: training-expired
-- severity: warning
-- requirement: 7.2.b
-- finds: a needed completion has expired
-- remedy: renew it
-- register: training
-- field: completed_on
-- message: {name} completed {course} on {completed_on}; it counted until {counts_until}
SELECT key_part(p.name) || '/' || key_part(c.ref) || '/' || e.due_on AS record, e.id, p.name,
       c.ref AS course, e.completed_on, e.counts_until
FROM expired_completion e JOIN person p ON p.id = e.person JOIN course c ON c.id = e.course
-- basis: {completions} completions on record[; expired: {records}]
SELECT count(*) AS examined, count(*) AS completions FROM completion

-- check: training-everyone-low
-- severity: warning
-- requirement: 7.3.a
-- finds: fewer than 90 % of present people hold a course for everyone
-- remedy: chase the people listed
-- register: course
-- field: ref
-- message: {done} of {people} hold {record} ({percent} %); missing: {missing}[ and {more} more]
SELECT key_part(t.ref) AS record, t.id, t.done, t.people, 100 * t.done / t.people AS percent,
       CASE WHEN t.people - t.done > 5 THEN t.people - t.done - 5 END AS more,
       (SELECT some_of(name) FROM (
            SELECT p.name FROM present p
            WHERE NOT EXISTS (SELECT 1 FROM completion c
                              WHERE c.person = p.id AND c.course = t.id
                                AND c.counts_until >= :today)
            LIMIT 5)) AS missing
FROM course_tally t
WHERE 10 * t.done < 9 * t.people
-- basis: {done} of {people} hold {ref} ({percent} %)
SELECT 1 AS examined, id, ref, done, people, 100 * done / people AS percent
FROM course_tally
WHERE people > 0

-- word: course_tally, kept
-- Courses for everyone, with how many present people there are and how many of them hold it.
SELECT c.id, c.ref, (SELECT count(*) FROM present) AS people,
       (SELECT count(DISTINCT d.person) FROM completion d
        WHERE d.course = c.id AND d.counts_until >= :today
          AND d.person IN (SELECT id FROM present)) AS done
FROM course c
WHERE c.audience = 'everyone'

-- check: training-leaders-missing
-- severity: warning
-- requirement: 5.1.f
-- finds: a person of top management lacks a course for top management or for everyone
-- remedy: train the leaders first
-- register: person
-- field: name
-- message: {record} leads and lacks {courses}
SELECT key_part(l.name) AS record, l.id, some_of(c.ref) AS courses
FROM leader l JOIN course c ON c.audience IN ('top management', 'everyone')
WHERE NOT EXISTS (SELECT 1 FROM completion d
                  WHERE d.person = l.id AND d.course = c.id AND d.counts_until >= :today)
GROUP BY l.id
-- basis: {good} of {examined} leaders hold their courses[; not {records}]
SELECT count(*) AS examined FROM leader
WHERE EXISTS (SELECT 1 FROM course WHERE audience IN ('top management', 'everyone'))

-- check: training-overdue
-- severity: warning
-- requirement: 7.2.b
-- finds: a training planned, past due and not completed
-- remedy: complete it or move it
-- register: training
-- field: completed_on
-- message: {name} was to complete {course} by {due_on}
SELECT key_part(p.name) || '/' || key_part(c.ref) || '/' || t.due_on AS record, t.id, p.name,
       c.ref AS course, t.due_on
FROM training t JOIN present p ON p.id = t.person JOIN course c ON c.id = t.course
WHERE t.completed_on IS NULL AND t.due_on < :today
-- basis: {good} of {examined} trainings done or not yet due[; late: {records}]
SELECT count(*) AS examined FROM training t JOIN present p ON p.id = t.person

-- word: leadership_message
-- A leadership message, or anything that somebody of top management sent, to all staff.
SELECT c.id, c.sent_on
FROM sent c
WHERE c.audience = 'all staff'
  AND (c.kind = 'leadership message'
       OR EXISTS (SELECT 1 FROM approver a WHERE a.id = c.sender AND c.sent_on <= a.until_on))

-- check: message-none
-- severity: error
-- requirement: 5.1.d
-- finds: no leadership message to all staff in the last 12 months
-- remedy: send one and record it
-- register: communication
-- field: kind
-- message: No leadership message went to all staff since {since}
SELECT '-' AS record, add_months(:today, -12) AS since
WHERE NOT EXISTS (SELECT 1 FROM leadership_message WHERE sent_on >= add_months(:today, -12))
-- basis: {examined} leadership messages in the last 12 months, the newest on {newest}
SELECT count(*) AS examined, max(sent_on) AS newest, max(id) AS id
FROM leadership_message
WHERE sent_on >= add_months(:today, -12)

-- check: awareness-none
-- severity: warning
-- requirement: 7.3.a
-- finds: no campaign or briefing in the last 12 months
-- remedy: plan one
-- register: communication
-- field: kind
-- message: No campaign or briefing went out since {since}
SELECT '-' AS record, add_months(:today, -12) AS since
WHERE NOT EXISTS (SELECT 1 FROM sent
                  WHERE kind IN ('campaign', 'briefing') AND sent_on >= add_months(:today, -12))
-- basis: {examined} campaigns and briefings in the last 12 months, the newest on {newest}
SELECT count(*) AS examined, max(sent_on) AS newest, max(id) AS id
FROM sent
WHERE kind IN ('campaign', 'briefing') AND sent_on >= add_months(:today, -12)

-- check: communication-overdue
-- severity: warning
-- requirement: 7.4.b
-- finds: a planned communication past its date and not sent
-- remedy: send it
-- register: communication
-- field: sent_on
-- message: {record} was to go out on {planned_on}
SELECT key_part(ref) AS record, id, planned_on
FROM communication
WHERE planned_on < :today AND sent_on IS NULL
-- basis: {good} of {examined} planned communications are sent or still to come[; late: {records}]
SELECT count(planned_on) AS examined FROM communication
