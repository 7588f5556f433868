SELECT r.reading::text, r.outcome, r.event_ids
  FROM capture_reading r
 WHERE r.tenant_id = %(tenant)s AND r.node = %(node)s AND r.received >= clock_timestamp() - %(days)s * interval '1 day'
   AND (%(sites)s::bigint[] IS NULL OR r.site_id IS NULL OR r.site_id = ANY (%(sites)s))
 ORDER BY r.received DESC, r.sequence DESC
 LIMIT %(limit)s
