SELECT a.id, a.time, a.level, a.kind, a.event_number, i.id, i.uri, i.code, a.subject
  FROM analytics_alarm a
  LEFT JOIN trace_item i ON i.id = a.item_id
 WHERE a.tenant_id = %(tenant)s
   AND (%(sites)s::bigint[] IS NULL OR a.site_id = ANY (%(sites)s::bigint[]))
 ORDER BY a.time DESC, a.id DESC
 LIMIT %(limit)s
