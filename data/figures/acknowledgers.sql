-- Who should acknowledge the policy :policy, and what each has acknowledged: whoever has not stands
-- first, and there top management first. `counts` is a version in force with no material change since;
-- `had` is one that no longer counts. Whoever joined lately is not due yet.
SELECT w.person, p.name, p.department, w.person IN (SELECT id FROM leader) AS is_leader,
       (SELECT a.version || ' on ' || a.acknowledged_on
        FROM counting_version c JOIN acknowledgement a
          ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE AND a.person = w.person
        WHERE c.policy = :policy
        ORDER BY a.acknowledged_on DESC LIMIT 1) AS counts,
       (SELECT a.version FROM acknowledgement a
        WHERE a.policy = :policy AND a.person = w.person
        ORDER BY a.acknowledged_on DESC LIMIT 1) AS had,
       w.is_due
FROM (SELECT e.id AS person, e.id IN (SELECT id FROM due_person) AS is_due
      FROM everyone e JOIN policy q ON q.id = :policy AND q.must_acknowledge = 'everyone'
      UNION ALL
      SELECT m.person, m.is_due FROM audience_member m WHERE m.policy = :policy) w
JOIN person p ON p.id = w.person
ORDER BY counts IS NOT NULL, is_leader DESC, w.is_due DESC, p.department, p.name
