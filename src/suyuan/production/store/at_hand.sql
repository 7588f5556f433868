-- Lots of a material of which something is left, those that came first first: code, when it came, where it is.
SELECT i.uri, i.code, i.made, w.place
  FROM trace_item i
  JOIN trace_whereabouts w ON w.tenant_id = i.tenant_id AND w.item_id = i.id
 WHERE i.tenant_id = %(tenant)s AND i.product = %(material)s AND i.kind = 'lot' AND w.state = 'active'
   AND w.parent_id IS NULL AND coalesce(w.disposition, '') <> ALL (%(held)s::text[])
   AND (SELECT coalesce(sum(CASE WHEN p.role = 'i' THEN -p.quantity
                                 WHEN p.role = 'o' OR p.act = 'O' THEN p.quantity END), 0)
          FROM trace_participation p
         WHERE p.tenant_id = i.tenant_id AND p.item_id = i.id) > 0
 ORDER BY i.id
 LIMIT 50
