-- What every query of the report and of the drafts may use; it stands before each of them. :today is
-- the day they are made for.
WITH
    -- People who are here (checks.md, Present).
    present (id, name, job_title, department, organisation, top_management) AS (
        SELECT id, name, job_title, department, organisation, top_management
          FROM person
         WHERE coalesce(joined_on, :today) <= :today AND coalesce(left_on, :today) >= :today),
    -- How a party is written: a role with its present holder, or a person.
    party_name (id, name) AS (
        SELECT role.id, role.title || coalesce(' (' || present.name || ')', '')
          FROM role LEFT JOIN present ON present.id = role.holder
         UNION ALL
        SELECT id, name FROM person),
    -- Top management (checks.md): people marked so, and present holders of such roles. Who reports to
    -- nobody comes first.
    leading (id, name, title, place) AS (
        SELECT present.id, present.name, role.title,
               CASE WHEN role.reports_to IS NULL THEN 1 ELSE 2 END
          FROM role JOIN present ON present.id = role.holder
         WHERE role.kind = 'top management'
         UNION ALL
        SELECT id, name, job_title, 3
          FROM present
         WHERE top_management = 'yes'
           AND id NOT IN (SELECT holder FROM role
                           WHERE kind = 'top management' AND holder IS NOT NULL)),
    -- The version that counts of each policy.
    approved (policy, version, approved_by, approved_on, effective_on, reviewed_on, location) AS (
        SELECT policy, version, approved_by, approved_on, effective_on, reviewed_on, location
          FROM policy_version
         WHERE status = 'approved'),
    -- The financial year of today, named after its first day's year.
    this_year (year) AS (
        SELECT CAST(strftime('%Y', :today) AS INTEGER)
               - (CAST(strftime('%m', :today) AS INTEGER) < coalesce(year_start_month, 1))
          FROM workbook),
    -- The order of clauses by their numbers, 9.3 before 10.1.
    walk_order (id, place) AS (
        SELECT id, CASE WHEN instr(clause, '.') > 0
                        THEN CAST(substr(clause, 1, instr(clause, '.') - 1) AS INTEGER) * 100
                             + CAST(substr(clause, instr(clause, '.') + 1) AS INTEGER)
                        ELSE CAST(clause AS INTEGER) * 100 END
          FROM requirement),
    open_objective (id) AS (
        SELECT id FROM objective
         WHERE status IN ('not started', 'on track', 'at risk', 'off track'))
