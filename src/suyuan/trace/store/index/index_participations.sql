SELECT p.event_number, p.item_id, p.role::text, p.quantity::text, p.unit
  FROM trace_participation p
 WHERE p.tenant_id = %(tenant)s
   AND (%(numbers)s::bigint[] IS NULL OR p.event_number = ANY (%(numbers)s::bigint[]))
