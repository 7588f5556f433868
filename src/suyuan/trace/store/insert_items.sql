INSERT INTO trace_item (tenant_id, uri, kind, product, lot, serial, code)
SELECT %(tenant)s, g.uri, g.kind, g.product, g.lot, g.serial, g.code
  FROM unnest(%(uri)b::text[], %(kind)b::text[], %(product)b::text[], %(lot)b::text[], %(serial)b::text[],
              %(code)b::text[]) AS g (uri, kind, product, lot, serial, code)
 ORDER BY g.uri
ON CONFLICT (tenant_id, uri) DO NOTHING
