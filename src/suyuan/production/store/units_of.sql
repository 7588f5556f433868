-- Single parts of materials that are there: not used, not held, lying free or in a container.
SELECT i.product, count(*)
  FROM trace_item i
  JOIN trace_whereabouts w ON w.tenant_id = i.tenant_id AND w.item_id = i.id
 WHERE i.tenant_id = %(tenant)s AND i.product = ANY (%(materials)s::text[]) AND i.kind = 'unit' AND w.state = 'active'
   AND coalesce(w.disposition, '') <> ALL (%(held)s::text[])
   AND (w.parent_id IS NULL OR (SELECT c.kind FROM trace_item c WHERE c.id = w.parent_id) = 'carrier')
 GROUP BY i.product
