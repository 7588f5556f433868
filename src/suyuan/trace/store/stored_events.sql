SELECT e.number, e.event_id, d.document, c.context, e.recorded, e.event_time
  FROM trace_event e
  JOIN trace_document d ON d.tenant_id = e.tenant_id AND d.event_number = e.number
  LEFT JOIN trace_context c ON c.tenant_id = d.tenant_id AND c.hash = d.context_hash
 WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s::bigint[])
 ORDER BY e.event_time, e.number
