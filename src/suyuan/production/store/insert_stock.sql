INSERT INTO production_stock (tenant_id, item_id, place, inside, material, quantity, unit, since)
SELECT %(tenant)s, g.*
  FROM unnest(%(a)s::bigint[], %(b)s::text[], %(c)s::bigint[], %(d)s::text[], %(e)s::numeric[], %(f)s::text[],
              %(g)s::timestamptz[]) AS g
