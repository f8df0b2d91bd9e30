-- Checks on the files that show it.

-- check: evidence-missing
-- severity: warning
-- requirement: 7.5.3
-- finds: at its last verification the file was not where it was
-- remedy: find it or replace it
-- register: evidence
-- field: location
-- message: {record} was not found on {verified_on}[ at {location}]
SELECT key_part(ref) AS record, id, location,
       coalesce(verified_on, 'its last verification') AS verified_on
FROM evidence
WHERE verified_state = 'missing'
-- basis: {good} of {examined} verified files were found[; not {records}]
SELECT count(verified_state) AS examined FROM evidence

-- check: evidence-changed
-- severity: error
-- requirement: 7.5.3
-- finds: at its last verification the file differed from what was sealed
-- remedy: look at it and seal it again
-- register: evidence
-- field: sha256
-- message: {record} differed from what was sealed on {verified_on}
SELECT key_part(ref) AS record, id, coalesce(verified_on, 'its last verification') AS verified_on
FROM evidence
WHERE verified_state = 'changed'
-- basis: {good} of {examined} verified files were as sealed[; not {records}]
SELECT count(*) AS examined FROM evidence WHERE verified_state IN ('unchanged', 'changed')

-- check: evidence-expired
-- severity: warning
-- requirement: 7.5.3
-- finds: evidence past its expiry date
-- remedy: collect it anew
-- register: evidence
-- field: expires_on
-- message: {record} expired on {expires_on}
SELECT key_part(ref) AS record, id, expires_on FROM evidence WHERE expires_on < :today
-- basis: {good} of {examined} pieces of evidence with an expiry date still count[; expired: {records}]
SELECT count(expires_on) AS examined FROM evidence

-- check: evidence-unused
-- severity: info
-- requirement: 7.5.3
-- finds: evidence linked to nothing
-- remedy: link it or remove it
-- register: evidence
-- field: ref
-- message: {record} is linked to nothing
SELECT key_part(e.ref) AS record, e.id
FROM evidence e
WHERE NOT EXISTS (SELECT 1 FROM evidence_link l WHERE l.evidence = e.id)
-- basis: {good} of {examined} pieces of evidence are linked[; not {records}]
SELECT count(*) AS examined FROM evidence
