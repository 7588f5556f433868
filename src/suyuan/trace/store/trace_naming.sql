-- Which events name these items in these roles.
SELECT DISTINCT p.item_id, p.event_number
  FROM trace_participation p
 WHERE p.tenant_id = %(tenant)s AND p.item_id = ANY (%(items)s::bigint[]) AND p.role::text = ANY (%(roles)s::text[])
