-- What is on hand of materials: units in stock, and of lots what came in less what went into something.
SELECT i.product,
       sum(CASE WHEN i.kind = 'unit' THEN 1
                ELSE coalesce((SELECT sum(CASE WHEN p.role = 'i' THEN -p.quantity
                                               WHEN p.role = 'o' OR p.act = 'O' THEN p.quantity END)
                                 FROM trace_participation p
                                WHERE p.tenant_id = i.tenant_id AND p.item_id = i.id), 0) END)
  FROM trace_item i
  JOIN trace_whereabouts w ON w.tenant_id = i.tenant_id AND w.item_id = i.id
 WHERE i.tenant_id = %(tenant)s AND i.product = ANY (%(materials)s::text[]) AND i.kind IN ('unit', 'lot')
   AND w.state = 'active' AND w.parent_id IS NULL
   AND coalesce(w.disposition, '') <> ALL (%(held)s::text[])
 GROUP BY i.product
