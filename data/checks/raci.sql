-- Checks on the responsibility matrix. A and R include A/R.

-- word: accountable_person, kept
-- Which present person is accountable for which activity.
SELECT DISTINCT h.holder AS person, h.holder_name AS name, a.activity
FROM accountable_cell a JOIN held_role h ON h.id = a.role

-- word: audit_hand
-- Which person, outside top management, carries out which activity of the internal audit.
SELECT DISTINCT h.holder, t.id AS activity, t.ref
FROM responsible_cell r JOIN held_role h ON h.id = r.role JOIN activity t ON t.id = r.activity
WHERE h.kind <> 'top management' AND (t.clause = '9.2' OR t.clause LIKE '9.2.%')

-- word: own_work
-- Audits carried out by a person who is accountable for another activity, ACTIVITY, outside top
-- management.
SELECT u.holder, h.holder_name AS name, u.activity AS audit, u.ref AS audit_ref, t.id AS activity, t.ref
FROM accountable_cell a JOIN held_role h ON h.id = a.role JOIN activity t ON t.id = a.activity
JOIN audit_hand u ON u.holder = h.holder AND u.activity <> t.id
WHERE h.kind <> 'top management'

-- check: raci-no-accountable
-- severity: error
-- requirement: 5.3-1
-- finds: an activity that no role is accountable for
-- remedy: give it one A
-- register: activity
-- field: ref
-- message: No role is accountable for {record} ({title})
SELECT key_part(t.ref) AS record, t.id, t.title
FROM activity t
WHERE t.id NOT IN (SELECT activity FROM accountable_cell)
-- basis: {good} of {examined} activities have somebody accountable[; not {records}]
SELECT count(*) AS examined FROM activity

-- check: raci-two-accountable
-- severity: warning
-- requirement: 5.3-1
-- finds: an activity with more than one A
-- remedy: leave one
-- register: activity
-- field: ref
-- message: {record} has {count} roles accountable: {roles}
SELECT key_part(t.ref) AS record, t.id, count(*) AS count, some_of(r.ref) AS roles
FROM accountable_cell a JOIN activity t ON t.id = a.activity JOIN role r ON r.id = a.role
GROUP BY t.id
HAVING count(*) > 1
-- basis: {good} of {examined} activities have a single role accountable[; not {records}]
SELECT count(DISTINCT activity) AS examined FROM accountable_cell

-- check: raci-no-responsible
-- severity: error
-- requirement: 5.3-1
-- finds: an activity that no role carries out
-- remedy: give it an R
-- register: activity
-- field: ref
-- message: No role carries out {record} ({title})
SELECT key_part(t.ref) AS record, t.id, t.title
FROM activity t
WHERE t.id NOT IN (SELECT activity FROM responsible_cell)
-- basis: {good} of {examined} activities are carried out by a role[; not {records}]
SELECT count(*) AS examined FROM activity

-- check: raci-vacant-accountable
-- severity: error
-- requirement: 5.3-1
-- finds: a role with an A and no present holder: one finding a role, with the count; not groups
-- remedy: assign a holder
-- register: role
-- field: holder
-- message: {record} is accountable for {count:activity:activities} and has no present holder
SELECT key_part(r.ref) AS record, r.id, count(*) AS count
FROM accountable_cell a JOIN single_role r ON r.id = a.role
WHERE NOT EXISTS (SELECT 1 FROM present p WHERE p.id = r.holder)
GROUP BY r.id
-- basis: {good} of {examined} accountable roles are held[; vacant: {records}]
SELECT count(DISTINCT a.role) AS examined
FROM accountable_cell a JOIN single_role r ON r.id = a.role

-- check: raci-overload
-- severity: info
-- requirement: 5.3-1
-- finds: one person is accountable for more than half of at least six activities
-- remedy: spread the load
-- register: person
-- field: name
-- message: {record} is accountable for {count} of {total} activities
SELECT key_part(p.name) AS record, p.person AS id, count(*) AS count,
       (SELECT count(*) FROM activity) AS total
FROM accountable_person p
GROUP BY p.person
HAVING (SELECT count(*) FROM activity) >= 6 AND 2 * count(*) > (SELECT count(*) FROM activity)
-- basis: {people} people share {examined} activities[; too many: {records}]
SELECT count(DISTINCT person) AS people, count(DISTINCT activity) AS examined
FROM accountable_person

-- check: raci-idle-role
-- severity: info
-- requirement: 5.3-1
-- finds: a role with no part in any activity
-- remedy: give it a part or retire it
-- register: role
-- field: ref
-- message: {record} has no part in any activity
SELECT key_part(r.ref) AS record, r.id
FROM role r
WHERE NOT EXISTS (SELECT 1 FROM responsibility s WHERE s.role = r.id)
-- basis: {good} of {examined} roles have a part[; not {records}]
SELECT count(*) AS examined FROM role

-- check: raci-none
-- severity: warning
-- requirement: 5.3-1
-- finds: the responsibility matrix is empty
-- remedy: take the starter's activities
-- register: responsibility
-- field: activity
-- message: The responsibility matrix is empty
SELECT '-' AS record WHERE NOT EXISTS (SELECT 1 FROM responsibility)
-- basis: {activities} activities and {roles} roles in the matrix
SELECT count(*) AS examined, count(DISTINCT activity) AS activities, count(DISTINCT role) AS roles
FROM responsibility

-- check: raci-auditor-independence
-- severity: warning
-- requirement: 9.2.2.b
-- finds: a person has R for an activity of clause 9.2 and A for any other; roles of kind top management left out
-- remedy: have those lines audited by somebody else
-- register: person
-- field: name
-- message: {record} carries out {audits} and is accountable for {others}
SELECT key_part(x.name) AS record, x.holder AS id,
       (SELECT some_of(DISTINCT u.ref) FROM audit_hand u WHERE u.holder = x.holder) AS audits,
       some_of(DISTINCT x.ref) AS others
FROM own_work x
GROUP BY x.holder
-- basis: {good} of {examined} people who audit answer for nothing else[; not {records}]
SELECT count(DISTINCT holder) AS examined FROM audit_hand

-- check: leader-not-accountable
-- severity: error
-- requirement: 5.1.e
-- finds: nobody of top management is accountable for any activity
-- remedy: put a senior manager in charge of the ISMS
-- register: responsibility
-- field: code
-- message: Nobody of top management is accountable for any activity
SELECT '-' AS record
WHERE NOT EXISTS (SELECT 1 FROM accountable_person p JOIN leader l ON l.id = p.person)
-- basis: {names} of top management accountable for {examined} activities
SELECT count(DISTINCT p.activity) AS examined, some_of(DISTINCT p.name) AS names
FROM accountable_person p JOIN leader l ON l.id = p.person

-- check: operations-no-part
-- severity: info
-- requirement: 5.1.b 5.1.h
-- finds: no operational role is responsible for any activity
-- remedy: give line managers their part
-- register: responsibility
-- field: code
-- message: No operational role is responsible for any activity
SELECT '-' AS record
WHERE NOT EXISTS (SELECT 1 FROM responsible_cell c JOIN role r ON r.id = c.role
                  WHERE r.kind = 'operational')
-- basis: Operational roles carry out {examined} activities: {roles}
SELECT count(DISTINCT c.activity) AS examined, some_of(DISTINCT r.ref) AS roles
FROM responsible_cell c JOIN role r ON r.id = c.role
WHERE r.kind = 'operational'
