-- column: Year and category, 26, grow
-- column: Planned, 12, right
-- column: Approved, 12, right
-- column: Spent, 12, right
-- column: Left, 12, right
-- empty: The budget of the ISMS shows here per year and category. Tab goes to All, a adds a line.
--
-- Sums per year, and below each year per category; the newest year first.
SELECT title, planned, approved, spent, rest, register, id, mark, heading FROM (
    SELECT CAST(year AS TEXT) || '  all categories' AS title,
           printf('%,d', CAST(round(sum(planned)) AS INTEGER)) AS planned,
           printf('%,d', CAST(round(sum(approved)) AS INTEGER)) AS approved,
           printf('%,d', CAST(round(sum(spent)) AS INTEGER)) AS spent,
           printf('%,d', CAST(round(coalesce(sum(approved), 0) - coalesce(sum(spent), 0)) AS INTEGER)) AS rest,
           NULL AS register, NULL AS id,
           CASE WHEN sum(spent) > coalesce(sum(approved), 0) THEN 'warning' END AS mark,
           0 AS heading, year, '' AS category
      FROM resource GROUP BY year
    UNION ALL
    SELECT '      ' || category,
           printf('%,d', CAST(round(sum(planned)) AS INTEGER)),
           printf('%,d', CAST(round(sum(approved)) AS INTEGER)),
           printf('%,d', CAST(round(sum(spent)) AS INTEGER)),
           printf('%,d', CAST(round(coalesce(sum(approved), 0) - coalesce(sum(spent), 0)) AS INTEGER)),
           'resource', min(id),
           CASE WHEN sum(spent) > coalesce(sum(approved), 0) THEN 'warning' END,
           0, year, category
      FROM resource GROUP BY year, category
)
 ORDER BY year DESC, category
