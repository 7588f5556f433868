-- The items of these events that are, or may be, in production: something made them here, or they have passed already.
SELECT DISTINCT i.id, i.kind, i.product
  FROM trace_event a
  -- a declaration names what it voids by the same event id
  JOIN trace_event e ON e.tenant_id = a.tenant_id AND e.event_id = a.event_id
  JOIN trace_participation p ON p.tenant_id = e.tenant_id AND p.event_number = e.number
  JOIN trace_item i ON i.id = p.item_id AND i.kind IN ('unit', 'lot', 'carrier')
 WHERE a.tenant_id = %(tenant)s AND a.number = ANY (%(numbers)s::bigint[])
   AND (p.role = 'o' OR (p.role = 's' AND p.act = 'O')
        OR EXISTS (SELECT FROM production_passage k WHERE k.tenant_id = %(tenant)s AND k.item_id = p.item_id))
