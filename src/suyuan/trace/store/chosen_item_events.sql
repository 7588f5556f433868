SELECT p.event_number, row_number() OVER (ORDER BY p.event_time DESC, p.event_number DESC)
  FROM trace_participation p
  JOIN trace_event e ON e.number = p.event_number
 WHERE p.tenant_id = %(tenant)s AND p.item_id = %(item_id)s
   AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
   AND (%(after_time)s::timestamptz IS NULL
        OR (p.event_time, p.event_number) < (%(after_time)s::timestamptz, %(after_number)s::bigint))
 GROUP BY p.event_number, p.event_time
 ORDER BY p.event_time DESC, p.event_number DESC
 LIMIT %(limit)s
