-- column: Due, 12
-- column: When, 14
-- column: What, 40, grow
-- column: Record, 14
-- empty: Nothing falls due: policies, reviews, actions, training and objectives with a date show here.
--
-- All that falls due, from the registers' own dates.
WITH due AS (
    SELECT next_review_on AS day, 'Review the policy: ' || title AS what, ref AS record, 'policy' AS register, id
      FROM policy WHERE next_review_on IS NOT NULL
    UNION ALL
    SELECT planned_on, 'Hold: ' || title, ref, 'review', id FROM review WHERE held_on IS NULL AND planned_on IS NOT NULL
    UNION ALL
    SELECT due_on, 'Action: ' || title, ref, 'action', id
      FROM action WHERE status IN ('open', 'in progress') AND due_on IS NOT NULL
    UNION ALL
    SELECT coalesce(verify_due_on, date(done_on, '+90 days')), 'Verify: ' || title, ref, 'action', id
      FROM action WHERE status = 'done' AND done_on IS NOT NULL
    UNION ALL
    SELECT due_on, 'Training: ' || person.name || ', ' || course.title, course.ref, 'training', training.id
      FROM training JOIN person ON person.id = training.person JOIN course ON course.id = training.course
     WHERE completed_on IS NULL
    UNION ALL
    SELECT planned_on, 'Send: ' || title, ref, 'communication', id
      FROM communication WHERE sent_on IS NULL AND planned_on IS NOT NULL
    UNION ALL
    SELECT due_on, 'Objective: ' || title, ref, 'objective', id
      FROM objective WHERE status IN ('not started', 'on track', 'at risk', 'off track') AND due_on IS NOT NULL
    UNION ALL
    SELECT due_on, 'Decision: ' || title, ref, 'decision', id FROM decision WHERE due_on IS NOT NULL AND action IS NULL
    UNION ALL
    SELECT expires_on, 'Evidence expires: ' || title, ref, 'evidence', id FROM evidence WHERE expires_on IS NOT NULL
    UNION ALL
    SELECT starts_on, 'Round begins: ' || title, ref, 'audit', id FROM audit WHERE starts_on >= :today
    UNION ALL
    SELECT until_on, 'Set aside until then: ' || "check", record, 'exception', id FROM exception WHERE until_on >= :today
)
SELECT day,
       CASE WHEN day < :today THEN CAST(julianday(:today) - julianday(day) AS INTEGER) || ' days late'
            WHEN day = :today THEN 'today'
            ELSE 'in ' || CAST(julianday(day) - julianday(:today) AS INTEGER) || ' days' END,
       what, record, register, id,
       CASE WHEN day < :today THEN 'bad' WHEN day <= date(:today, '+30 days') THEN 'warning' END AS mark,
       0 AS heading
  FROM due
 ORDER BY day, what
 LIMIT 2000
