SELECT p.event_number, p.item_id, p.role, p.quantity, p.unit, m.lot_id
  FROM trace_participation p
  LEFT JOIN trace_membership m
    ON m.tenant_id = p.tenant_id AND m.unit_id = p.item_id AND m.event_number = p.event_number
 WHERE p.tenant_id = %(tenant)s AND p.event_number = ANY (%(numbers)s::bigint[])
