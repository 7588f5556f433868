-- Counts all passages that there are already; as count_flow.sql counts those that come.
INSERT INTO production_flow (tenant_id, quarter, key, site_id, operation, came_from, product, place, equipment, waited,
                             passages, done, failed, onward, waited_seconds)
SELECT p.tenant_id, p.quarter,
       production_flow_key(p.site_id::text, p.operation, p.came_from, p.product, p.place, p.equipment, p.waited::text),
       p.site_id, p.operation, p.came_from, p.product, p.place, p.equipment, p.waited, count(*),
       count(*) FILTER (WHERE p.result <> 'b'), count(*) FILTER (WHERE p.result = 'f'),
       count(*) FILTER (WHERE p.result NOT IN ('r', 's')), coalesce(sum(p.waited_seconds) FILTER (WHERE p.waited >= 0), 0)
  FROM (SELECT k.tenant_id, date_bin('15 minutes', k.time, '2000-01-01 00:00+00') AS quarter, k.site_id, k.operation,
               coalesce(k.came_from, '') AS came_from, coalesce(k.product, '') AS product,
               coalesce(k.place, '') AS place, coalesce(k.equipment, '') AS equipment,
               production_flow_waited(k.came_from, k.operation, k.waited_seconds) AS waited, k.result, k.waited_seconds
          FROM production_passage k) AS p
 GROUP BY p.tenant_id, p.quarter, p.site_id, p.operation, p.came_from, p.product, p.place, p.equipment, p.waited
ON CONFLICT DO NOTHING
