-- words: yes
-- column: Course and who needs it, 34, grow
-- column: Need it, 7, right
-- column: Hold it, 7, right
-- column: Share, 5, right
-- column: , 12, bar
-- page: learners
-- empty: Courses with who holds them show here. Tab goes to Courses, a adds one.
--
-- How many of those who need a course hold a completion that still counts: all of them, top management, and each
-- department. Who needs what is a word of the checks.
SELECT title, needing, holding, iif(needing > 0, CAST(100 * holding / needing AS INTEGER) || '%', NULL),
       iif(needing > 0, 1.0 * holding / needing, NULL), 'course' AS register, course AS id,
       CASE WHEN needing = 0 THEN 'open' WHEN holding = needing THEN 'good'
            WHEN 10 * holding >= 9 * needing THEN 'warning' ELSE 'bad' END AS mark,
       0 AS heading
FROM (SELECT c.id AS course, c.ref AS place, 0 AS level, '' AS part, c.ref || '  ' || c.title AS title,
             count(n.person) AS needing, coalesce(sum(n.held), 0) AS holding
      FROM course c LEFT JOIN training_need n ON n.course = c.id
      GROUP BY c.id
      UNION ALL
      SELECT c.id, c.ref, g.level, g.part, '    ' || g.part, count(*), sum(g.held)
      FROM (SELECT n.course, 1 AS level, 'Top management' AS part, n.held
            FROM training_need n JOIN leader l ON l.id = n.person
            UNION ALL
            SELECT n.course, 2, coalesce(p.department, 'No department'), n.held
            FROM training_need n JOIN person p ON p.id = n.person) g
      JOIN course c ON c.id = g.course
      GROUP BY c.id, g.level, g.part)
ORDER BY place, level, part
