SELECT i.id, i.uri, i.code, i.kind, w.parent_since, NULL::timestamptz, w.event_number
  FROM trace_whereabouts w JOIN trace_item i ON i.id = w.item_id
 WHERE w.tenant_id = %(tenant)s AND w.parent_id = %(item_id)s AND i.id > %(after)s
 ORDER BY i.id
 LIMIT %(limit)s
