-- How the operations went in the window, for all products (null) and for each.
SELECT k.operation, CASE WHEN grouping(k.product) = 0 THEN coalesce(k.product, '') END, count(*) FILTER (WHERE k.result <> 'b')::int, count(*) FILTER (WHERE k.result = 'f')::int,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY k.waited_seconds) FILTER (WHERE k.came_from <> k.operation),
       array_agg(DISTINCT k.equipment) FILTER (WHERE k.equipment IS NOT NULL)
  FROM production_passage k
 WHERE k.tenant_id = %(tenant)s AND k.time > %(since)s AND k.time <= %(now)s
   AND (%(sites)s::bigint[] IS NULL OR k.site_id = ANY (%(sites)s::bigint[]))
   AND (%(order)s::text IS NULL OR k.work_order = %(order)s::text)
   AND (%(places)s::text[] IS NULL OR k.place = ANY (%(places)s::text[]) OR k.equipment = ANY (%(places)s::text[]))
 GROUP BY GROUPING SETS ((k.operation), (k.operation, k.product))
