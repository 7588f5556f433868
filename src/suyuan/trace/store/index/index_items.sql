-- Items with the lot that their own identifier names; every one where no ids are given.
SELECT i.id, i.kind, i.product, l.id
  FROM trace_item i
  LEFT JOIN trace_item l
    ON i.kind = 'unit' AND i.lot IS NOT NULL AND l.tenant_id = i.tenant_id AND l.uri = i.product || '/10/' || i.lot
 WHERE i.tenant_id = %(tenant)s AND (%(items)s::bigint[] IS NULL OR i.id = ANY (%(items)s::bigint[]))
