-- One message of a device at a time; with what is on record of the device, and of these entries.
WITH held AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended(%(device)s, %(tenant)s)) AS done
), known AS MATERIALIZED (
    SELECT clock_timestamp() AS received FROM held
)
SELECT received FROM known
