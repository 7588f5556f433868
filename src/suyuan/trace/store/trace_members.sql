SELECT m.lot_id, m.unit_id
  FROM trace_membership m
 WHERE m.tenant_id = %(tenant)s AND m.lot_id = ANY (%(lots)s::bigint[])
UNION
SELECT l.id, u.id
  FROM trace_item l
  JOIN trace_item u ON u.tenant_id = l.tenant_id AND u.product = l.product AND u.kind = 'unit' AND u.lot = l.lot
 WHERE l.tenant_id = %(tenant)s AND l.id = ANY (%(lots)s::bigint[]) AND l.kind = 'lot'
