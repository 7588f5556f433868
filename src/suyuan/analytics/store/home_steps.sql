SELECT biz_step, sum(events)::int
  FROM analytics_hour
 WHERE tenant_id = %(tenant)s AND hour >= %(since)s AND hour < %(until)s AND biz_step <> ''
   AND (%(sites)s::bigint[] IS NULL OR site_id = ANY (%(sites)s::bigint[]))
 GROUP BY biz_step HAVING sum(events) > 0 ORDER BY 2 DESC
