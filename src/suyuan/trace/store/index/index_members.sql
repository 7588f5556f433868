SELECT m.event_number, m.unit_id, m.lot_id
  FROM trace_membership m
 WHERE m.tenant_id = %(tenant)s
   AND (%(numbers)s::bigint[] IS NULL OR m.event_number = ANY (%(numbers)s::bigint[]))
