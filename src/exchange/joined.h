/* What the sheets that join registers show beside their own: read by the import and the export. */
#ifndef EXCHANGE_JOINED_H
#define EXCHANGE_JOINED_H

/* An SQL expression: the id of the version of the policy `t.id` or `:policy` that counts as the
 * current one: the approved, else the one in review, else the draft, else the newest of those that
 * were. */
#define JOINED_CURRENT_VERSION(policy)                                                             \
    "(SELECT id FROM policy_version WHERE policy = " policy                                        \
    " ORDER BY CASE status WHEN 'approved' THEN 0 WHEN 'in review' THEN 1"                         \
    " WHEN 'draft' THEN 2 ELSE 3 END,"                                                             \
    " COALESCE(approved_on, effective_on, drafted_on, '') DESC, version DESC, id DESC LIMIT 1)"

/* The only KPI of an objective; NULL where it has none or several. */
#define JOINED_ONLY_KPI(objective)                                                                 \
    "(SELECT min(id) FROM kpi WHERE objective = " objective                                        \
    " GROUP BY objective HAVING count(*) = 1)"

#endif
