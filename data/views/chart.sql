-- column: Role, 44, grow
-- column: Holder, 22
-- column: Deputy, 18
-- empty: Roles with their reporting lines show here as a tree. Tab goes to Roles, a adds one.
--
-- The reporting lines as a tree; roles whose line runs in a circle come last.
WITH RECURSIVE line AS (
    SELECT role.id, 0 AS depth, role.ref AS path
      FROM role WHERE reports_to IS NULL
    UNION ALL
    SELECT role.id, line.depth + 1, line.path || '/' || role.ref
      FROM line JOIN role ON role.reports_to = line.id
     WHERE line.depth < 100
),
placed AS (
    SELECT id, depth, path FROM line
    UNION ALL
    SELECT id, 0, char(0x10FFFD) || ref FROM role WHERE id NOT IN (SELECT id FROM line)
)
SELECT substr('                                                            ', 1, 3 * depth) || role.ref || '  ' || role.title,
       coalesce(holder.name, CASE role.kind WHEN 'group' THEN '' ELSE 'vacant' END),
       coalesce(deputy.name, ''),
       'role' AS register,
       role.id AS id,
       CASE WHEN path LIKE char(0x10FFFD) || '%' THEN 'bad'
            WHEN holder.id IS NULL AND role.kind <> 'group' THEN 'open' END AS mark,
       0 AS heading
  FROM placed
  JOIN role ON role.id = placed.id
  LEFT JOIN person AS holder ON holder.id = role.holder
  LEFT JOIN person AS deputy ON deputy.id = role.deputy
 ORDER BY path
