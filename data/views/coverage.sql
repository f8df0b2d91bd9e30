-- column: Course, 40, grow
-- column: For, 16
-- column: Need it, 8, right
-- column: Hold it, 8, right
-- column: Share, 6, right
-- empty: Courses with who holds them show here. Tab goes to Courses, a adds one.
--
-- How many of those who need a course hold a completion that still counts. Present people of the own organisation; for
-- courses of roles the present holders of the roles in role_course.
WITH present AS (
    SELECT id, organisation, top_management FROM person
     WHERE (joined_on IS NULL OR joined_on <= :today) AND (left_on IS NULL OR left_on >= :today)
),
leaders AS (
    SELECT id FROM present WHERE top_management = 'yes'
    UNION
    SELECT present.id FROM present JOIN role ON role.holder = present.id AND role.kind = 'top management'
),
needed AS (
    SELECT course.id AS course, present.id AS person FROM course JOIN present
     WHERE course.audience = 'everyone' AND present.organisation IS NULL
    UNION
    SELECT course.id, leaders.id FROM course JOIN leaders WHERE course.audience = 'top management'
    UNION
    SELECT role_course.course, present.id
      FROM role_course JOIN role ON role.id = role_course.role JOIN present ON present.id = role.holder
),
counted AS (
    SELECT needed.course,
           count(*) AS needing,
           sum(EXISTS (SELECT 1 FROM training
                         JOIN course ON course.id = training.course
                        WHERE training.course = needed.course AND training.person = needed.person
                          AND training.completed_on IS NOT NULL
                          AND (course.valid_months IS NULL
                               OR date(training.completed_on, '+' || course.valid_months || ' months') >= :today))) AS holding
      FROM needed GROUP BY needed.course
)
SELECT course.ref || '  ' || course.title,
       course.audience,
       coalesce(needing, 0),
       coalesce(holding, 0),
       CASE WHEN needing > 0 THEN CAST(100 * holding / needing AS INTEGER) || '%' END,
       'course' AS register,
       course.id AS id,
       CASE WHEN needing IS NULL THEN NULL WHEN holding = needing THEN 'good'
            WHEN 10 * holding >= 9 * needing THEN 'warning' ELSE 'bad' END AS mark,
       0 AS heading
  FROM course LEFT JOIN counted ON counted.course = course.id
 ORDER BY course.ref
