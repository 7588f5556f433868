-- The product and kind of items, when each was first on record, and by which step.
SELECT DISTINCT ON (i.id) i.product, i.kind, e.event_time, e.biz_step
  FROM trace_item i
  JOIN trace_participation p ON p.tenant_id = i.tenant_id AND p.item_id = i.id
  JOIN trace_event e ON e.tenant_id = p.tenant_id AND e.number = p.event_number
 WHERE i.tenant_id = %(tenant)s AND i.id = ANY (%(items)s::bigint[]) AND NOT e.declares_error
 ORDER BY i.id, e.event_time, e.number
