-- column: Action, 40, grow, whole
-- column: Owner, 12
-- column: Due, 10
-- column: Source, 16
-- empty: Corrective actions and improvements show here by status. Tab goes to List, a adds one.
--
-- Actions under a heading per status, the overdue ones first.
WITH status(word, place) AS (
    VALUES ('open', 1), ('in progress', 2), ('done', 3), ('verified', 4), ('closed', 5), ('cancelled', 6)
)
SELECT title, owner, due, source, register, id, mark, heading FROM (
    SELECT upper(substr(word, 1, 1)) || substr(word, 2) || '  ' ||
           (SELECT count(*) FROM action WHERE action.status = word) AS title,
           NULL AS owner, NULL AS due, NULL AS source, NULL AS register, NULL AS id, NULL AS mark, 1 AS heading,
           place, '' AS day
      FROM status
     WHERE EXISTS (SELECT 1 FROM action WHERE action.status = word)
    UNION ALL
    SELECT action.ref || '  ' || action.title,
           coalesce(role.ref, person.name),
           action.due_on,
           action.source,
           'action', action.id,
           CASE WHEN action.status IN ('open', 'in progress') AND action.due_on < :today THEN 'bad' END,
           0, place, coalesce(action.due_on, '9999')
      FROM action
      JOIN status ON status.word = action.status
      LEFT JOIN role ON role.id = action.owner
      LEFT JOIN person ON person.id = action.owner
)
 ORDER BY place, heading DESC, day, title
