INSERT INTO production_stock_head (tenant_id, item_id, time, event_number, unit, known, away)
SELECT %(tenant)s, g.*
  FROM unnest(%(a)s::bigint[], %(b)s::timestamptz[], %(c)s::bigint[], %(d)s::text[], %(e)s::boolean[],
              %(f)s::numeric[]) AS g
ON CONFLICT (tenant_id, item_id) DO UPDATE
   SET time = excluded.time, event_number = excluded.event_number, unit = excluded.unit, known = excluded.known,
       away = excluded.away
