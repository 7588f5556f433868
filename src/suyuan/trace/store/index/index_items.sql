-- Items with the lot that their own identifier names, its number and its URI; every one where no ids are given.
SELECT i.id, i.kind, i.product, l.id,
       CASE WHEN i.kind = 'lot' THEN i.uri
            WHEN i.lot IS NOT NULL AND i.product IS NOT NULL THEN i.product || '/10/' || i.lot END
  FROM trace_item i
  LEFT JOIN trace_item l
    ON i.kind = 'unit' AND i.lot IS NOT NULL AND l.tenant_id = i.tenant_id AND l.uri = i.product || '/10/' || i.lot
 WHERE i.tenant_id = %(tenant)s AND (%(items)s::bigint[] IS NULL OR i.id = ANY (%(items)s::bigint[]))
