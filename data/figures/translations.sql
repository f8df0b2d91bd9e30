-- The approved version beside each translation, and whether the translation is behind it.
SELECT t.id, v.version, b.id IS NOT NULL AS is_behind
FROM translation t JOIN approved_version v ON v.policy = t.policy
LEFT JOIN behind_translation b ON b.id = t.id
ORDER BY t.id
