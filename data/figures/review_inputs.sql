-- What the workbook knows for each input of a management review (9.3.2) on the day, a line a row. What
-- happened "since" counts from the newest management review held, else from a year ago.
SELECT input, line FROM (
    -- Decisions of the newest review and where they stand; then older ones whose action is still open.
    SELECT 'a previous actions' AS input, d.review <> n.id AS rank, d.ref AS place,
           d.ref || ' ' || d.title || ': '
           || coalesce(a.ref || ' ' || a.status || iif(o.due_on < :today, ', due ' || o.due_on, ''),
                       s.ref || ', resources', iif(d.category = 'risk acceptance', 'in force', 'no action'))
           AS line
    FROM newest_review n JOIN held_review h JOIN decision d ON d.review = h.id
    LEFT JOIN action a ON a.id = d.action
    LEFT JOIN open_action o ON o.id = d.action
    LEFT JOIN resource s ON s.id = d.resource
    WHERE d.review = n.id OR o.id IS NOT NULL
    UNION ALL
    -- What changed outside: duties looked at since with a note of what was found.
    SELECT 'b issues', 1, b.ref, 'Outside: ' || b.ref || ' ' || b.title || ': ' || b.note
    FROM obligation b
    WHERE b.note IS NOT NULL
      AND b.reviewed_on >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    -- And inside: who took a role, who came to or left the leadership, which policies changed in substance.
    SELECT 'b issues', 2, r.ref,
           'Inside: ' || r.ref || ' ' || r.title || ' given to ' || coalesce(p.name, 'nobody') || ' on ' || r.assigned_on
    FROM role r LEFT JOIN person p ON p.id = r.holder
    WHERE r.assigned_on <= :today
      AND r.assigned_on >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    SELECT 'b issues', 3, p.left_on, 'Inside: ' || p.name || ' left on ' || p.left_on
    FROM person p
    WHERE p.left_on <= :today
      AND p.left_on >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    SELECT 'b issues', 4, v.approved_on,
           'Inside: ' || q.ref || ' ' || q.title || ' ' || v.version || ' approved on ' || v.approved_on
           || coalesce(': ' || v.change_summary, '')
    FROM policy_version v JOIN policy q ON q.id = v.policy
    WHERE v.material_change = 'yes' AND v.approved_on <= :today
      AND v.approved_on >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    SELECT 'b issues', 5, a.raised_on, 'Inside: incident ' || a.ref || ' ' || a.title || ' of ' || a.raised_on
    FROM action a
    WHERE a.source = 'incident' AND a.raised_on <= :today
      AND a.raised_on >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    -- Duties that are new or were looked at since, and how many wait for that.
    SELECT 'c interested parties', 1, b.ref, b.ref || ' ' || b.title || ': checked on ' || b.reviewed_on
    FROM obligation b
    WHERE b.reviewed_on >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    SELECT 'c interested parties', 2, '',
           count(*) || ' of ' || (SELECT count(*) FROM obligation)
           || ' duties were not checked for changes in the last 12 months'
    FROM obligation
    WHERE coalesce(reviewed_on, '') < add_months(:today, -12)
    HAVING count(*) > 0
    UNION ALL
    -- Nonconformities of two years whose action is neither verified nor closed.
    SELECT 'd1 nonconformities', 1, f.record,
           f.record || ' ' || f.grade || ': '
           || coalesce((SELECT group_concat(a.ref || ' ' || a.status, ', ')
                        FROM action a WHERE a.source_ref = f.record COLLATE NOCASE
                          AND a.status <> 'cancelled'), 'no action yet')
    FROM nonconformity f JOIN assessment t ON t.id = f.id
    WHERE coalesce(t.assessed_on, :today) >= add_months(:today, -24)
      AND NOT EXISTS (SELECT 1 FROM action a WHERE a.source_ref = f.record COLLATE NOCASE
                        AND a.status IN ('verified', 'closed'))
    UNION ALL
    SELECT 'd2 measurements', 1, k.ref,
           k.ref || ' ' || k.title || ': ' || plain(round(v.value, 2)) || coalesce(' ' || k.unit, '')
           || ' on ' || v.measured_on
           || coalesce(', ' || s.colour || ' (' ||
                       CASE k.direction WHEN 'within' THEN plain(k.lower) || ' to ' || plain(k.upper)
                                        ELSE 'target ' || plain(k.target) END || ')', '')
    FROM kpi k JOIN kpi_value v ON v.id = k.id LEFT JOIN kpi_status s ON s.id = k.id
    UNION ALL
    SELECT 'd3 audit results', 1, r.starts_on,
           r.ref || ' ' || r.kind || ', ' || r.auditor || ', '
           || coalesce(r.conclusion, iif(r.closed_on IS NULL, 'still open', 'closed')) || ': '
           || (SELECT count(*) FROM assessment t
               WHERE t.audit = r.id AND t.grade IN ('major nonconformity', 'minor nonconformity',
                                                    'area of concern'))
           || ' nonconformities, '
           || (SELECT count(*) FROM assessment t
               WHERE t.audit = r.id AND t.grade IN ('observation', 'opportunity'))
           || ' observations and opportunities'
    FROM audit r
    WHERE r.kind <> 'supplier' AND r.starts_on <= :today
      AND coalesce(r.closed_on, :today)
          >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    SELECT 'd4 objectives', 1, o.ref,
           o.ref || ' ' || j.title || ': ' || o.status || coalesce(', due ' || o.due_on, '')
           || iif(o.due_on < :today, ' (past)', '')
           || coalesce(', but ' || c.kpis, '')
    FROM open_objective o JOIN objective j ON j.id = o.id
    LEFT JOIN contradicted_objective c ON c.id = o.id
    UNION ALL
    SELECT 'e feedback', 1, a.raised_on,
           a.ref || ' ' || a.title || coalesce(', from ' || a.raised_by, '') || ': ' || a.status
    FROM action a
    WHERE a.source = 'feedback'
      AND a.raised_on >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    SELECT 'e feedback', 2, m.sent_on, m.ref || ' ' || m.title || ': ' || m.feedback
    FROM communication m
    WHERE m.feedback IS NOT NULL AND m.sent_on <= :today
      AND m.sent_on >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
    UNION ALL
    -- Risks that were accepted, and what is done about others.
    SELECT 'f risks', 1, d.ref,
           d.ref || ' ' || d.title || ': accepted'
           || coalesce(iif(d.due_on < :today, ', ended ', ', until ') || d.due_on, '')
    FROM decision d JOIN held_review h ON h.id = d.review
    WHERE d.category = 'risk acceptance'
    UNION ALL
    SELECT 'f risks', 2, a.ref, a.ref || ' ' || a.title || ': ' || a.status
    FROM action a JOIN open_action o ON o.id = a.id
    WHERE a.source IN ('risk', 'incident')
    UNION ALL
    SELECT 'f risks', 3, o.ref, o.risk || ' (' || o.ref || ', ' || o.status || ')'
    FROM open_objective o
    WHERE o.risk IS NOT NULL
    UNION ALL
    SELECT 'g improvement', 1, l.record, l.record || ' ' || l.grade || ': ' || l.note
    FROM round_line l JOIN assessment t ON t.id = l.id
    WHERE l.grade IN ('observation', 'opportunity') AND l.round_kind <> 'supplier'
      AND coalesce(t.assessed_on, :today)
          >= coalesce((SELECT held_on FROM newest_review), add_months(:today, -12))
)
ORDER BY input, rank, place
