-- column: Year and category, 20, grow, whole
-- column: Planned, 9, right
-- column: Approved, 9, right
-- column: Spent, 9, right
-- column: of approved, 11, bar
-- column: Year before, 11, right
-- empty: The budget of the ISMS shows here per year and category. Tab goes to All, a adds a line.
--
-- Sums per year, and below each year per category; the newest year first, and beside each what was spent the year
-- before. Spending beyond what was approved is marked.
SELECT title, printf('%,d', CAST(round(planned) AS INTEGER)), printf('%,d', CAST(round(approved) AS INTEGER)),
       printf('%,d', CAST(round(spent) AS INTEGER)), iif(approved > 0, spent / approved, NULL),
       (SELECT printf('%,d', CAST(round(total(b.spent)) AS INTEGER)) FROM resource b
        WHERE b.year = line.year - 1 AND (line.category = '' OR b.category = line.category)
        HAVING count(*) > 0),
       iif(category = '', NULL, 'resource') AS register, id,
       iif(spent > approved, 'warning', NULL) AS mark, 0 AS heading
FROM (SELECT year, '' AS category, year || '  all' AS title, total(planned) AS planned,
             total(approved) AS approved, total(spent) AS spent, NULL AS id
      FROM resource GROUP BY year
      UNION ALL
      SELECT year, category, '    ' || category, total(planned), total(approved), total(spent), min(id)
      FROM resource GROUP BY year, category) AS line
ORDER BY year DESC, category = '' DESC, category
