-- column: Person, 26, grow
-- column: Roles, 6, right
-- column: No deputy, 10, right
-- column: A, 4, right
-- column: Policies, 9, right
-- column: Objectives, 11, right
-- column: Actions, 8, right
-- page: succession
-- empty: Whoever holds a role, owns a policy or has an action shows here with all that falls without them.
--
-- What falls without a person: held roles, those without a deputy, activities answered for, and what is owned in person.
WITH held AS (
    SELECT person.id AS person,
           (SELECT count(*) FROM role WHERE role.holder = person.id) AS roles,
           (SELECT count(*) FROM role
             WHERE role.holder = person.id AND (role.deputy IS NULL OR role.deputy = person.id)) AS alone,
           (SELECT count(*) FROM responsibility JOIN role ON role.id = responsibility.role
             WHERE role.holder = person.id AND responsibility.code IN ('A', 'A/R')) AS accountable,
           (SELECT count(*) FROM policy
             WHERE owner = person.id OR owner IN (SELECT id FROM role WHERE holder = person.id)) AS policies,
           (SELECT count(*) FROM objective
             WHERE owner = person.id OR owner IN (SELECT id FROM role WHERE holder = person.id)) AS objectives,
           (SELECT count(*) FROM action
             WHERE status IN ('open', 'in progress')
               AND (owner = person.id OR owner IN (SELECT id FROM role WHERE holder = person.id))) AS actions
      FROM person
     WHERE person.left_on IS NULL OR person.left_on >= :today
)
SELECT person.name, roles, alone, accountable, policies, objectives, actions,
       'person' AS register,
       person.id AS id,
       CASE WHEN alone > 0 THEN 'warning' END AS mark,
       0 AS heading
  FROM held JOIN person ON person.id = held.person
 WHERE roles + policies + objectives + actions > 0
 ORDER BY alone DESC, accountable DESC, roles DESC, person.name
