SELECT p.event_number, p.role::text, i.uri, p.quantity, p.unit, p.event_time, p.act::text
  FROM trace_participation p
  LEFT JOIN trace_item i ON i.id = p.item_id AND i.tenant_id = p.tenant_id
 WHERE p.tenant_id = %(tenant)s AND p.event_number = ANY (%(numbers)s::bigint[])
