-- The leaves of events whose hashes were made when they were recorded; see trace/domain/sealing.py, which says the same.
SELECT e.number,
       CASE WHEN e.record_hash IS NOT NULL THEN sha256('\x00'::bytea || convert_to(
            '{"event":"' || encode(e.content_hash, 'hex') || '","record":"' || encode(e.record_hash, 'hex')
            || '","recorded":"' || to_char(e.recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            || '","type":"suyuan/event/1"}', 'UTF8')) END
  FROM unnest(%(numbers)s) WITH ORDINALITY AS g (number, place)
  JOIN trace_event e ON e.number = g.number
 WHERE e.tenant_id = %(tenant)s
 ORDER BY g.place
