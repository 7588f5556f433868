-- Counts these passages (%(sign)s: 1), or counts them out (-1): before they are taken away, after they are put in.
INSERT INTO production_flow AS f (tenant_id, quarter, key, site_id, operation, came_from, product, place, equipment,
                                  waited, passages, done, failed, onward, waited_seconds)
SELECT %(tenant)s, p.quarter,
       production_flow_key(p.site_id::text, p.operation, p.came_from, p.product, p.place, p.equipment, p.waited::text),
       p.site_id, p.operation, p.came_from, p.product, p.place, p.equipment, p.waited, %(sign)s * count(*),
       %(sign)s * count(*) FILTER (WHERE p.result <> 'b'), %(sign)s * count(*) FILTER (WHERE p.result = 'f'),
       %(sign)s * count(*) FILTER (WHERE p.result NOT IN ('r', 's')),
       %(sign)s * coalesce(sum(p.waited_seconds) FILTER (WHERE p.waited >= 0), 0)
  FROM (SELECT date_bin('15 minutes', k.time, '2000-01-01 00:00+00') AS quarter, k.site_id, k.operation,
               coalesce(k.came_from, '') AS came_from, coalesce(k.product, '') AS product,
               coalesce(k.place, '') AS place, coalesce(k.equipment, '') AS equipment,
               production_flow_waited(k.came_from, k.operation, k.waited_seconds) AS waited, k.result, k.waited_seconds
          FROM unnest(%(items)s::bigint[], %(numbers)s::bigint[]) AS g (item_id, event_number)
         CROSS JOIN LATERAL (
                SELECT q.* FROM production_passage q
                 WHERE q.tenant_id = %(tenant)s AND q.item_id = g.item_id AND q.event_number = g.event_number
                OFFSET 0) AS k) AS p
 GROUP BY p.quarter, p.site_id, p.operation, p.came_from, p.product, p.place, p.equipment, p.waited
ON CONFLICT (tenant_id, quarter, key) DO UPDATE
   SET passages = f.passages + excluded.passages, done = f.done + excluded.done, failed = f.failed + excluded.failed,
       onward = f.onward + excluded.onward, waited_seconds = f.waited_seconds + excluded.waited_seconds
