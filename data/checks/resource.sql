-- Checks on the money. Approved empty means not approved; 0 means refused.

-- check: resource-none
-- severity: warning
-- requirement: 5.1.c 7.1
-- finds: no resource line for the current year
-- remedy: plan the ISMS budget
-- register: resource
-- field: year
-- message: There is no resource line for {year}
SELECT '-' AS record, year FROM financial_year WHERE NOT EXISTS (SELECT 1 FROM year_line)
-- basis: {examined} resource lines for {year}
SELECT count(*) AS examined, (SELECT year FROM financial_year) AS year FROM year_line

-- check: resource-not-approved
-- severity: warning
-- requirement: 5.1.c
-- finds: a planned resource not approved
-- remedy: have it approved
-- register: resource
-- field: approved
-- message: {record}: {planned} {currency} planned for {year}, nothing decided
SELECT key_part(r.ref) AS record, r.id, plain(r.planned) AS planned, s.currency, r.year
FROM resource r JOIN settings s
WHERE r.planned IS NOT NULL AND r.approved IS NULL
-- basis: {good} of {examined} planned resources are decided[; not {records}]
SELECT count(planned) AS examined FROM resource

-- check: resource-approved-below-top
-- severity: warning
-- requirement: 5.1.c
-- finds: no resource line of the current year was approved by top management
-- remedy: have the budget approved
-- register: resource
-- field: approved_by
-- message: No resource line of {year} was approved by top management
SELECT '-' AS record, year FROM financial_year WHERE NOT EXISTS (SELECT 1 FROM approved_line)
-- basis: {examined} resource lines of this year approved by top management
SELECT count(*) AS examined FROM approved_line

-- word: approved_line
-- Lines of the year that somebody of top management approved.
SELECT y.id
FROM year_line y
WHERE y.approved IS NOT NULL
  AND EXISTS (SELECT 1 FROM approver a
              WHERE a.id = y.approved_by AND coalesce(y.approved_on, '') <= a.until_on)

-- check: resource-overspent
-- severity: warning
-- requirement: 5.1.c
-- finds: spent more than approved
-- remedy: explain it and have it approved
-- register: resource
-- field: spent
-- message: {record}: {spent} {currency} spent, {approved} approved
SELECT key_part(r.ref) AS record, r.id, plain(r.spent) AS spent, s.currency,
       coalesce(plain(r.approved), 'nothing') AS approved
FROM resource r JOIN settings s
WHERE r.spent > coalesce(r.approved, 0)
-- basis: {good} of {examined} lines with spending are within what was approved[; not {records}]
SELECT count(spent) AS examined FROM resource

-- check: resource-next-year
-- severity: info
-- requirement: 5.1.c
-- finds: within 90 days of the year's end and nothing planned for the next
-- remedy: plan the next year
-- register: resource
-- field: year
-- message: {year} ends on {ends_on} and nothing is planned for {next}
SELECT '-' AS record, year, ends_on, year + 1 AS next
FROM financial_year
WHERE ends_on <= date(:today, '+90 days')
  AND NOT EXISTS (SELECT 1 FROM resource r WHERE r.year = financial_year.year + 1)
-- basis: {examined} resource lines for {next}
SELECT count(r.id) AS examined, y.year + 1 AS next
FROM financial_year y LEFT JOIN resource r ON r.year = y.year + 1
