-- The item's own events, voided ones with them, and those of what carried it while it was inside; newest %(limit)s.
WITH RECURSIVE held (item_id, since, until, depth) AS (
    SELECT %(item_id)s::bigint, '-infinity'::timestamptz, 'infinity'::timestamptz, 0
    UNION ALL
    SELECT a.parent_id, greatest(h.since, a.since), least(h.until, a.until), h.depth + 1
      FROM held h
      CROSS JOIN LATERAL (
        -- a stay ends when it is taken out, put elsewhere, or what it is in is cleaned
        SELECT p.item_id AS parent_id, c.event_time AS since, least(coalesce(
                   (SELECT min(d.event_time) FROM trace_participation d
                     WHERE d.tenant_id = %(tenant)s AND d.item_id = h.item_id AND d.role = 'c' AND d.act IN ('A', 'D', 'E', 'G')
                       AND d.event_number <> c.event_number AND d.event_time >= c.event_time), 'infinity'), coalesce(
                   (SELECT w.event_time FROM trace_participation w JOIN trace_event x ON x.number = w.event_number
                     WHERE w.tenant_id = %(tenant)s AND w.item_id = p.item_id AND w.role IN ('s', 'p')
                       AND w.event_time > c.event_time AND x.cleans AND NOT x.declares_error
                     ORDER BY w.event_time LIMIT 1), 'infinity')) AS until
          FROM trace_participation c
          JOIN trace_event e ON e.number = c.event_number AND NOT e.declares_error
          CROSS JOIN LATERAL (
            -- OFFSET 0 keeps this a look-up by event, whatever the statistics say
            SELECT q.item_id FROM trace_participation q
             WHERE q.tenant_id = %(tenant)s AND q.event_number = c.event_number AND q.role = 'p' OFFSET 0) AS p
         WHERE c.tenant_id = %(tenant)s AND c.item_id = h.item_id AND c.role = 'c' AND c.act IN ('A', 'E')
           AND NOT EXISTS (SELECT FROM trace_event v
                            WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error)
         ORDER BY c.event_time DESC LIMIT 4) AS a
     WHERE h.depth < 3 AND a.since <= h.until
), named AS (
    SELECT p.event_number, p.event_time, min(h.depth) AS depth,
           (array_agg(p.role ORDER BY h.depth))[1] AS role, (array_agg(p.act ORDER BY h.depth))[1] AS act,
           (array_agg(p.quantity ORDER BY h.depth))[1] AS quantity, (array_agg(p.unit ORDER BY h.depth))[1] AS unit,
           (array_agg(p.item_id ORDER BY h.depth))[1] AS item_id
      FROM held h
      JOIN trace_participation p ON p.tenant_id = %(tenant)s AND p.item_id = h.item_id
       AND p.event_time BETWEEN h.since AND h.until
     -- what else was put into a container is no part of this item's life
     WHERE h.depth = 0 OR p.role <> 'p'
     GROUP BY p.event_number, p.event_time
     ORDER BY p.event_time DESC, p.event_number DESC
     LIMIT %(limit)s
)
SELECT e.number, e.event_id, e.event_time, e.offset_minutes, e.recorded, e.biz_step, e.disposition, n.role, n.act,
       CASE WHEN n.depth > 0 THEN carrier.code END, coalesce(e.biz_location, e.read_point), e.person, e.equipment,
       e.work_order, e.shift, e.capture_method, n.quantity, n.unit, e.declares_error,
       coalesce(declared.error_reason, e.error_reason), declared.number IS NOT NULL AND NOT e.declares_error,
       d.document -> 'sensorElementList', d.document ->> 'suyuan:node', d.document ->> 'suyuan:instructionRevision'
  FROM named n
  JOIN trace_event e ON e.number = n.event_number
  LEFT JOIN trace_item carrier ON carrier.id = n.item_id
  LEFT JOIN trace_document d ON d.tenant_id = %(tenant)s AND d.event_number = e.number
  LEFT JOIN LATERAL (
    SELECT v.number, v.error_reason FROM trace_event v
     WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error LIMIT 1) AS declared ON true
 WHERE %(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[])
 ORDER BY e.event_time, e.number
