-- Checks on management reviews and their decisions. Where they judge a review it is the newest one
-- held.

-- check: review-none
-- severity: error
-- requirement: 9.3.1
-- finds: no management review held within the planned interval and a month
-- remedy: hold one
-- register: review
-- field: held_on
-- message: No management review was held since {since}[; the last was {ref} on {held_on}]
SELECT '-' AS record, add_months(:today, -(s.review_interval + 1)) AS since, n.ref, n.held_on
FROM settings s LEFT JOIN newest_review n
WHERE coalesce(n.held_on, '') < add_months(:today, -(s.review_interval + 1))
-- basis: The newest management review is {ref}, held on {held_on}
SELECT 1 AS examined, ref, held_on, id FROM newest_review

-- check: review-not-quarterly
-- severity: info
-- requirement: 9.3.1
-- finds: no leadership meeting of any kind held in the last 3 months
-- remedy: quarterly meetings are good practice
-- register: review
-- field: held_on
-- message: No leadership meeting was held since {since}
SELECT '-' AS record, add_months(:today, -3) AS since
WHERE NOT EXISTS (SELECT 1 FROM review WHERE held_on BETWEEN add_months(:today, -3) AND :today)
-- basis: {examined} leadership meetings in the last 3 months, the newest on {newest}
SELECT count(*) AS examined, max(held_on) AS newest, max(id) AS id
FROM review
WHERE held_on BETWEEN add_months(:today, -3) AND :today

-- check: review-overdue
-- severity: warning
-- requirement: 9.3.1
-- finds: a planned review is past its date and not held
-- remedy: hold it or plan it anew
-- register: review
-- field: planned_on
-- message: {record} was planned for {planned_on} and is not held
SELECT key_part(ref) AS record, id, planned_on
FROM review
WHERE planned_on < :today AND held_on IS NULL
-- basis: {good} of {examined} planned reviews are held or still to come[; late: {records}]
SELECT count(planned_on) AS examined FROM review

-- check: review-none-planned
-- severity: warning
-- requirement: 9.3.1
-- finds: no review is planned
-- remedy: plan the next one
-- register: review
-- field: planned_on
-- message: No management review is planned from today on
SELECT '-' AS record
WHERE NOT EXISTS (SELECT 1 FROM review
                  WHERE kind = 'management review' AND held_on IS NULL AND planned_on >= :today)
-- basis: Planned: {reviews}
SELECT count(*) AS examined, some_of(ref || ' on ' || planned_on) AS reviews, min(id) AS id
FROM review
WHERE kind = 'management review' AND held_on IS NULL AND planned_on >= :today

-- check: review-no-leader
-- severity: error
-- requirement: 9.3.1
-- finds: a management review held without anybody of top management
-- remedy: repeat it with them
-- register: review
-- field: chair
-- message: Nobody of top management took part in {record} on {held_on}
SELECT key_part(r.ref) AS record, r.id, r.held_on
FROM newest_review r
WHERE NOT EXISTS (SELECT 1 FROM approver a
                  WHERE a.until_on >= r.held_on
                    AND (a.id = r.chair
                         OR EXISTS (SELECT 1 FROM attendance t
                                    WHERE t.review = r.id AND t.person = a.id
                                      AND t.attended = 'yes')))
-- basis: {count} of top management took part in {ref}[: {names}]
SELECT 1 AS examined, r.ref, r.id, count(p.id) AS count, some_of(p.name) AS names
FROM newest_review r
LEFT JOIN person p ON p.id IN (SELECT a.id FROM approver a WHERE a.until_on >= r.held_on)
 AND (p.id = r.chair OR EXISTS (SELECT 1 FROM attendance t
                                WHERE t.review = r.id AND t.person = p.id AND t.attended = 'yes'))
GROUP BY r.id

-- check: review-input-missing
-- severity: error
-- requirement: 9.3.2.a 9.3.2.b 9.3.2.c 9.3.2.d1 9.3.2.d2 9.3.2.d3 9.3.2.d4 9.3.2.e 9.3.2.f 9.3.2.g
-- finds: an input neither discussed nor "no change" in any management review held within the interval up to and including the newest
-- remedy: cover it at the next review
-- register: review
-- field: ref
-- message: {count} of 10 inputs were not covered up to {record}: {inputs}
SELECT key_part(ref) AS record, id, count(*) AS count, group_concat(input, ', ') AS inputs,
       group_concat(requirement, ' ') AS requirement
FROM uncovered_input
GROUP BY id
-- basis: {ref} and the reviews within the interval before it cover {covered} of 10 inputs
SELECT 1 AS examined, ref, id, 10 - (SELECT count(*) FROM uncovered_input) AS covered
FROM newest_review

-- word: uncovered_input
-- Inputs that no management review of the interval up to the newest one dealt with.
SELECT n.ref, n.id, q.input, q.requirement
FROM newest_review n JOIN settings s JOIN requirement_input q
WHERE NOT EXISTS (SELECT 1
                  FROM held_review r JOIN review_input i ON i.review = r.id
                  WHERE i.input = q.input AND i.state IN ('discussed', 'no change')
                    AND r.held_on <= n.held_on
                    AND r.held_on >= add_months(n.held_on, -s.review_interval))

-- check: review-no-decision
-- severity: warning
-- requirement: 9.3.3-1
-- finds: a management review held without a decision on improvement or on changes to the ISMS
-- remedy: record the decisions
-- register: review
-- field: ref
-- message: {record} decided nothing on improvement or on changes to the ISMS
SELECT key_part(r.ref) AS record, r.id
FROM newest_review r
WHERE NOT EXISTS (SELECT 1 FROM decision d
                  WHERE d.review = r.id AND d.category IN ('improvement', 'isms change'))
-- basis: {ref} led to {decisions} decisions, {improvements} of them on improvement or changes
SELECT 1 AS examined, r.ref, r.id, count(d.id) AS decisions,
       count(d.id) FILTER (WHERE d.category IN ('improvement', 'isms change')) AS improvements
FROM newest_review r LEFT JOIN decision d ON d.review = r.id
GROUP BY r.id

-- check: review-no-verdict
-- severity: warning
-- requirement: 9.3.1
-- finds: a management review held without saying whether the ISMS is suitable, adequate and effective
-- remedy: record it
-- register: review
-- field: suitable
-- message: {record} does not say whether the ISMS is {missing}
SELECT key_part(ref) AS record, id,
       rtrim(iif(suitable IS NULL, 'suitable, ', '') || iif(adequate IS NULL, 'adequate, ', '')
             || iif(effective IS NULL, 'effective, ', ''), ', ') AS missing,
       CASE WHEN suitable IS NULL THEN 'suitable' WHEN adequate IS NULL THEN 'adequate'
            ELSE 'effective' END AS field
FROM newest_review
WHERE suitable IS NULL OR adequate IS NULL OR effective IS NULL
-- basis: {ref}: suitable {suitable}, adequate {adequate}, effective {effective}
SELECT 1 AS examined, ref, id, coalesce(suitable, 'not said') AS suitable,
       coalesce(adequate, 'not said') AS adequate, coalesce(effective, 'not said') AS effective
FROM newest_review

-- check: review-no-minutes
-- severity: warning
-- requirement: 9.3.3-2
-- finds: a management review held without minutes
-- remedy: link them
-- register: review
-- field: minutes
-- message: {record}, held on {held_on}, has no minutes
SELECT key_part(ref) AS record, id, held_on FROM newest_review WHERE minutes IS NULL
-- basis: {ref}: minutes {minutes}
SELECT 1 AS examined, ref, id, coalesce(minutes, 'missing') AS minutes FROM newest_review

-- check: decision-idle
-- severity: warning
-- requirement: 9.3.3-1
-- finds: a decision with neither an owner nor an action
-- remedy: say who does it
-- register: decision
-- field: owner
-- message: Nobody is to carry out {record} ({title})
SELECT key_part(ref) AS record, id, title FROM decision WHERE owner IS NULL AND action IS NULL
-- basis: {good} of {examined} decisions have an owner or an action[; not {records}]
SELECT count(*) AS examined FROM decision
