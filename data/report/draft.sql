-- The queries that the templates of the drafts name (src/report/template.h says how they are bound).

-- query: facts
SELECT workbook.organisation, workbook.scope, workbook.strategic_direction,
       coalesce(workbook.currency, 'EUR') AS currency,
       coalesce(workbook.review_interval, 12) AS review_interval,
       coalesce(workbook.audit_interval, 12) AS audit_interval,
       :today AS today,
       this_year.year AS year,
       leader.name AS leader, leader.title AS leader_title,
       officer.name AS officer, officer.title AS officer_title
  FROM workbook
  JOIN this_year
  LEFT JOIN (SELECT name, title FROM leading ORDER BY place, name LIMIT 1) AS leader
  LEFT JOIN (SELECT present.name, role.title
               FROM role JOIN present ON present.id = role.holder
              WHERE role.ensures_conformity = 'yes' OR role.kind = 'isms'
              ORDER BY role.ensures_conformity IS NOT 'yes', role.key_role IS NOT 'yes', role.ref
              LIMIT 1) AS officer

-- query: leaders
SELECT name, min(title) AS title
  FROM leading
 GROUP BY id
 ORDER BY min(place), name

-- query: statement
-- The leadership statement, with the version that is to be signed, else the one that counts; one row
-- in any case.
SELECT policy.ref, policy.classification, version.version, version.status,
       coalesce(version.location, policy.location) AS location
  FROM (SELECT 1)
  LEFT JOIN policy ON policy.id = (SELECT id FROM policy WHERE kind = 'leadership statement'
                                    ORDER BY ref LIMIT 1)
  LEFT JOIN policy_version AS version
         ON version.policy = policy.id AND version.status IN ('draft', 'in review', 'approved')
 ORDER BY version.status = 'approved'
 LIMIT 1

-- query: budget
SELECT sum(approved) AS amount, count(approved) AS line_count
  FROM resource JOIN this_year ON this_year.year = resource.year
 GROUP BY resource.year
HAVING sum(approved) > 0

-- query: objectives
-- Open objectives, each with its KPIs in a phrase.
SELECT objective.ref, objective.title, objective.business_goal, objective.risk, objective.due_on,
       objective.status, objective.evaluation, objective.communicated_on, objective.audience,
       (SELECT name FROM party_name WHERE id = objective.owner) AS owner,
       (SELECT group_concat(phrase, '; ')
          FROM (SELECT kpi.title || coalesce(', ' || kpi.unit, '')
                       || CASE WHEN kpi.direction = 'within'
                               THEN coalesce(': between ' || printf('%.15g', kpi.lower) || ' and '
                                             || printf('%.15g', kpi.upper), '')
                               ELSE coalesce(': from ' || printf('%.15g', kpi.baseline), '')
                                    || coalesce(' to ' || printf('%.15g', kpi.target), '') END
                       AS phrase
                  FROM kpi WHERE kpi.objective = objective.id ORDER BY kpi.ref)) AS measures
  FROM objective JOIN open_objective ON open_objective.id = objective.id
 ORDER BY objective.ref

-- query: isp
-- The information security policy, with the version in work, else the one that counts; one row in
-- any case.
SELECT policy.id AS policy, policy.ref, policy.title, policy.summary, policy.classification,
       policy.scope AS policy_scope,
       (SELECT name FROM party_name WHERE id = policy.owner) AS owner,
       coalesce(policy.location, version.location) AS location,
       coalesce(policy.review_months, 12) AS review_months,
       policy.next_review_on, policy.enforcement, policy.related,
       CASE policy.must_acknowledge WHEN 'everyone' THEN 'All members of staff'
                                    WHEN 'audience' THEN 'Those it is meant for'
                                    WHEN 'nobody' THEN 'Nobody' END AS acknowledging,
       version.version, version.status, version.effective_on, version.approved_on,
       (SELECT name FROM party_name WHERE id = version.approved_by) AS approved_by
  FROM (SELECT 1)
  LEFT JOIN policy
         ON policy.id = (SELECT id FROM policy
                          WHERE kind = 'information security policy'
                            AND NOT (EXISTS (SELECT 1 FROM policy_version
                                              WHERE policy_version.policy = policy.id)
                                     AND NOT EXISTS (SELECT 1 FROM policy_version
                                                      WHERE policy_version.policy = policy.id
                                                        AND status IN ('draft', 'in review',
                                                                       'approved')))
                          ORDER BY ref LIMIT 1)
  LEFT JOIN policy_version AS version
         ON version.policy = policy.id AND version.status IN ('draft', 'in review', 'approved')
 ORDER BY version.status = 'approved'
 LIMIT 1

-- query: obligations
SELECT ref, title, kind, source, requirement,
       (SELECT name FROM party_name WHERE id = obligation.owner) AS owner
  FROM obligation
 ORDER BY ref

-- query: duties
-- Who does what, in the order of weight.
SELECT role.title, role.responsibilities,
       CASE WHEN role.kind = 'group' THEN 'all of them'
            WHEN present.name IS NOT NULL THEN present.name
            ELSE '' END AS holder
  FROM role LEFT JOIN present ON present.id = role.holder
 ORDER BY CASE role.kind WHEN 'top management' THEN 1 WHEN 'isms' THEN 2 WHEN 'operational' THEN 3
                         WHEN 'third party' THEN 4 ELSE 5 END,
          role.reports_to IS NOT NULL, role.key_role IS NOT 'yes', role.ref

-- query: policies_below
-- What stands below the policy and is not retired.
SELECT policy.ref, policy.title, policy.summary,
       (SELECT name FROM party_name WHERE id = policy.owner) AS owner
  FROM policy
 WHERE policy.id <> :policy AND policy.kind <> 'information security policy'
   AND NOT (EXISTS (SELECT 1 FROM policy_version WHERE policy_version.policy = policy.id)
            AND NOT EXISTS (SELECT 1 FROM policy_version
                             WHERE policy_version.policy = policy.id
                               AND status IN ('draft', 'in review', 'approved')))
 ORDER BY policy.ref

-- query: versions
SELECT version, status, coalesce(approved_on, drafted_on) AS dated_on, change_summary,
       (SELECT name FROM party_name WHERE id = author) AS author,
       (SELECT name FROM party_name WHERE id = approved_by) AS approved_by
  FROM policy_version
 WHERE policy_version.policy = :policy
 ORDER BY coalesce(drafted_on, approved_on, '9999'), version

-- query: roles
SELECT role.id AS role, role.ref, role.title,
       CASE role.kind WHEN 'isms' THEN 'ISMS' ELSE role.kind END AS kind, role.responsibilities, role.authority,
       role.competence, role.key_role, role.assigned_on, role.accepted_on, role.job_description,
       role.agreement, role.ensures_conformity, role.reports_performance,
       CASE WHEN role.kind = 'group' THEN 'yes' END AS is_group,
       -- Who leads the organisation reports to nobody, and nobody grants them what they may decide.
       CASE WHEN role.kind = 'top management' AND role.reports_to IS NULL
                 AND role.escalates_to IS NULL THEN 'yes' END AS is_head,
       CASE WHEN role.authority_granted_by IS NULL
                 AND (role.kind = 'group' OR (role.kind = 'top management'
                                              AND role.reports_to IS NULL))
            THEN 'yes' END AS stands_alone,
       holder.name AS holder, holder.job_title AS holder_job, person.competence AS held,
       deputy.name AS deputy,
       (SELECT name FROM party_name WHERE id = role.authority_granted_by) AS granted_by,
       (SELECT name FROM party_name WHERE id = role.reports_to) AS reports_to,
       (SELECT name FROM party_name WHERE id = coalesce(role.escalates_to, role.reports_to))
           AS escalates_to
  FROM role
  LEFT JOIN present AS holder ON holder.id = role.holder
  LEFT JOIN person ON person.id = holder.id
  LEFT JOIN present AS deputy ON deputy.id = role.deputy
 ORDER BY CASE role.kind WHEN 'top management' THEN 1 WHEN 'isms' THEN 2 WHEN 'operational' THEN 3
                         WHEN 'third party' THEN 4 ELSE 5 END,
          role.reports_to IS NOT NULL, role.key_role IS NOT 'yes', role.ref

-- query: role_duties
-- What the matrix gives the role.
SELECT activity.ref AS activity_ref, activity.title AS activity_title,
       CASE responsibility.code
            WHEN 'A' THEN 'accountable' WHEN 'R' THEN 'responsible'
            WHEN 'A/R' THEN 'accountable and responsible'
            WHEN 'C' THEN 'consulted' ELSE 'informed' END AS part
  FROM responsibility JOIN activity ON activity.id = responsibility.activity
 WHERE responsibility.role = :role
 ORDER BY CASE responsibility.code WHEN 'A/R' THEN 1 WHEN 'A' THEN 2 WHEN 'R' THEN 3 WHEN 'C' THEN 4
                                   ELSE 5 END, activity.ref

-- query: role_policies
SELECT policy.ref AS policy_ref, policy.title AS policy_title
  FROM policy
 WHERE policy.owner = :role
   AND NOT (EXISTS (SELECT 1 FROM policy_version WHERE policy_version.policy = policy.id)
            AND NOT EXISTS (SELECT 1 FROM policy_version
                             WHERE policy_version.policy = policy.id
                               AND status IN ('draft', 'in review', 'approved')))
 ORDER BY policy.ref

-- query: role_objectives
SELECT objective.ref AS objective_ref, objective.title AS objective_title
  FROM objective JOIN open_objective ON open_objective.id = objective.id
 WHERE objective.owner = :role
 ORDER BY objective.ref

-- query: role_courses
-- The courses that the role or everyone in its place needs, and what its holder has.
SELECT course.title AS course_title,
       (SELECT max(completed_on) FROM training
         WHERE training.course = course.id
           AND training.person = (SELECT holder FROM role WHERE id = :role)) AS completed_on
  FROM course
 WHERE course.id IN (SELECT course FROM role_course WHERE role_course.role = :role)
    OR course.audience = 'everyone'
    OR (course.audience = 'top management'
        AND (SELECT kind FROM role WHERE id = :role) = 'top management')
 ORDER BY course.ref

-- query: next_review
-- The next management review that is planned; one row in any case.
SELECT review.id AS review, review.ref, review.title, review.planned_on,
       (SELECT name FROM party_name WHERE id = review.chair) AS chair
  FROM (SELECT 1)
  LEFT JOIN review
         ON review.id = (SELECT id FROM review
                          WHERE kind = 'management review' AND held_on IS NULL
                          ORDER BY coalesce(planned_on, '9999'), ref LIMIT 1)

-- query: invited
-- Who is invited; top management where nobody is yet.
SELECT person.name AS invited_name, person.job_title AS invited_title
  FROM attendance JOIN person ON person.id = attendance.person
 WHERE attendance.review = :review
 UNION ALL
SELECT name, min(title) FROM leading
 WHERE NOT EXISTS (SELECT 1 FROM attendance WHERE attendance.review = :review)
 GROUP BY id

-- query: last_review
SELECT review.id AS last_review, review.ref AS last_ref, review.title AS last_title,
       review.held_on AS last_held_on, review.summary AS last_summary
  FROM review
 WHERE kind = 'management review' AND held_on IS NOT NULL
 ORDER BY held_on DESC, ref DESC
 LIMIT 1

-- query: last_decisions
SELECT decision.ref AS decision_ref, decision.title AS decision_title, decision.due_on AS decision_due,
       coalesce((SELECT name FROM party_name WHERE id = decision.owner),
                (SELECT name FROM party_name WHERE id = action.owner)) AS decision_owner,
       coalesce(action.status, CASE WHEN decision.category = 'risk acceptance' THEN 'in force' END)
           AS decision_state
  FROM decision LEFT JOIN action ON action.id = decision.action
 WHERE decision.review = (SELECT id FROM review
                           WHERE kind = 'management review' AND held_on IS NOT NULL
                           ORDER BY held_on DESC, ref DESC LIMIT 1)
 ORDER BY decision.ref

-- query: input_notes
-- What the review's inputs already say.
SELECT input, state AS input_state, summary AS input_summary
  FROM review_input
 WHERE review_input.review = :review AND summary IS NOT NULL
 ORDER BY input

-- query: has_input_notes
SELECT 1 AS input_notes_exist
 WHERE EXISTS (SELECT 1 FROM review_input
                WHERE review_input.review = :review AND summary IS NOT NULL)

-- query: open_findings
-- Nonconformities of the last two years whose action is neither verified nor closed, or that have
-- none; supplier audits left out (checks.md, Nonconformity).
SELECT requirement.ref AS finding_requirement, audit.ref AS finding_round,
       assessment.grade AS finding_grade, assessment.note AS finding_note,
       coalesce((SELECT group_concat(action.ref || ' ' || action.status, ', ') FROM action
                  WHERE action.source = 'finding'
                    AND action.source_ref = audit.ref || '/' || requirement.ref), 'none yet')
           AS finding_action
  FROM assessment
  JOIN audit ON audit.id = assessment.audit AND audit.kind <> 'supplier'
  JOIN requirement ON requirement.id = assessment.requirement
 WHERE assessment.grade IN ('major nonconformity', 'minor nonconformity', 'area of concern')
   AND assessment.assessed_on >= date(:today, '-24 months')
   AND NOT EXISTS (SELECT 1 FROM action
                    WHERE action.source_ref = audit.ref || '/' || requirement.ref
                      AND action.status IN ('verified', 'closed'))
 ORDER BY audit.starts_on, audit.ref,
          (SELECT place FROM walk_order WHERE id = requirement.id), requirement.ref

-- query: open_actions
SELECT action.ref AS action_ref, action.title AS action_title, action.status AS action_status,
       action.due_on AS action_due,
       CASE WHEN action.due_on < :today THEN 'yes' END AS action_late,
       (SELECT name FROM party_name WHERE id = action.owner) AS action_owner
  FROM action
 WHERE action.status IN ('open', 'in progress')
 ORDER BY coalesce(action.due_on, '9999'), action.ref

-- query: figures
-- Each KPI with its newest value.
SELECT kpi.ref AS kpi_ref, kpi.title || coalesce(', ' || kpi.unit, '') AS kpi_title,
       printf('%.15g', newest.value) AS kpi_value, newest.measured_on AS kpi_measured_on,
       CASE WHEN kpi.direction = 'within'
            THEN printf('%.15g', kpi.lower) || ' to ' || printf('%.15g', kpi.upper)
            ELSE printf('%.15g', kpi.target) END AS kpi_target
  FROM kpi
  JOIN measurement AS newest
       ON newest.kpi = kpi.id
      AND newest.measured_on = (SELECT max(measured_on) FROM measurement WHERE kpi = kpi.id)
 ORDER BY kpi.ref

-- query: rounds
-- Rounds since the last review, else of the last two years.
SELECT audit.ref AS round_ref, audit.title AS round_title, audit.kind AS round_kind,
       audit.auditor AS round_auditor, audit.ends_on AS round_ends_on,
       audit.conclusion AS round_conclusion,
       (SELECT count(*) FROM assessment
         WHERE assessment.audit = audit.id
           AND grade IN ('major nonconformity', 'minor nonconformity', 'area of concern'))
           AS round_findings
  FROM audit
 WHERE audit.kind <> 'supplier'
   AND audit.starts_on >= coalesce((SELECT max(held_on) FROM review
                                     WHERE kind = 'management review'),
                                   date(:today, '-24 months'))
 ORDER BY audit.starts_on

-- query: feedback
SELECT action.ref AS feedback_ref, action.title AS feedback_title,
       coalesce(action.raised_by, '') AS feedback_by, action.raised_on AS feedback_on
  FROM action
 WHERE action.source = 'feedback'
   AND action.raised_on >= coalesce((SELECT max(held_on) FROM review
                                      WHERE kind = 'management review'),
                                    date(:today, '-12 months'))
 ORDER BY action.raised_on, action.ref

-- query: risks
SELECT DISTINCT objective.risk AS risk_text,
       (SELECT group_concat(ref, ', ') FROM (SELECT other.ref FROM objective AS other
                                              WHERE other.risk = objective.risk
                                              ORDER BY other.ref)) AS risk_objectives
  FROM objective JOIN open_objective ON open_objective.id = objective.id
 WHERE objective.risk IS NOT NULL
 ORDER BY 1

-- query: spending
SELECT resource.category AS spending_category, sum(planned) AS spending_planned,
       sum(approved) AS spending_approved, sum(spent) AS spending_spent
  FROM resource JOIN this_year ON this_year.year = resource.year
 GROUP BY resource.category
 ORDER BY min(CASE resource.category WHEN 'people' THEN 1 WHEN 'training' THEN 2
                                     WHEN 'technology' THEN 3 WHEN 'consultancy' THEN 4
                                     WHEN 'audit' THEN 5 WHEN 'insurance' THEN 6 ELSE 7 END)

-- query: minuted_review
-- The newest management review that was held, else the next one planned; one row in any case.
SELECT review.id AS review, review.ref, review.title, review.held_on, review.planned_on,
       review.suitable, review.adequate, review.effective, review.summary,
       (SELECT name FROM party_name WHERE id = review.chair) AS chair
  FROM (SELECT 1)
  LEFT JOIN review
         ON review.id = (SELECT id FROM review WHERE kind = 'management review'
                          ORDER BY held_on IS NULL, held_on DESC, coalesce(planned_on, '9999'), ref
                          LIMIT 1)

-- query: attended
SELECT person.name AS attended_name, person.job_title AS attended_title,
       CASE attendance.attended WHEN 'yes' THEN 'present' WHEN 'no' THEN 'absent' ELSE 'excused' END
           AS attended_how
  FROM attendance JOIN person ON person.id = attendance.person
 WHERE attendance.review = :review
 ORDER BY attendance.attended = 'no', attendance.attended = 'excused', person.name

-- query: inputs
-- The ten inputs in the order of 9.3.2, whether the review has them or not.
SELECT named.letter, named.words AS input_title, nullif(review_input.state, 'open') AS input_state,
       coalesce(review_input.summary,
                CASE review_input.state WHEN 'not covered' THEN 'Not covered in this review.'
                                        WHEN 'no change' THEN 'No change.' END) AS input_summary
  FROM (SELECT 'a previous actions' AS input, 'a' AS letter,
               'What became of earlier decisions' AS words, 1 AS place
         UNION ALL SELECT 'b issues', 'b', 'What changed around us and within', 2
         UNION ALL SELECT 'c interested parties', 'c',
                          'What interested parties need and expect, and what changed there', 3
         UNION ALL SELECT 'd1 nonconformities', 'd1', 'Nonconformities and their actions', 4
         UNION ALL SELECT 'd2 measurements', 'd2', 'What was monitored and measured', 5
         UNION ALL SELECT 'd3 audit results', 'd3', 'What audits found', 6
         UNION ALL SELECT 'd4 objectives', 'd4', 'How far the objectives are reached', 7
         UNION ALL SELECT 'e feedback', 'e', 'What interested parties told us', 8
         UNION ALL SELECT 'f risks', 'f', 'The risk assessment and where the treatment stands', 9
         UNION ALL SELECT 'g improvement', 'g', 'Where we can get better', 10) AS named
  LEFT JOIN review_input ON review_input.review = :review AND review_input.input = named.input
 ORDER BY named.place

-- query: decisions
SELECT decision.ref AS decision_ref, decision.title AS decision_title,
       decision.category AS decision_category, decision.input AS decision_input,
       decision.due_on AS decision_due, action.ref AS decision_action,
       resource.ref AS decision_resource,
       coalesce((SELECT name FROM party_name WHERE id = decision.owner),
                (SELECT name FROM party_name WHERE id = action.owner)) AS decision_owner
  FROM decision
  LEFT JOIN action ON action.id = decision.action
  LEFT JOIN resource ON resource.id = decision.resource
 WHERE decision.review = :review
 ORDER BY decision.ref

-- query: planned_audit
-- The internal audit that is open or to come, else the newest; one row in any case.
SELECT audit.id AS audit, audit.ref, audit.title, audit.kind, audit.auditor, audit.method,
       audit.starts_on, audit.ends_on, audit.scope AS audit_scope, audit.criteria,
       audit.reported_to, previous.id AS previous, previous.ref AS previous_ref
  FROM (SELECT 1)
  LEFT JOIN audit
         ON audit.id = (SELECT id FROM audit WHERE kind = 'internal'
                         ORDER BY closed_on IS NOT NULL, starts_on DESC, ref LIMIT 1)
  LEFT JOIN audit AS previous ON previous.id = audit.previous

-- query: audited_clauses
-- The clauses that the round goes through, with how many lines, and who answers for what the matrix
-- says of them.
SELECT clause, count(*) AS clause_lines,
       (SELECT group_concat(title, ', ')
          FROM (SELECT DISTINCT role.title
                  FROM activity
                  JOIN responsibility ON responsibility.activity = activity.id
                                     AND responsibility.code IN ('A', 'R', 'A/R')
                  JOIN role ON role.id = responsibility.role
                 WHERE activity.clause = requirement.clause
                    OR activity.clause LIKE requirement.clause || '.%'
                    OR requirement.clause LIKE activity.clause || '.%'
                 ORDER BY role.kind <> 'top management', role.ref)) AS clause_people
  FROM requirement JOIN walk_order ON walk_order.id = requirement.id
 WHERE requirement.kind = 'requirement'
 GROUP BY clause
 ORDER BY min(walk_order.place)

-- query: audited_documents
SELECT policy.ref AS document_ref, policy.title AS document_title, approved.version AS document_version,
       coalesce(approved.location, policy.location) AS document_location
  FROM policy JOIN approved ON approved.policy = policy.id
 ORDER BY policy.ref

-- query: earlier_findings
-- Findings of the round before, to be followed up.
SELECT requirement.ref AS finding_requirement, assessment.grade AS finding_grade,
       assessment.note AS finding_note,
       coalesce((SELECT group_concat(action.ref || ' ' || action.status, ', ') FROM action
                  WHERE action.source = 'finding'
                    AND action.source_ref = audit.ref || '/' || requirement.ref), 'no action')
           AS finding_action
  FROM assessment
  JOIN audit ON audit.id = assessment.audit
  JOIN requirement ON requirement.id = assessment.requirement
 WHERE assessment.audit = :previous
   AND assessment.grade IN ('major nonconformity', 'minor nonconformity', 'area of concern')
 ORDER BY (SELECT place FROM walk_order WHERE id = requirement.id), requirement.ref

-- query: audit_samples
SELECT requirement.ref AS sample_requirement, sample.population AS sample_population,
       sample.size AS sample_size, sample.method AS sample_method
  FROM sample JOIN requirement ON requirement.id = sample.requirement
 WHERE sample.audit = :audit
 ORDER BY (SELECT place FROM walk_order WHERE id = requirement.id), requirement.ref, sample.drawn_on

-- query: planned_messages
SELECT communication.ref AS message_ref, communication.title AS message_title,
       communication.kind AS message_kind, communication.planned_on AS message_on,
       communication.channel AS message_channel,
       communication.audience || coalesce(': ' || communication.audience_detail, '')
           AS message_audience,
       CASE WHEN communication.planned_on < :today THEN 'yes' END AS message_late,
       (SELECT name FROM party_name WHERE id = communication.sender) AS message_sender
  FROM communication
 WHERE communication.sent_on IS NULL
 ORDER BY communication.planned_on, communication.ref

-- query: sent_messages
SELECT communication.ref AS message_ref, communication.title AS message_title,
       communication.kind AS message_kind, communication.sent_on AS message_on,
       communication.channel AS message_channel, communication.reach AS message_reach,
       communication.audience || coalesce(': ' || communication.audience_detail, '')
           AS message_audience,
       communication.feedback AS message_feedback,
       (SELECT name FROM party_name WHERE id = communication.sender) AS message_sender
  FROM communication
 WHERE communication.sent_on BETWEEN date(:today, '-12 months') AND :today
 ORDER BY communication.sent_on, communication.ref

-- query: policies_to_announce
-- Approved policies that nothing was sent about since.
SELECT policy.ref AS policy_ref, policy.title AS policy_title, approved.version AS policy_version,
       approved.approved_on AS policy_approved_on
  FROM policy JOIN approved ON approved.policy = policy.id
 WHERE NOT EXISTS (SELECT 1 FROM communication
                    WHERE communication.policy = policy.id
                      AND communication.sent_on >= approved.approved_on)
 ORDER BY policy.ref

-- query: roles_to_announce
SELECT role.ref AS role_ref, role.title AS role_title, present.name AS role_holder
  FROM role JOIN present ON present.id = role.holder
 WHERE role.communicated_on IS NULL AND role.kind <> 'group'
 ORDER BY role.ref

-- query: objectives_to_announce
SELECT objective.ref AS objective_ref, objective.title AS objective_title,
       objective.audience AS objective_audience
  FROM objective JOIN open_objective ON open_objective.id = objective.id
 WHERE objective.communicated_on IS NULL
 ORDER BY objective.ref

-- query: planned_courses
SELECT course.title AS course_title, CASE count(*) WHEN 1 THEN 'one person' ELSE count(*) || ' people' END
           AS course_people,
       min(training.due_on) AS course_from,
       nullif(max(training.due_on), min(training.due_on)) AS course_to
  FROM training
  JOIN course ON course.id = training.course
  JOIN present ON present.id = training.person
 WHERE training.completed_on IS NULL
 GROUP BY course.id
 ORDER BY min(training.due_on), course.ref
