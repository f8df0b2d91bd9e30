-- The money of the ISMS per category and year, newest year first within a category; the category '' is all of them.
SELECT category, year, planned, approved, spent
FROM (SELECT category, year, total(planned) AS planned, total(approved) AS approved, total(spent) AS spent
      FROM resource
      GROUP BY category, year
      UNION ALL
      SELECT '', year, total(planned), total(approved), total(spent)
      FROM resource
      GROUP BY year)
ORDER BY category <> '', category, year DESC
