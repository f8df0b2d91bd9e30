-- The tables of the report. The name of a column is its heading; what follows | says how its cells are
-- shown (src/report/html_table.h). :audit is the round the report is about.

-- query: chosen_audit
-- The round asked for, else the newest that is no supplier audit.
SELECT id, ref
  FROM audit
 WHERE CASE WHEN :ref = '' THEN kind <> 'supplier' ELSE ref = :ref COLLATE NOCASE END
 ORDER BY starts_on DESC, ref DESC
 LIMIT 1

-- query: cover
SELECT workbook.organisation, workbook.scope, workbook.strategic_direction, workbook.assessor,
       audit.ref, audit.title, audit.kind, audit.auditor, audit.method, audit.starts_on, audit.ends_on,
       audit.scope AS audit_scope, audit.criteria, audit.reported_to, audit.reported_on,
       audit.conclusion, audit.summary, audit.closed_on, audit.closing_head,
       (SELECT name FROM party_name WHERE id = audit.accepted_by) AS accepted_by, audit.accepted_on,
       previous.ref AS previous_ref, previous.title AS previous_title,
       coalesce(workbook.currency, 'EUR') AS currency
  FROM workbook
  LEFT JOIN audit ON audit.id = :audit
  LEFT JOIN audit AS previous ON previous.id = audit.previous

-- query: leaders
SELECT name AS "Name", min(title) AS "Role"
  FROM leading
 GROUP BY id
 ORDER BY min(place), name

-- query: tiles
-- The figures of the summary that the checks do not give.
SELECT (SELECT count(*) FROM assessment
         WHERE assessment.audit = :audit
           AND grade IN ('major nonconformity', 'minor nonconformity', 'area of concern'))
           AS nonconformities,
       (SELECT count(*) FROM action
         WHERE status IN ('open', 'in progress') AND due_on < :today) AS late_actions,
       (SELECT count(*) FROM action WHERE status IN ('open', 'in progress')) AS open_actions,
       (SELECT min(planned_on) FROM review
         WHERE kind = 'management review' AND held_on IS NULL AND planned_on >= :today)
           AS next_review

-- query: round_results
-- How many lines of the round came out how.
SELECT coalesce(grade, CASE WHEN state <> 'done' THEN 'not assessed yet' ELSE result END) AS word,
       count(*) AS lines
  FROM assessment
 WHERE assessment.audit = :audit
 GROUP BY 1
 ORDER BY min(CASE coalesce(grade, CASE WHEN state <> 'done' THEN 'to do' ELSE result END)
              WHEN 'major nonconformity' THEN 1 WHEN 'minor nonconformity' THEN 2
              WHEN 'area of concern' THEN 3 WHEN 'nonconforming' THEN 4 WHEN 'partial' THEN 5
              WHEN 'observation' THEN 6 WHEN 'opportunity' THEN 7 WHEN 'good practice' THEN 8
              WHEN 'conforms' THEN 9 WHEN 'not sampled' THEN 10 WHEN 'not applicable' THEN 11
              ELSE 12 END)

-- query: findings
-- What the round found, the gravest first.
SELECT requirement.ref AS "Line|to:line", assessment.grade AS "Grade|state",
       requirement.title AS "What is asked|title", assessment.note AS "What was found|text",
       (SELECT group_concat(evidence.ref, char(10))
          FROM evidence_link JOIN evidence ON evidence.id = evidence_link.evidence
         WHERE evidence_link.register = 'assessment'
           AND evidence_link.record = replace(replace(audit.ref, '\', '\\'), '/', '\/') || '/'
                                      || replace(replace(requirement.ref, '\', '\\'), '/', '\/'))
           AS "Evidence|to:evidence",
       (SELECT group_concat(action.ref, char(10)) FROM action
         WHERE action.source_ref = replace(replace(audit.ref, '\', '\\'), '/', '\/') || '/'
                                   || replace(replace(requirement.ref, '\', '\\'), '/', '\/'))
           AS "Action|to:action"
  FROM assessment
  JOIN audit ON audit.id = assessment.audit
  JOIN requirement ON requirement.id = assessment.requirement
 WHERE assessment.audit = :audit AND assessment.grade IS NOT NULL
 ORDER BY CASE assessment.grade WHEN 'major nonconformity' THEN 1 WHEN 'minor nonconformity' THEN 2
                                WHEN 'area of concern' THEN 3 WHEN 'observation' THEN 4
                                WHEN 'opportunity' THEN 5 ELSE 6 END,
          (SELECT place FROM walk_order WHERE id = requirement.id), requirement.ref

-- query: earlier_findings
-- Nonconformities of earlier rounds, and what the reported round says of the same line.
SELECT audit.ref || '/' || requirement.ref AS "Finding|ref", assessment.grade AS "Grade|state",
       assessment.note AS "What was found|text",
       (SELECT group_concat(action.ref || ' ' || action.status, char(10)) FROM action
         WHERE action.source_ref = replace(replace(audit.ref, '\', '\\'), '/', '\/') || '/'
                                   || replace(replace(requirement.ref, '\', '\\'), '/', '\/'))
           AS "Actions|text",
       coalesce(now.grade, CASE WHEN now.id IS NULL THEN 'not in this round'
                                WHEN now.state <> 'done' THEN 'not assessed yet'
                                ELSE now.result END) AS "In this round|state"
  FROM assessment
  JOIN audit ON audit.id = assessment.audit AND audit.kind <> 'supplier'
  JOIN audit AS reported ON reported.id = :audit AND audit.starts_on < reported.starts_on
  JOIN requirement ON requirement.id = assessment.requirement
  LEFT JOIN assessment AS now
         ON now.audit = :audit AND now.requirement = assessment.requirement
 WHERE assessment.grade IN ('major nonconformity', 'minor nonconformity', 'area of concern')
 ORDER BY audit.starts_on, (SELECT place FROM walk_order WHERE id = requirement.id), requirement.ref

-- query: requirements
-- Every line that was assessed in the round or has to be; practices only where the round has them.
SELECT requirement.ref AS "Line|at:line", requirement.title AS "What is asked|title",
       CASE WHEN assessment.id IS NULL THEN 'not in this round'
            WHEN assessment.state <> 'done' THEN 'not assessed yet'
            ELSE assessment.result END AS "Result|state",
       assessment.grade AS "Grade",
       assessment.note AS "Note|text",
       (SELECT group_concat(evidence.ref, char(10))
          FROM evidence_link JOIN evidence ON evidence.id = evidence_link.evidence
         WHERE evidence_link.register = 'assessment'
           AND evidence_link.record = replace(replace(audit.ref, '\', '\\'), '/', '\/') || '/'
                                      || replace(replace(requirement.ref, '\', '\\'), '/', '\/'))
           AS "Evidence|to:evidence",
       assessment.interviewed AS "Asked",
       assessment.assessed_on AS "On|date"
  FROM requirement
  LEFT JOIN audit ON audit.id = :audit
  LEFT JOIN assessment ON assessment.audit = audit.id AND assessment.requirement = requirement.id
 WHERE requirement.kind = 'requirement' OR assessment.id IS NOT NULL
 ORDER BY (SELECT place FROM walk_order WHERE id = requirement.id), requirement.kind DESC,
          requirement.ref LIKE '%.p%', length(requirement.ref) * (requirement.kind = 'practice'),
          requirement.ref

-- query: evidence
SELECT evidence.ref AS "Evidence|at:evidence", evidence.title AS "What it is|title", evidence.kind AS "Kind",
       evidence.location AS "Where|path", evidence.dated_on AS "Dated|date",
       evidence.collected_on AS "Collected|date", evidence.collected_by AS "By",
       CASE WHEN evidence.expires_on < :today THEN 'expired'
            WHEN evidence.sha256 IS NULL THEN 'not sealed'
            ELSE coalesce(evidence.verified_state, 'sealed, not verified') END AS "State|state",
       coalesce(substr(evidence.sha256, 1, 16), '') AS "SHA-256|code",
       (SELECT group_concat(evidence_link.record, char(10)) FROM evidence_link
         WHERE evidence_link.evidence = evidence.id) AS "Used for|text"
  FROM evidence
 ORDER BY evidence.ref

-- query: policies
SELECT policy.ref AS "Ref|ref", policy.title AS "Title|title", policy.kind AS "Kind",
       (SELECT ref FROM policy AS above WHERE above.id = policy.parent) AS "Below|ref",
       (SELECT name FROM party_name WHERE id = policy.owner) AS "Owner",
       approved.version AS "Version",
       CASE WHEN approved.policy IS NOT NULL THEN 'approved'
            ELSE coalesce((SELECT status FROM policy_version AS other
                            WHERE other.policy = policy.id
                            ORDER BY status IN ('draft', 'in review') DESC, drafted_on DESC LIMIT 1),
                          'no version') END AS "State|state",
       approved.approved_on AS "Approved|date",
       (SELECT name FROM party_name WHERE id = approved.approved_by) AS "By",
       policy.next_review_on AS "Next review|due",
       (SELECT count(DISTINCT acknowledgement.person) FROM acknowledgement
         WHERE acknowledgement.policy = policy.id
           AND acknowledgement.version = approved.version) AS "Confirmed|number",
       coalesce(approved.location, policy.location) AS "Where|path"
  FROM policy LEFT JOIN approved ON approved.policy = policy.id
 ORDER BY policy.ref

-- query: obligations
SELECT obligation.ref AS "Ref|ref", obligation.title AS "Title|title", obligation.kind AS "Kind",
       (SELECT name FROM party_name WHERE id = obligation.owner) AS "Owner",
       obligation.reviewed_on AS "Checked|date",
       (SELECT group_concat(ref, char(10))
          FROM (SELECT policy.ref FROM policy_obligation
                  JOIN policy ON policy.id = policy_obligation.policy
                 WHERE policy_obligation.obligation = obligation.id ORDER BY policy.ref))
           AS "Covered by|text"
  FROM obligation
 ORDER BY obligation.ref

-- query: roles
SELECT role.ref AS "Ref|ref", role.title AS "Role",
       CASE role.kind WHEN 'isms' THEN 'ISMS' ELSE role.kind END AS "Kind",
       CASE WHEN role.kind = 'group' THEN 'all of them'
            ELSE coalesce(holder.name, 'vacant') END AS "Holder|state",
       deputy.name AS "Deputy", role.accepted_on AS "Accepted|date",
       role.communicated_on AS "Made known|date",
       (SELECT title FROM role AS above WHERE above.id = role.reports_to) AS "Reports to"
  FROM role
  LEFT JOIN present AS holder ON holder.id = role.holder
  LEFT JOIN present AS deputy ON deputy.id = role.deputy
 ORDER BY CASE role.kind WHEN 'top management' THEN 1 WHEN 'isms' THEN 2 WHEN 'operational' THEN 3
                         WHEN 'third party' THEN 4 ELSE 5 END, role.ref

-- query: matrix_roles
SELECT role.id, role.ref, role.title
  FROM role
 WHERE EXISTS (SELECT 1 FROM responsibility WHERE responsibility.role = role.id)
 ORDER BY CASE role.kind WHEN 'top management' THEN 1 WHEN 'isms' THEN 2 WHEN 'operational' THEN 3
                         WHEN 'third party' THEN 4 ELSE 5 END, role.ref

-- query: matrix_cells
-- Every activity with its cells in a row, and with one empty cell where it has none.
SELECT activity.id, activity.ref, activity.title, responsibility.role, responsibility.code
  FROM activity LEFT JOIN responsibility ON responsibility.activity = activity.id
 ORDER BY activity.ref, activity.id

-- query: objectives
SELECT objective.ref AS "Ref|ref", objective.title AS "Objective|title",
       objective.business_goal AS "Supports|text", objective.risk AS "Answers|text",
       (SELECT name FROM party_name WHERE id = objective.owner) AS "Owner",
       objective.due_on AS "Due|date", objective.status AS "Status|state",
       (SELECT name FROM party_name WHERE id = objective.approved_by) AS "Approved by"
  FROM objective
 ORDER BY objective.status IN ('achieved', 'not achieved', 'cancelled'), objective.ref

-- query: kpis
-- Each KPI with its status, as checks.md defines it; the words come from the checks.
SELECT kpi.id, kpi.ref, kpi.title, kpi.unit, kpi.baseline, kpi.target, kpi.lower, kpi.upper,
       kpi.source, objective.ref AS objective,
       CASE WHEN coalesce(kpi.judged, 'on the way') = 'on the way' AND kpi.baseline IS NOT NULL
                 AND kpi.target IS NOT NULL THEN objective.starts_on END AS way_from,
       objective.due_on AS way_to,
       kpi_value.value, kpi_status.colour
  FROM kpi
  LEFT JOIN objective ON objective.id = kpi.objective
  LEFT JOIN kpi_value ON kpi_value.id = kpi.id
  LEFT JOIN kpi_status ON kpi_status.id = kpi.id
 ORDER BY kpi.ref, kpi.id

-- query: measurements
-- The values of every KPI, oldest first; a KPI without any comes with an empty one.
SELECT kpi.id, measurement.measured_on, measurement.value
  FROM kpi
  LEFT JOIN measurement
         ON measurement.kpi = kpi.id
        AND measurement.measured_on BETWEEN date(:today, '-24 months') AND :today
 ORDER BY kpi.ref, kpi.id, measurement.measured_on

-- query: reviews
SELECT review.ref AS "Ref|ref", review.title AS "Review|title", review.kind AS "Kind",
       review.planned_on AS "Planned|date", review.held_on AS "Held|date",
       (SELECT name FROM person WHERE person.id = review.chair) AS "Chair",
       (SELECT count(*) FROM attendance
         WHERE attendance.review = review.id AND attendance.attended = 'yes') AS "Came|number",
       (SELECT count(*) FROM review_input
         WHERE review_input.review = review.id AND review_input.state IN ('discussed', 'no change'))
           AS "Inputs covered|number",
       review.suitable AS "Suitable|state", review.adequate AS "Adequate|state",
       review.effective AS "Effective|state", review.minutes AS "Minutes|path"
  FROM review
 ORDER BY coalesce(review.held_on, review.planned_on, '9999'), review.ref

-- query: decisions
SELECT decision.ref AS "Ref|ref", decision.title AS "Decision|title",
       (SELECT ref FROM review WHERE review.id = decision.review) AS "Of|ref",
       decision.category AS "Kind", decision.input AS "Answers",
       (SELECT name FROM party_name WHERE id = decision.owner) AS "Owner",
       decision.due_on AS "Due|date", action.ref AS "Action|to:action",
       (SELECT ref FROM resource WHERE resource.id = decision.resource) AS "Resource|ref"
  FROM decision LEFT JOIN action ON action.id = decision.action
 ORDER BY decision.ref

-- query: actions
-- Open ones first, the latest before the others.
SELECT action.ref AS "Ref|at:action", action.title AS "Action|title", action.source AS "From",
       action.source_ref AS "Raised by|path",
       (SELECT name FROM party_name WHERE id = action.owner) AS "Owner",
       CASE WHEN action.status IN ('open', 'in progress') AND action.due_on < :today
            THEN action.status || ', late' ELSE action.status END AS "Status|state",
       action.due_on AS "Due|date", action.done_on AS "Done|date",
       action.verified_on AS "Verified|date",
       action.root_cause AS "Cause|text", action.effectiveness AS "Did it work|text"
  FROM action
 ORDER BY CASE action.status WHEN 'open' THEN 1 WHEN 'in progress' THEN 1 WHEN 'done' THEN 2
                             WHEN 'verified' THEN 3 WHEN 'closed' THEN 4 ELSE 5 END,
          coalesce(action.due_on, '9999'), action.ref

-- query: resources
SELECT resource.year AS "Year", resource.category AS "Category", count(*) AS "Lines|number",
       sum(resource.planned) AS "Planned|amount", sum(resource.approved) AS "Approved|amount",
       sum(resource.spent) AS "Spent|amount",
       sum(resource.approved IS NULL) AS "Not approved|number"
  FROM resource
 GROUP BY resource.year, resource.category
 ORDER BY resource.year DESC,
          min(CASE resource.category WHEN 'people' THEN 1 WHEN 'training' THEN 2
                                     WHEN 'technology' THEN 3 WHEN 'consultancy' THEN 4
                                     WHEN 'audit' THEN 5 WHEN 'insurance' THEN 6 ELSE 7 END)

-- query: samples
SELECT requirement.ref AS "Line|to:line", sample.population AS "Population|number",
       sample.size AS "Looked at|number", sample.method AS "Chosen by", sample.seed AS "Seed|code",
       sample.drawn AS "Items|text", sample.deviations AS "Deviations|number",
       sample.drawn_on AS "Drawn|date", sample.note AS "Note|text"
  FROM sample JOIN requirement ON requirement.id = sample.requirement
 WHERE sample.audit = :audit
 ORDER BY (SELECT place FROM walk_order WHERE id = requirement.id), requirement.ref, sample.drawn_on

-- query: not_sampled
SELECT requirement.ref AS "Line|to:line", requirement.title AS "What is asked|title",
       CASE WHEN assessment.state <> 'done' THEN 'not assessed yet' ELSE assessment.result END
           AS "State|state",
       assessment.note AS "Reason|text"
  FROM assessment JOIN requirement ON requirement.id = assessment.requirement
 WHERE assessment.audit = :audit
   AND (assessment.result IN ('not sampled', 'not applicable') OR assessment.state <> 'done')
 ORDER BY (SELECT place FROM walk_order WHERE id = requirement.id), requirement.ref

-- query: proof
-- What evidence rests on.
SELECT count(*) AS total, sum(sha256 IS NOT NULL) AS sealed,
       sum(sha256 IS NOT NULL AND verified_on IS NULL) AS unverified,
       sum(verified_state IN ('changed', 'missing')) AS broken
  FROM evidence

-- query: portfolio
-- Whose workbook it is, and the nearest day on which something falls due.
SELECT workbook.organisation,
       (SELECT min(day)
          FROM (SELECT min(next_review_on) AS day FROM policy WHERE next_review_on >= :today
                UNION ALL
                SELECT min(planned_on) FROM review WHERE held_on IS NULL AND planned_on >= :today
                UNION ALL
                SELECT min(due_on) FROM action
                 WHERE status IN ('open', 'in progress') AND due_on >= :today
                UNION ALL
                SELECT min(coalesce(verify_due_on, date(done_on, '+90 days'))) FROM action
                 WHERE status = 'done'
                   AND coalesce(verify_due_on, date(done_on, '+90 days')) >= :today
                UNION ALL
                SELECT min(due_on) FROM training WHERE completed_on IS NULL AND due_on >= :today
                UNION ALL
                SELECT min(planned_on) FROM communication
                 WHERE sent_on IS NULL AND planned_on >= :today
                UNION ALL
                SELECT min(objective.due_on)
                  FROM objective JOIN open_objective ON open_objective.id = objective.id
                 WHERE objective.due_on >= :today
                UNION ALL
                SELECT min(due_on) FROM decision WHERE action IS NULL AND due_on >= :today
                UNION ALL
                SELECT min(expires_on) FROM evidence WHERE expires_on >= :today
                UNION ALL
                SELECT min(starts_on) FROM audit WHERE closed_on IS NULL AND starts_on >= :today
                UNION ALL
                SELECT min(until_on) FROM exception WHERE until_on >= :today))
  FROM workbook
