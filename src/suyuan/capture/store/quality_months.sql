SELECT to_char(date_trunc('month', r.received AT TIME ZONE 'UTC'), 'YYYY-MM'), count(*),
       count(*) FILTER (WHERE r.way IN ('scan', 'camera', 'device')), count(*) FILTER (WHERE r.late),
       count(*) FILTER (WHERE EXISTS (SELECT FROM capture_correction c
                                       WHERE c.tenant_id = r.tenant_id AND c.event_id = ANY (r.event_ids))),
       count(*) FILTER (WHERE r.outcome = 'refused')
  FROM capture_reading r
 WHERE r.tenant_id = %(tenant)s AND r.received >= %(since)s
   AND (%(sites)s::bigint[] IS NULL OR r.site_id IS NULL OR r.site_id = ANY (%(sites)s))
 GROUP BY 1 ORDER BY 1
