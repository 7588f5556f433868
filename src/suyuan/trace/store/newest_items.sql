-- The newest unit of each of these products, or where there is none the newest lot.
SELECT wanted.product, coalesce(unit.uri, lot.uri)
  FROM unnest(%(products)s::text[]) AS wanted (product)
  LEFT JOIN LATERAL (
    SELECT i.uri FROM trace_item i
     WHERE i.tenant_id = %(tenant)s AND i.product = wanted.product AND i.kind = 'unit' ORDER BY i.id DESC LIMIT 1
  ) AS unit ON true
  LEFT JOIN LATERAL (
    SELECT i.uri FROM trace_item i
     WHERE i.tenant_id = %(tenant)s AND i.product = wanted.product AND i.kind = 'lot' ORDER BY i.id DESC LIMIT 1
  ) AS lot ON true
 WHERE coalesce(unit.uri, lot.uri) IS NOT NULL
