-- Checks on roles, their holders and their lines. Groups have no single holder.

-- word: owned_party, kept
-- Parties that own something.
SELECT owner AS id FROM live_policy WHERE owner IS NOT NULL
UNION SELECT owner FROM obligation WHERE owner IS NOT NULL
UNION SELECT owner FROM objective WHERE owner IS NOT NULL
UNION SELECT owner FROM kpi WHERE owner IS NOT NULL
UNION SELECT owner FROM decision WHERE owner IS NOT NULL
UNION SELECT owner FROM action WHERE owner IS NOT NULL

-- word: carrying_role
-- Roles, without an A, that somebody must hold: key, with an R, or owning something.
SELECT r.id, r.ref, r.holder, r.key_role
FROM single_role r
WHERE (r.key_role = 'yes' OR r.id IN (SELECT role FROM responsible_cell)
       OR r.id IN (SELECT id FROM owned_party))
  AND r.id NOT IN (SELECT role FROM accountable_cell)

-- word: leading_line, kept
-- Roles whose escalation path reaches top management.
WITH RECURSIVE reached(id) AS (
    SELECT id FROM role WHERE kind = 'top management'
    UNION
    SELECT r.id FROM role r JOIN reached n ON n.id = coalesce(r.escalates_to, r.reports_to))
SELECT id FROM reached

-- check: role-vacant
-- severity: error
-- requirement: 5.3-1
-- finds: a role that is key, has an R or owns something, has no A and no present holder; not groups
-- remedy: assign somebody
-- register: role
-- field: holder
-- message: {record} has no present holder[; {name} left on {left_on}]
SELECT key_part(r.ref) AS record, r.id, h.name, h.left_on
FROM carrying_role r LEFT JOIN person h ON h.id = r.holder AND h.left_on < :today
WHERE NOT EXISTS (SELECT 1 FROM present p WHERE p.id = r.holder)
-- basis: {good} of {examined} roles that carry something without an A are held[; vacant: {records}]
SELECT count(*) AS examined FROM carrying_role

-- check: role-no-deputy
-- severity: warning
-- requirement: 5.3-1
-- finds: a key role without a deputy, or whose deputy is its holder or has left
-- remedy: name a deputy
-- register: role
-- field: deputy
-- message: {record} {fault}
SELECT key_part(r.ref) AS record, r.id,
       CASE WHEN r.deputy IS NULL THEN 'has no deputy'
            WHEN r.deputy = r.holder THEN 'has its holder ' || d.name || ' as deputy'
            ELSE 'has ' || d.name || ' as deputy, who left on ' || d.left_on END AS fault
FROM single_role r LEFT JOIN person d ON d.id = r.deputy
WHERE r.key_role = 'yes'
  AND (r.deputy IS NULL OR r.deputy = r.holder OR d.left_on < :today)
-- basis: {good} of {examined} key roles have a deputy[; not {records}]
SELECT count(*) AS examined FROM single_role WHERE key_role = 'yes'

-- check: role-not-accepted
-- severity: warning
-- requirement: 5.3-2
-- finds: a holder assigned who has not accepted, or accepted before being assigned
-- remedy: have the assignment acknowledged
-- register: role
-- field: accepted_on
-- message: {name} has not accepted {record}[: accepted on {accepted_on}, assigned on {assigned_on}]
SELECT key_part(r.ref) AS record, r.id, h.holder_name AS name, r.accepted_on, r.assigned_on
FROM single_role r JOIN held_role h ON h.id = r.id
WHERE r.accepted_on IS NULL OR r.accepted_on < r.assigned_on
-- basis: {good} of {examined} holders accepted their duties[; not {records}]
SELECT count(*) AS examined FROM held_role

-- check: role-not-communicated
-- severity: warning
-- requirement: 5.3-2
-- finds: a held role not communicated
-- remedy: announce it
-- register: role
-- field: communicated_on
-- message: Nobody was told that {name} holds {record}
SELECT key_part(r.ref) AS record, r.id, h.holder_name AS name
FROM single_role r JOIN held_role h ON h.id = r.id
WHERE r.communicated_on IS NULL
-- basis: {good} of {examined} held roles are announced[; not {records}]
SELECT count(*) AS examined FROM held_role

-- check: role-no-job-description
-- severity: info
-- requirement: 5.3-1
-- finds: an ISMS or operational role without a job description
-- remedy: add it
-- register: role
-- field: job_description
-- message: {record} has no job description
SELECT key_part(ref) AS record, id FROM role
WHERE kind IN ('isms', 'operational') AND job_description IS NULL
-- basis: {good} of {examined} ISMS and operational roles have a job description[; not {records}]
SELECT count(*) AS examined FROM role WHERE kind IN ('isms', 'operational')

-- check: role-no-authority
-- severity: warning
-- requirement: 5.3-1
-- finds: a role accountable for something, with no authority recorded
-- remedy: record what it may decide, and who granted it
-- register: role
-- field: authority
-- message: {record} is accountable for {activities:activity:activities} and may decide nothing on record
SELECT key_part(r.ref) AS record, r.id, count(*) AS activities
FROM role r JOIN accountable_cell a ON a.role = r.id
WHERE r.authority IS NULL
GROUP BY r.id
-- basis: {good} of {examined} accountable roles have their authority on record[; not {records}]
SELECT count(DISTINCT role) AS examined FROM accountable_cell

-- check: role-reporting-missing
-- severity: error
-- requirement: 5.3.b
-- finds: no held role reports ISMS performance to top management
-- remedy: assign it
-- register: role
-- field: reports_performance
-- message: No held role reports to top management how the ISMS performs
SELECT '-' AS record
WHERE NOT EXISTS (SELECT 1 FROM held_role h JOIN role r ON r.id = h.id
                  WHERE r.reports_performance = 'yes')
-- basis: Reports to top management: {names}
SELECT count(*) AS examined, some_of(h.ref || ' (' || h.holder_name || ')') AS names,
       min(h.id) AS id
FROM held_role h JOIN role r ON r.id = h.id
WHERE r.reports_performance = 'yes'

-- check: role-conformity-missing
-- severity: error
-- requirement: 5.3.a
-- finds: no held role ensures conformity of the ISMS
-- remedy: assign it
-- register: role
-- field: ensures_conformity
-- message: No held role ensures that the ISMS conforms
SELECT '-' AS record
WHERE NOT EXISTS (SELECT 1 FROM held_role h JOIN role r ON r.id = h.id
                  WHERE r.ensures_conformity = 'yes')
-- basis: Ensures conformity: {names}
SELECT count(*) AS examined, some_of(h.ref || ' (' || h.holder_name || ')') AS names,
       min(h.id) AS id
FROM held_role h JOIN role r ON r.id = h.id
WHERE r.ensures_conformity = 'yes'

-- word: role_superior
-- Who stands above each role, itself included where the line runs in a circle.
WITH RECURSIVE above(id, superior) AS (
    SELECT id, reports_to FROM role WHERE reports_to IS NOT NULL
    UNION
    SELECT a.id, r.reports_to FROM above a JOIN role r ON r.id = a.superior
    WHERE r.reports_to IS NOT NULL)
SELECT id, superior FROM above

-- check: role-cycle
-- severity: error
-- requirement: 5.3-1
-- finds: a reporting line runs in a circle
-- remedy: mend reports_to
-- register: role
-- field: reports_to
-- message: The reporting line of {record} comes back to it, through {next}
SELECT key_part(r.ref) AS record, r.id, n.ref AS next
FROM role_superior a JOIN role r ON r.id = a.id JOIN role n ON n.id = r.reports_to
WHERE a.superior = a.id
-- basis: {good} of {examined} reporting lines are sound[; not {records}]
SELECT count(reports_to) AS examined FROM role

-- check: role-escalation-dead-end
-- severity: warning
-- requirement: 5.3-1
-- finds: an escalation path that never reaches top management
-- remedy: mend escalates_to
-- register: role
-- field: escalates_to
-- message: Problems of {record} never reach top management
SELECT key_part(ref) AS record, id
FROM single_role
WHERE id NOT IN (SELECT id FROM leading_line)
-- basis: {good} of {examined} roles have a path to top management[; not {records}]
SELECT count(*) AS examined FROM single_role WHERE kind <> 'top management'

-- check: role-third-party-no-agreement
-- severity: warning
-- requirement: 5.3-2
-- finds: a third-party role without an agreement
-- remedy: point to the contract
-- register: role
-- field: agreement
-- message: No contract is named for {record}
SELECT key_part(ref) AS record, id FROM role WHERE kind = 'third party' AND agreement IS NULL
-- basis: {good} of {examined} third-party roles have an agreement[; not {records}]
SELECT count(*) AS examined FROM role WHERE kind = 'third party'
