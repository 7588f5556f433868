-- Every container an item was ever put into, and when it came out (or the container was emptied).
SELECT i.id, i.uri, i.code, i.kind, a.event_time,
       (SELECT min(d.event_time)
          FROM trace_participation d
          JOIN trace_event e ON e.number = d.event_number AND NOT e.declares_error
         WHERE d.tenant_id = %(tenant)s AND d.act IN ('D', 'G') AND d.event_time >= a.event_time
           AND ((d.item_id = %(item_id)s AND d.role = 'c'
                 AND EXISTS (SELECT FROM trace_participation q WHERE q.tenant_id = %(tenant)s
                              AND q.event_number = d.event_number AND q.role = 'p' AND q.item_id = i.id))
                OR (d.item_id = i.id AND d.role = 'p' AND e.item_count = 1))) AS until,
       a.event_number
  FROM trace_participation a
  JOIN trace_event e ON e.number = a.event_number AND NOT e.declares_error
  JOIN trace_participation p ON p.tenant_id = a.tenant_id AND p.event_number = a.event_number AND p.role = 'p'
  JOIN trace_item i ON i.id = p.item_id
 WHERE a.tenant_id = %(tenant)s AND a.item_id = %(item_id)s AND a.role = 'c' AND a.act IN ('A', 'E')
   AND NOT EXISTS (SELECT FROM trace_event v
                    WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error)
 ORDER BY a.event_time DESC
 LIMIT %(limit)s
