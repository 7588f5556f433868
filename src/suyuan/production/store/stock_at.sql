-- What stands at places, in containers there too: lots with their amounts, units one by one.
WITH RECURSIVE here (item_id, place, depth) AS (
    SELECT w.item_id, w.place, 0 FROM trace_whereabouts w
     WHERE w.tenant_id = %(tenant)s AND w.place = ANY (%(places)s::text[]) AND w.state = 'active' AND w.parent_id IS NULL
    UNION ALL
    SELECT w.item_id, h.place, h.depth + 1
      FROM here h JOIN trace_whereabouts w ON w.tenant_id = %(tenant)s AND w.parent_id = h.item_id AND w.state = 'active'
     WHERE h.depth < 20
)
SELECT s.place, s.item_id, 'lot', s.material, s.quantity, s.unit, s.since
  FROM production_stock s
 WHERE s.tenant_id = %(tenant)s AND s.inside = 0 AND s.place = ANY (%(places)s::text[])
   AND (%(materials)s::text[] IS NULL OR s.material = ANY (%(materials)s))
UNION ALL
SELECT h.place, s.item_id, 'lot', s.material, s.quantity, s.unit, s.since
  FROM here h JOIN production_stock s ON s.tenant_id = %(tenant)s AND s.inside = h.item_id
 WHERE s.inside <> 0 AND (%(materials)s::text[] IS NULL OR s.material = ANY (%(materials)s))
UNION ALL
SELECT h.place, i.id, 'unit', i.product, 1, NULL, w.place_since
  FROM here h
  JOIN trace_item i ON i.id = h.item_id AND i.kind = 'unit'
  JOIN trace_whereabouts w ON w.tenant_id = %(tenant)s AND w.item_id = i.id
 WHERE i.product = ANY (%(materials)s::text[])
