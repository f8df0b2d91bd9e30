-- Who needs a course: those who lack it first, top management before the others, and what stands of it for each.
SELECT p.id, p.name, p.department, l.id IS NOT NULL, n.held,
       (SELECT max(t.completed_on) FROM completion t WHERE t.person = p.id AND t.course = :course),
       (SELECT max(t.counts_until) FROM completion t WHERE t.person = p.id AND t.course = :course),
       (SELECT min(t.due_on) FROM training t
        WHERE t.person = p.id AND t.course = :course AND t.completed_on IS NULL)
FROM training_need n
JOIN person p ON p.id = n.person
LEFT JOIN leader l ON l.id = p.id
WHERE n.course = :course
ORDER BY n.held, l.id IS NULL, p.department IS NULL, p.department, p.name
