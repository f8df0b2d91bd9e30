-- What a person holds, answers for, approved, acknowledged and learned, for the person's page. Duties that
-- stand with a role count for its holder.
SELECT label, value, register, id, heading
FROM (
    WITH party(id) AS (SELECT :id UNION SELECT r.id FROM role r WHERE r.holder = :id),
    item(section, rank, label, value, register, id) AS (
        SELECT 1, 1, r.ref, r.title || coalesce(', accepted on ' || r.accepted_on, ', not accepted yet'),
               'role', r.id
        FROM role r WHERE r.holder = :id
        UNION ALL
        SELECT 1, 2, r.ref, r.title || ', as deputy', 'role', r.id FROM role r WHERE r.deputy = :id
        UNION ALL
        SELECT 2, 1, a.ref, a.title || ' (' || c.code || ' as ' || r.ref || ')', 'activity', a.id
        FROM responsibility c JOIN role r ON r.id = c.role AND r.holder = :id
        JOIN activity a ON a.id = c.activity
        WHERE c.code IN ('A', 'A/R')
        UNION ALL
        SELECT 2, 2, p.ref, p.title || ', owner', 'policy', p.id
        FROM live_policy l JOIN policy p ON p.id = l.id WHERE p.owner IN (SELECT id FROM party)
        UNION ALL
        SELECT 2, 3, j.ref, j.title || ', ' || o.status, 'objective', j.id
        FROM open_objective o JOIN objective j ON j.id = o.id WHERE o.owner IN (SELECT id FROM party)
        UNION ALL
        SELECT 2, 4, k.ref, k.title, 'kpi', k.id FROM kpi k WHERE k.owner IN (SELECT id FROM party)
        UNION ALL
        SELECT 2, 5, a.ref, a.title || coalesce(iif(o.due_on < :today, ', overdue since ', ', due ')
                                                || o.due_on, ''), 'action', a.id
        FROM open_action o JOIN action a ON a.id = o.id WHERE o.owner IN (SELECT id FROM party)
        UNION ALL
        SELECT 3, 1, p.ref || ' ' || v.version, p.title || coalesce(', on ' || v.approved_on, ''),
               'policy_version', v.id
        FROM policy_version v JOIN policy p ON p.id = v.policy WHERE v.approved_by = :id
        UNION ALL
        SELECT 3, 2, o.ref, o.title || coalesce(', on ' || o.approved_on, ''), 'objective', o.id
        FROM objective o WHERE o.approved_by = :id
        UNION ALL
        SELECT 3, 3, s.ref, s.title || coalesce(', on ' || s.approved_on, ''), 'resource', s.id
        FROM resource s WHERE s.approved_by = :id
        UNION ALL
        -- What everyone must read comes first where it is still to be read.
        SELECT 4, 1, e.ref || ' ' || e.version, 'not acknowledged yet', 'policy', e.id
        FROM expected_policy e
        WHERE (EXISTS (SELECT 1 FROM due_person d WHERE d.id = :id AND e.must_acknowledge = 'everyone')
               OR EXISTS (SELECT 1 FROM audience_person a
                          WHERE a.policy = e.id AND a.person = :id
                            AND e.must_acknowledge = 'audience'))
          AND NOT EXISTS (SELECT 1 FROM counting_version c JOIN acknowledgement a
                            ON a.policy = c.policy AND a.version = c.version COLLATE NOCASE
                          WHERE c.policy = e.id AND a.person = :id)
        UNION ALL
        SELECT 4, 2, p.ref || ' ' || a.version, p.title || ', on ' || a.acknowledged_on,
               'acknowledgement', a.id
        FROM acknowledgement a JOIN policy p ON p.id = a.policy WHERE a.person = :id
        UNION ALL
        SELECT 5, 1, c.ref, c.title || ': needed and not held', 'course', c.id
        FROM training_need n JOIN course c ON c.id = n.course WHERE n.person = :id AND NOT n.held
        UNION ALL
        SELECT 5, 2, c.ref,
               t.completed_on
               || CASE t.counts_until WHEN '9999-12-31' THEN ''
                                      ELSE iif(t.counts_until < :today, ', counted until ',
                                               ', counts until ') || t.counts_until END
               || '  ' || c.title,
               'training', t.id
        FROM completion t JOIN course c ON c.id = t.course WHERE t.person = :id)
    SELECT section, rank, label, value, register, id, 0 AS heading FROM item
    UNION ALL
    SELECT DISTINCT section, 0,
           CASE section WHEN 1 THEN 'Holds' WHEN 2 THEN 'Answers for' WHEN 3 THEN 'Approved'
                        WHEN 4 THEN 'Acknowledged' ELSE 'Learned' END,
           NULL, NULL, NULL, 1
    FROM item)
ORDER BY section, rank, label, value
