SELECT d.event_number, d.document, d.reading, c.context, encode(e.content_hash, 'hex'), e.recorded_by
  FROM trace_document d
  JOIN trace_event e ON e.number = d.event_number
  LEFT JOIN trace_context c ON c.tenant_id = d.tenant_id AND c.hash = d.context_hash
 WHERE d.tenant_id = %(tenant)s AND d.event_number = ANY (%(numbers)s)
