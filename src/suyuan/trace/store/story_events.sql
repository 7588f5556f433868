-- An item's own events and those of every container while the item was inside, voided ones left out; newest first.
WITH RECURSIVE held (item_id, since, until, depth) AS (
    SELECT %(item_id)s::bigint, '-infinity'::timestamptz, 'infinity'::timestamptz, 0
    UNION ALL
    SELECT a.parent_id, greatest(h.since, a.since), least(h.until, a.until), h.depth + 1
      FROM held h
      CROSS JOIN LATERAL (
        SELECT p.item_id AS parent_id, c.event_time AS since, coalesce(least(
                   -- taken out, or put into something else
                   (SELECT min(d.event_time) FROM trace_participation d
                      JOIN trace_event f ON f.number = d.event_number AND NOT f.declares_error
                     WHERE d.tenant_id = %(tenant)s AND d.item_id = h.item_id AND d.role = 'c' AND d.act IN ('A', 'D', 'E', 'G')
                       AND d.event_number <> c.event_number AND d.event_time >= c.event_time
                       AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = %(tenant)s
                                        AND v.event_id = f.event_id AND v.declares_error)),
                   -- the whole container was emptied
                   (SELECT min(d.event_time) FROM trace_participation d
                      JOIN trace_event f ON f.number = d.event_number AND NOT f.declares_error AND f.item_count = 1
                     WHERE d.tenant_id = %(tenant)s AND d.item_id = p.item_id AND d.role = 'p' AND d.act IN ('D', 'G')
                       AND d.event_time >= c.event_time
                       AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = %(tenant)s
                                        AND v.event_id = f.event_id AND v.declares_error))),
               'infinity') AS until
          FROM trace_participation c
          JOIN trace_event e ON e.number = c.event_number AND NOT e.declares_error
          CROSS JOIN LATERAL (
            -- OFFSET 0 keeps this a look-up by event, whatever the statistics say
            SELECT q.item_id FROM trace_participation q
             WHERE q.tenant_id = %(tenant)s AND q.event_number = c.event_number AND q.role = 'p' OFFSET 0
          ) AS p
         WHERE c.tenant_id = %(tenant)s AND c.item_id = h.item_id AND c.role = 'c' AND c.act IN ('A', 'E')
           AND NOT EXISTS (SELECT FROM trace_event v
                            WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error)
         ORDER BY c.event_time DESC LIMIT 8
      ) AS a
     WHERE h.depth < %(depth)s AND a.since <= h.until AND a.until >= h.since
), named AS (
    SELECT p.event_number, min(h.depth) AS depth, (array_agg(p.role ORDER BY h.depth))[1] AS role
      FROM held h
      JOIN trace_participation p ON p.tenant_id = %(tenant)s AND p.item_id = h.item_id
       AND p.event_time BETWEEN h.since AND h.until
     -- what else was put into a container is no part of this item's life
     WHERE h.depth = 0 OR p.role <> 'p' OR p.act IN ('D', 'G')
     GROUP BY p.event_number, p.event_time
     ORDER BY p.event_time DESC
     LIMIT %(limit)s
)
SELECT e.event_time, e.offset_minutes, e.type, e.action, e.biz_step, e.disposition,
       coalesce(e.biz_location, e.read_point), n.role, n.depth > 0,
       d.document -> 'sensorElementList', d.document -> 'destinationList', d.document -> 'persistentDisposition'
  FROM named n
  JOIN trace_event e ON e.number = n.event_number AND NOT e.declares_error
  LEFT JOIN trace_document d ON d.tenant_id = %(tenant)s AND d.event_number = e.number
 WHERE NOT EXISTS (SELECT FROM trace_event v
                    WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error)
 ORDER BY e.event_time, e.number
