-- column: Clause, 7
-- column: What it asks for, 26, grow
-- column: Ready, 6, right
-- column: Met, 6, right
-- column: Of, 4, right
-- column: Not met, 8, right
-- column: Not known, 10, right
-- empty: The checklist has no lines.
--
-- Per clause the newest done result of each requirement, at most 36 months old, from rounds other than supplier audits;
-- "not sampled" keeps the older one (product.md, Readiness). Partial counts half.
WITH result AS (
    SELECT requirement.id AS requirement,
           CASE WHEN requirement.clause LIKE '7.%' THEN '7'
                WHEN requirement.clause LIKE '10.%' THEN '10'
                ELSE requirement.clause END AS clause,
           (SELECT assessment.result
              FROM assessment JOIN audit ON audit.id = assessment.audit
             WHERE assessment.requirement = requirement.id
               AND assessment.state = 'done'
               AND assessment.result <> 'not sampled'
               AND audit.kind <> 'supplier'
               AND coalesce(assessment.assessed_on, audit.ends_on, audit.starts_on) >= date(:today, '-36 months')
             ORDER BY coalesce(assessment.assessed_on, audit.ends_on, audit.starts_on) DESC, assessment.id DESC
             LIMIT 1) AS result
      FROM requirement
     WHERE requirement.kind = 'requirement'
),
per_clause AS (
    SELECT clause,
           count(*) AS total,
           sum(CASE result WHEN 'conforms' THEN 1.0 WHEN 'partial' THEN 0.5 ELSE 0 END) AS met,
           sum(result IN ('nonconforming', 'partial')) AS failed,
           sum(result IS NULL) AS unknown
      FROM result
     GROUP BY clause
)
SELECT clause,
       CASE clause WHEN '4.3' THEN 'Scope' WHEN '5.1' THEN 'Leadership' WHEN '5.2' THEN 'Policy'
                   WHEN '5.3' THEN 'Roles' WHEN '6.2' THEN 'Objectives' WHEN '7' THEN 'Support'
                   WHEN '9.2' THEN 'Internal audit' WHEN '9.3' THEN 'Management review'
                   WHEN '10' THEN 'Improvement' ELSE 'Own lines' END,
       CAST(round(100.0 * met / total) AS INTEGER) || '%',
       CASE WHEN met = CAST(met AS INTEGER) THEN CAST(CAST(met AS INTEGER) AS TEXT) ELSE CAST(met AS TEXT) END,
       total,
       failed,
       unknown,
       NULL AS register,
       NULL AS id,
       CASE WHEN failed > 0 THEN 'bad' WHEN unknown > 0 THEN 'open' ELSE 'good' END AS mark,
       0 AS heading
  FROM per_clause
 ORDER BY CAST(clause AS REAL), clause
