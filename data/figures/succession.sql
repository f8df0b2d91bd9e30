-- Everything that falls without the person :person, the heaviest first: roles held and stood in for, what
-- they answer for, what they own in person or through a role, what they approved. `field` is what a
-- hand-over changes (NULL: nothing of its own, it goes with the role in `through`), `successor` who is
-- proposed: the deputy of the role, and for what is owned in person the deputy of the weightiest role held.
SELECT 0 AS kind, 'role' AS register, r.id, 'holder' AS field, r.ref, r.title, d.id AS successor,
       NULL AS through, NULL AS through_ref
FROM role r LEFT JOIN present d ON d.id = r.deputy AND d.id <> :person
WHERE r.holder = :person
UNION ALL
SELECT 1, 'role', r.id, 'deputy', r.ref, r.title, NULL, NULL, NULL
FROM role r
WHERE r.deputy = :person AND r.holder IS NOT :person
UNION ALL
SELECT 2, 'activity', t.id, NULL, t.ref, t.title, NULL, r.id, r.ref
FROM accountable_cell a JOIN role r ON r.id = a.role AND r.holder = :person
JOIN activity t ON t.id = a.activity
UNION ALL
SELECT o.kind, o.register, o.id, iif(r.id IS NULL, 'owner', NULL), o.ref, o.title,
       iif(r.id IS NULL,
           (SELECT d.id FROM role q JOIN present d ON d.id = q.deputy
            WHERE q.holder = :person AND d.id <> :person
            ORDER BY q.key_role IS 'yes' DESC, q.id LIMIT 1), NULL),
       r.id, r.ref
FROM (SELECT 3 AS kind, 'policy' AS register, p.id, p.ref, q.title, p.owner
      FROM live_policy p JOIN policy q ON q.id = p.id
      UNION ALL
      SELECT 4, 'objective', id, ref, title, owner FROM objective
      WHERE status IN ('not started', 'on track', 'at risk', 'off track')
      UNION ALL
      SELECT 5, 'kpi', id, ref, title, owner FROM kpi
      UNION ALL
      SELECT 6, 'action', id, ref, title, owner FROM action
      WHERE status IN ('open', 'in progress')) o
LEFT JOIN role r ON r.id = o.owner
WHERE o.owner = :person OR r.holder = :person
UNION ALL
SELECT 7, 'policy_version', v.id, NULL, p.ref || ' ' || v.version, q.title, NULL, NULL, NULL
FROM approved_version v JOIN live_policy p ON p.id = v.policy JOIN policy q ON q.id = p.id
WHERE v.approved_by = :person
ORDER BY 1, 5
