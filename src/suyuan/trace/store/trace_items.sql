SELECT i.id, i.kind, i.uri, i.product,
       CASE WHEN i.kind = 'unit' AND i.lot IS NOT NULL THEN
           (SELECT l.id FROM trace_item l WHERE l.tenant_id = i.tenant_id AND l.uri = i.product || '/10/' || i.lot)
       END
  FROM trace_item i
 WHERE i.tenant_id = %(tenant)s AND i.id = ANY (%(items)s::bigint[])
