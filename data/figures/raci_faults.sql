-- What an auditor would see at a glance in each line of the matrix, the weightiest first, as the checks
-- count it: raci-no-accountable, -two-accountable, -no-responsible, -vacant-accountable and
-- -auditor-independence. Lines in order have no row.
SELECT id, text
FROM (SELECT t.id, t.ref,
             CASE WHEN t.id NOT IN (SELECT activity FROM accountable_cell) THEN 'no A'
                  WHEN (SELECT count(*) FROM accountable_cell a WHERE a.activity = t.id) > 1 THEN 'two A'
                  WHEN t.id NOT IN (SELECT activity FROM responsible_cell) THEN 'no R'
                  WHEN EXISTS (SELECT 1 FROM accountable_cell a JOIN single_role r ON r.id = a.role
                               WHERE a.activity = t.id
                                 AND NOT EXISTS (SELECT 1 FROM present p WHERE p.id = r.holder))
                  THEN 'vacant A'
                  WHEN t.id IN (SELECT audit FROM own_work) THEN 'own work'
             END AS text
      FROM activity t)
WHERE text IS NOT NULL
ORDER BY ref, id
