SELECT s.material, s.item_id, i.uri, i.code, sum(s.quantity), max(s.unit), w.disposition
  FROM production_stock s
  JOIN trace_item i ON i.id = s.item_id
  LEFT JOIN trace_whereabouts w ON w.tenant_id = s.tenant_id AND w.item_id = s.item_id
 WHERE s.tenant_id = %(tenant)s AND s.material = ANY (%(materials)s::text[])
 GROUP BY s.material, s.item_id, i.uri, i.code, w.disposition
 ORDER BY s.item_id
