-- Seconds until this subject may try again: after :allowed failures within 15 minutes, until the oldest leaves the window.
SELECT ceil(extract(epoch FROM (min(at) + interval '15 minutes' - clock_timestamp())))::int
  FROM (SELECT at FROM tenancy_attempt
         WHERE subject = %(subject)s AND at > clock_timestamp() - interval '15 minutes'
         ORDER BY at DESC LIMIT %(allowed)s) AS latest
HAVING count(*) >= %(allowed)s
