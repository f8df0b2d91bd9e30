-- column: Objective or KPI, 28, grow, whole
-- column: Newest, 9, right
-- column: Target, 9, right
-- column: Unit, 8
-- column: Status, 12
-- column: Due, 10
-- empty: Objectives with their KPIs show here. Tab goes to Objectives, a adds one.
--
-- Each objective with its KPIs below it: the newest value beside the target. KPIs of no objective come last.
WITH newest AS (
    SELECT kpi.id AS kpi,
           (SELECT value FROM measurement WHERE measurement.kpi = kpi.id ORDER BY measured_on DESC LIMIT 1) AS value,
           (SELECT max(measured_on) FROM measurement WHERE measurement.kpi = kpi.id) AS day
      FROM kpi
)
SELECT title, newest, target, unit, status, due, register, id, mark, heading FROM (
    SELECT objective.ref || '  ' || objective.title AS title,
           NULL AS newest, NULL AS target, NULL AS unit,
           objective.status AS status,
           objective.due_on AS due,
           'objective' AS register,
           objective.id AS id,
           CASE WHEN objective.status IN ('not started', 'on track', 'at risk', 'off track')
                 AND objective.due_on < :today THEN 'bad'
                WHEN objective.status = 'achieved' THEN 'good'
                WHEN objective.status IN ('at risk', 'off track') THEN 'warning' END AS mark,
           0 AS heading,
           objective.ref AS place,
           '' AS below
      FROM objective
    UNION ALL
    SELECT '   ' || kpi.ref || '  ' || kpi.title,
           CASE WHEN newest.value IS NOT NULL THEN printf('%.12g', newest.value) END,
           CASE kpi.direction WHEN 'up' THEN '>= ' || printf('%.12g', kpi.target)
                              WHEN 'down' THEN '<= ' || printf('%.12g', kpi.target)
                              ELSE printf('%.12g', kpi.lower) || '..' || printf('%.12g', kpi.upper) END,
           kpi.unit, kpi.frequency, newest.day,
           'kpi', kpi.id,
           CASE WHEN newest.value IS NULL AND kpi.source = 'measured' THEN 'open' END,
           0,
           coalesce(objective.ref, char(0x10FFFD)),
           kpi.ref
      FROM kpi
      JOIN newest ON newest.kpi = kpi.id
      LEFT JOIN objective ON objective.id = kpi.objective
)
 ORDER BY place, below
