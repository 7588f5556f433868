SELECT hour, sum(events)::int, (sum(units) FILTER (WHERE biz_step = 'packing'))::int
  FROM analytics_hour
 WHERE tenant_id = %(tenant)s AND hour >= %(since)s AND hour < %(until)s
   AND (%(sites)s::bigint[] IS NULL OR site_id = ANY (%(sites)s::bigint[]))
 GROUP BY hour ORDER BY hour
