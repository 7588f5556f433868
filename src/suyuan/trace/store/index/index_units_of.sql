-- The units whose own identifiers name these lots.
SELECT u.id, l.id
  FROM trace_item l
  JOIN trace_item u ON u.tenant_id = l.tenant_id AND u.product = l.product AND u.kind = 'unit' AND u.lot = l.lot
 WHERE l.tenant_id = %(tenant)s AND l.id = ANY (%(lots)s::bigint[]) AND l.kind = 'lot'
