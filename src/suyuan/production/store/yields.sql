SELECT k.operation, count(*) FILTER (WHERE k.result <> 'b')::int, count(*) FILTER (WHERE k.first)::int,
       count(*) FILTER (WHERE k.first AND k.result = 'p')::int, count(*) FILTER (WHERE k.result = 'f')::int,
       count(*) FILTER (WHERE k.result = 'r')::int, count(*) FILTER (WHERE k.result = 's')::int,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY k.gap) FILTER (WHERE k.gap > 0)
  FROM (SELECT operation, result, first,
               extract(epoch FROM time - lag(time) OVER (PARTITION BY operation, equipment ORDER BY time)) AS gap
          FROM production_passage
         WHERE tenant_id = %(tenant)s AND time >= %(since)s AND time < %(until)s
           AND (%(equipment)s::text[] IS NULL OR equipment = ANY (%(equipment)s::text[]))
           AND (%(sites)s::bigint[] IS NULL OR site_id = ANY (%(sites)s::bigint[]))) AS k
 GROUP BY 1 ORDER BY 2 DESC, 1
