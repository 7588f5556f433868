-- The leaves of events whose hashes were made when they were recorded, joined in the order given; see
-- trace/domain/sealing.py, which says the same. Each event is looked up by its number, whatever the planner knows.
SELECT string_agg(e.leaf, '' ORDER BY g.place)
  FROM unnest(%(numbers)s) WITH ORDINALITY AS g (number, place)
 CROSS JOIN LATERAL (
        SELECT sha256('\x00'::bytea || convert_to(
                '{"event":"' || encode(w.content_hash, 'hex') || '","record":"' || encode(w.record_hash, 'hex')
                || '","recorded":"' || to_char(w.recorded AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                || '","type":"suyuan/event/1"}', 'UTF8')) AS leaf
          FROM trace_event w
         WHERE w.tenant_id = %(tenant)s AND w.number = g.number
        OFFSET 0
       ) e
