-- Every objective with what its KPIs say against its status, and the letters of 6.2 that an open one
-- still lacks, each as its check has it. g, being on record, holds for all that stands here.
SELECT o.id, o.ref, o.title, o.status, o.due_on, p.id IS NOT NULL AS is_open, c.kpis,
       iif(p.policy IS NULL, 'a', '')
       || iif((p.evaluation IS NULL AND NOT EXISTS (SELECT 1 FROM kpi k WHERE k.objective = p.id))
              OR EXISTS (SELECT 1 FROM kpi k
                         WHERE k.objective = p.id
                           AND CASE k.direction WHEN 'within' THEN k.lower IS NULL OR k.upper IS NULL
                                                ELSE k.target IS NULL END), 'b', '')
       || iif(p.risk IS NULL AND p.obligation IS NULL, 'c', '')
       || iif(c.id IS NOT NULL
              OR EXISTS (SELECT 1 FROM watched_kpi w JOIN kpi k ON k.id = w.id
                         WHERE k.objective = p.id
                           AND date(w.since, '+' || w.days || ' days') < :today), 'd', '')
       || iif(p.communicated_on IS NULL AND p.status <> 'not started', 'e', '')
       || iif(p.due_on < :today
              OR add_months(coalesce(p.reviewed_on, p.approved_on, p.starts_on, created_on(p.id)),
                            p.review_months) < :today, 'f', '')
       || iif(p.plan IS NULL, 'h', '')
       || iif(p.resources IS NULL, 'i', '')
       || iif(p.owner IS NULL, 'j', '')
       || iif(p.due_on IS NULL, 'k', '')
       || iif(p.evaluation IS NULL, 'l', '') AS lacks,
       (SELECT count(*) FROM action a WHERE a.objective = o.id) AS steps,
       (SELECT count(*) FROM action a
        WHERE a.objective = o.id AND a.status IN ('done', 'verified', 'closed')) AS steps_done
FROM objective o
LEFT JOIN open_objective p ON p.id = o.id
LEFT JOIN contradicted_objective c ON c.id = o.id
ORDER BY o.ref
