SELECT m.event_number, u.uri, l.uri, m.event_time
  FROM trace_membership m
  LEFT JOIN trace_item u ON u.id = m.unit_id AND u.tenant_id = m.tenant_id
  LEFT JOIN trace_item l ON l.id = m.lot_id AND l.tenant_id = m.tenant_id
 WHERE m.tenant_id = %(tenant)s AND m.event_number = ANY (%(numbers)s::bigint[])
