-- One message of a device at a time: when they are all held, it is now. Without patience, those of the devices that
-- nobody else holds.
WITH held AS MATERIALIZED (
    SELECT given.device,
           CASE WHEN %(patient)s
                THEN pg_advisory_xact_lock(hashtextextended(given.device, %(tenant)s)) IS NOT NULL
                ELSE pg_try_advisory_xact_lock(hashtextextended(given.device, %(tenant)s)) END AS done
      FROM (SELECT DISTINCT d.device FROM unnest(%(devices)s::text[]) AS d (device) ORDER BY d.device) AS given
)
SELECT clock_timestamp(), array_agg(h.device::uuid) FILTER (WHERE h.done) FROM held h
