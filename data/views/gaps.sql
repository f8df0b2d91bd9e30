-- column: What is missing or late, 46, grow
-- column: Record, 16
-- column: Since, 10
-- empty: Nothing is missing or late by the registers' own facts. Walk the checklist with 5 to look further.
--
-- The registers' own facts, the heaviest first.
WITH gap AS (
    SELECT 1 AS weight, 'No organisation is named' AS what, '-' AS record, NULL AS since, 'workbook' AS register, id
      FROM workbook WHERE organisation IS NULL OR scope IS NULL
    UNION ALL
    SELECT 0, 'Nobody is marked as top management', '-', NULL, NULL, NULL
     WHERE NOT EXISTS (SELECT 1 FROM person WHERE top_management = 'yes')
    UNION ALL
    SELECT 0, 'Activity without an A: ' || title, ref, NULL, 'activity', id
      FROM activity
     WHERE NOT EXISTS (SELECT 1 FROM responsibility
                        WHERE responsibility.activity = activity.id AND responsibility.code IN ('A', 'A/R'))
    UNION ALL
    SELECT 0, 'Activity without an R: ' || title, ref, NULL, 'activity', id
      FROM activity
     WHERE NOT EXISTS (SELECT 1 FROM responsibility
                        WHERE responsibility.activity = activity.id AND responsibility.code IN ('R', 'A/R'))
    UNION ALL
    SELECT 0, 'Role without a holder: ' || title, ref, NULL, 'role', id
      FROM role
     WHERE kind <> 'group' AND holder IS NULL
       AND EXISTS (SELECT 1 FROM responsibility WHERE responsibility.role = role.id AND responsibility.code <> 'I')
    UNION ALL
    SELECT 0, 'Policy review late: ' || title, ref, next_review_on, 'policy', id
      FROM policy WHERE next_review_on < :today
    UNION ALL
    SELECT 1, 'Action late: ' || title, ref, due_on, 'action', id
      FROM action WHERE status IN ('open', 'in progress') AND due_on < :today
    UNION ALL
    SELECT 1, 'Training late: ' || person.name || ', ' || course.title, course.ref, due_on, 'training', training.id
      FROM training JOIN person ON person.id = training.person JOIN course ON course.id = training.course
     WHERE completed_on IS NULL AND due_on < :today
    UNION ALL
    SELECT 1, 'Objective late: ' || title, ref, due_on, 'objective', id
      FROM objective WHERE status IN ('not started', 'on track', 'at risk', 'off track') AND due_on < :today
    UNION ALL
    SELECT 1, 'Review not held: ' || title, ref, planned_on, 'review', id
      FROM review WHERE held_on IS NULL AND planned_on < :today
)
SELECT what, record, since, register, id,
       CASE weight WHEN 0 THEN 'bad' ELSE 'warning' END AS mark,
       0 AS heading
  FROM gap
 ORDER BY weight, since IS NULL, since, what
 LIMIT 2000
