-- How far the acknowledgement of each policy has come, where it is due.
SELECT id, expected, done FROM acknowledgement_tally ORDER BY id
