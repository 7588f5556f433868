SELECT s.material, s.item_id, i.uri, i.code, i.made, coalesce(c.place, nullif(s.place, '')), s.quantity, s.unit
  FROM production_stock s
  JOIN trace_item i ON i.id = s.item_id
  LEFT JOIN trace_whereabouts w ON w.tenant_id = s.tenant_id AND w.item_id = s.item_id
  LEFT JOIN trace_whereabouts c ON c.tenant_id = s.tenant_id AND c.item_id = s.inside AND s.inside <> 0
 WHERE s.tenant_id = %(tenant)s AND s.material = ANY (%(materials)s::text[])
   AND coalesce(w.disposition, '') <> ALL (%(held)s::text[])
 ORDER BY i.id
