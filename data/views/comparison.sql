-- column: Line, 10
-- column: What is asked, 34, grow
-- column: Before, 15
-- column: Now, 15
-- column: Change, 7
-- empty: Two rounds are compared line by line once there are two. Tab goes to Walk, which starts one.
--
-- The newest round against the one it carries over from, else the one before it.
WITH newest AS (
    SELECT id, previous FROM audit ORDER BY starts_on DESC, id DESC LIMIT 1
),
pair AS (
    SELECT newest.id AS now,
           coalesce(newest.previous,
                    (SELECT audit.id FROM audit WHERE audit.id <> newest.id
                      ORDER BY starts_on DESC, audit.id DESC LIMIT 1)) AS before
      FROM newest
),
line AS (
    SELECT requirement.id, requirement.ref, requirement.clause, requirement.title, b.result AS before, n.result AS now,
           n.id AS assessment,
           CASE b.result WHEN 'conforms' THEN 3 WHEN 'partial' THEN 2 WHEN 'nonconforming' THEN 1 END AS rank_before,
           CASE n.result WHEN 'conforms' THEN 3 WHEN 'partial' THEN 2 WHEN 'nonconforming' THEN 1 END AS rank_now
      FROM pair
      JOIN assessment AS n ON n.audit = pair.now
      JOIN requirement ON requirement.id = n.requirement
      LEFT JOIN assessment AS b ON b.audit = pair.before AND b.requirement = n.requirement
     WHERE pair.before IS NOT NULL
)
SELECT ref, title, coalesce(before, '-'), now,
       CASE WHEN rank_now IS NULL THEN '' WHEN rank_before IS NULL THEN 'new' WHEN rank_now > rank_before THEN 'better'
            WHEN rank_now < rank_before THEN 'worse' ELSE 'same' END,
       'assessment' AS register,
       assessment AS id,
       CASE WHEN rank_now < rank_before THEN 'bad' WHEN rank_now > rank_before THEN 'good'
            WHEN rank_now IS NULL THEN 'open' END AS mark,
       0 AS heading
  FROM line
 ORDER BY CAST(clause AS REAL), ref
