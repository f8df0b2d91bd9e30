-- Every KPI with its newest value, colour and target, as the checks count them (data/checks/words.sql).
SELECT k.id, k.objective, k.ref, k.title, k.unit, k.direction, k.source = 'measured' AS is_measured,
       k.target, k.lower, k.upper, v.value, v.measured_on, s.bar, s.colour,
       w.id IS NOT NULL AND date(w.since, '+' || w.days || ' days') < :today AS is_late,
       coalesce((o.status = 'on track' AND s.colour = 'red')
                OR (o.status = 'off track' AND s.colour = 'green')
                OR (o.status = 'achieved' AND NOT s.is_met)
                OR (o.status = 'not achieved' AND s.is_met), 0)
           AND c.id IS NOT NULL AS contradicts
FROM kpi k
LEFT JOIN kpi_value v ON v.id = k.id
LEFT JOIN kpi_status s ON s.id = k.id
LEFT JOIN watched_kpi w ON w.id = k.id
LEFT JOIN objective o ON o.id = k.objective
LEFT JOIN contradicted_objective c ON c.id = o.id
ORDER BY k.ref
