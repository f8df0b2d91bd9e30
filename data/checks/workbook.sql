-- Checks on the workbook's own page and on who leads.

-- check: organisation-unnamed
-- severity: warning
-- requirement: 4.3
-- finds: the workbook has no organisation or no scope
-- remedy: fill in the workbook's own page
-- register: workbook
-- field: organisation
-- message: The workbook has no {missing}
SELECT '-' AS record, id,
       CASE WHEN organisation = '' THEN 'organisation' ELSE 'scope' END AS missing,
       CASE WHEN organisation = '' THEN 'organisation' ELSE 'scope' END AS field
FROM workbook
WHERE organisation = '' OR scope IS NULL
-- basis: Organisation {organisation}[; scope: {scope}]
SELECT organisation <> '' AS examined, organisation, substr(scope, 1, 60) AS scope, id FROM workbook

-- check: top-management-missing
-- severity: error
-- requirement: 5.1.a
-- finds: no person is marked as top management
-- remedy: mark who leads the organisation
-- register: person
-- field: top_management
-- message: Nobody is marked as top management
SELECT '-' AS record
WHERE NOT EXISTS (SELECT 1 FROM present WHERE top_management = 'yes')
-- basis: Top management: {names}
SELECT count(*) AS examined, some_of(name) AS names, min(id) AS id
FROM present WHERE top_management = 'yes'
