INSERT INTO trace_item (tenant_id, uri, kind, product, lot, serial, code)
SELECT %(tenant)s, g.uri, g.kind, g.product, g.lot, g.serial, g.code
  FROM unnest(%(uri)s::text[], %(kind)s::text[], %(product)s::text[], %(lot)s::text[], %(serial)s::text[],
              %(code)s::text[]) AS g (uri, kind, product, lot, serial, code)
 ORDER BY g.uri
ON CONFLICT (tenant_id, uri) DO NOTHING
