-- The actions in the order of the board: those that wait longest first. A done action waits for the look whether it
-- worked.
SELECT id, ref, title, status, owner, day, source, source_ref,
       day < :today AND status IN ('open', 'in progress', 'done') AS is_late,
       CAST(julianday(:today) - julianday(day) AS INTEGER) AS days_late
FROM (SELECT action.id, action.ref, action.title, coalesce(action.status, 'open') AS status,
             coalesce(role.ref || coalesce(' (' || holder.name || ')', ''), person.name) AS owner,
             CASE WHEN action.status = 'done' THEN coalesce(action.verify_due_on, date(action.done_on, '+90 days'))
                  WHEN action.status IN ('verified', 'closed') THEN coalesce(action.verified_on, action.done_on)
                  ELSE action.due_on END AS day,
             action.source, action.source_ref
      FROM action
      LEFT JOIN role ON role.id = action.owner
      LEFT JOIN person AS holder ON holder.id = role.holder
      LEFT JOIN person ON person.id = action.owner)
ORDER BY is_late IS NOT 1, iif(status IN ('verified', 'closed', 'cancelled'), NULL, coalesce(day, '9999')), day DESC, ref
