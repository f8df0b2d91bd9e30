-- Which obligations each policy covers, a row a pair, policies without any once. Retired policies cover
-- nothing.
SELECT p.id, p.ref, q.title, c.obligation
FROM live_policy p JOIN policy q ON q.id = p.id LEFT JOIN policy_obligation c ON c.policy = p.id
ORDER BY p.ref, p.id
