-- What readiness counts from (product.md, Readiness).

-- word: standing_result
-- The newest done result of each line, at most 36 months old, from rounds other than those of
-- suppliers; "not sampled" keeps the older one.
SELECT requirement, id, result, grade, round
FROM (SELECT a.requirement, a.id, a.result, a.grade, r.ref AS round,
             row_number() OVER (PARTITION BY a.requirement
                                ORDER BY coalesce(a.assessed_on, r.ends_on, r.starts_on) DESC,
                                         r.starts_on DESC, a.id DESC) AS place
      FROM assessment a JOIN audit r ON r.id = a.audit
      WHERE a.state = 'done' AND a.result NOT IN ('not sampled', 'not assessed')
        AND r.kind <> 'supplier'
        AND coalesce(a.assessed_on, r.ends_on, r.starts_on)
            BETWEEN add_months(:today, -36) AND :today)
WHERE place = 1

-- word: standing_line
-- The requirements with that result. Lines of the user's own that do not apply are left out:
-- clauses 4 to 10 cannot be.
SELECT q.id, q.ref, q.clause, q.title, s.id AS assessment, s.result, s.grade, s.round
FROM requirement q LEFT JOIN standing_result s ON s.requirement = q.id
WHERE q.kind = 'requirement' AND coalesce(s.result, '') <> 'not applicable'
