-- Checks on KPIs. Their value, bar and colour are words.

-- word: watched_kpi
-- KPIs that somebody measures for an open objective or for none, and the day from which the next
-- value is counted.
SELECT k.id, k.ref, k.frequency, m.measured_on,
       coalesce(m.measured_on, o.starts_on, created_on(k.id)) AS since,
       CASE k.frequency WHEN 'weekly' THEN 8 WHEN 'monthly' THEN 33 WHEN 'quarterly' THEN 101
                        ELSE 402 END AS days
FROM kpi k LEFT JOIN open_objective o ON o.id = k.objective
LEFT JOIN newest_measurement m ON m.kpi = k.id
WHERE k.source = 'measured' AND (k.objective IS NULL OR o.id IS NOT NULL)

-- check: kpi-no-target
-- severity: error
-- requirement: 6.2.b
-- finds: a KPI without target or limits
-- remedy: set it
-- register: kpi
-- field: target
-- message: {record} has no {missing}
SELECT key_part(ref) AS record, id,
       CASE WHEN direction <> 'within' THEN 'target' WHEN lower IS NULL THEN 'lower limit'
            ELSE 'upper limit' END AS missing,
       CASE WHEN direction <> 'within' THEN 'target' WHEN lower IS NULL THEN 'lower'
            ELSE 'upper' END AS field
FROM kpi
WHERE CASE direction WHEN 'within' THEN lower IS NULL OR upper IS NULL ELSE target IS NULL END
-- basis: {good} of {examined} KPIs have a target or limits[; not {records}]
SELECT count(*) AS examined FROM kpi

-- check: kpi-wrong-way
-- severity: warning
-- requirement: 6.2.b
-- finds: the target is strictly worse than the baseline
-- remedy: correct it, or set aside a target that means keep above
-- register: kpi
-- field: target
-- message: {record} is to go {direction}, from {baseline} to {target}
SELECT key_part(ref) AS record, id, direction, plain(baseline) AS baseline, plain(target) AS target
FROM kpi
WHERE (direction = 'up' AND target < baseline) OR (direction = 'down' AND target > baseline)
-- basis: {good} of {examined} KPIs with baseline and target go the right way[; not {records}]
SELECT count(*) AS examined FROM kpi
WHERE direction <> 'within' AND target IS NOT NULL AND baseline IS NOT NULL

-- check: kpi-not-measured
-- severity: warning
-- requirement: 6.2.d
-- finds: no measurement within the KPI's period and a tenth
-- remedy: measure it
-- register: kpi
-- field: ref
-- message: {record} ({frequency}) {last}
SELECT key_part(ref) AS record, id, frequency,
       iif(measured_on IS NULL, 'was never measured, since ' || since,
           'was last measured on ' || measured_on) AS last
FROM watched_kpi
WHERE date(since, '+' || days || ' days') < :today
-- basis: {good} of {examined} KPIs are measured in their period[; not {records}]
SELECT count(*) AS examined FROM watched_kpi

-- check: kpi-red
-- severity: warning
-- requirement: 5.1.e
-- finds: the newest value is red
-- remedy: act on it
-- register: kpi
-- field: ref
-- message: {record} is at {value}[ {unit}] on {measured_on}; the bar is {bar}
SELECT key_part(ref) AS record, id, plain(round(value, 2)) AS value, unit, measured_on,
       iif(direction = 'within', plain(lower) || ' to ' || plain(upper),
           plain(round(bar, 2))) AS bar
FROM kpi_status
WHERE colour = 'red'
-- basis: {green} green, {amber} amber, {red} red
SELECT count(*) AS examined, count(*) FILTER (WHERE colour = 'green') AS green,
       count(*) FILTER (WHERE colour = 'amber') AS amber,
       count(*) FILTER (WHERE colour = 'red') AS red
FROM kpi_status
