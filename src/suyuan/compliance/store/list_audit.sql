SELECT a.id, a.at, a.actor_id, a.actor, a.via, a.request_id, a.table_name, a.row_key, a.action, a.before, a.after,
       a.reason, l.position
  FROM compliance_audit a
  LEFT JOIN compliance_log_leaf l ON l.tenant_id = a.tenant_id AND l.kind = 'a' AND l.subject = a.id
 WHERE a.tenant_id = %(tenant)s
   AND (%(table)s::text IS NULL OR a.table_name = %(table)s::text)
   AND (%(record)s::text IS NULL OR a.row_key = %(record)s::text)
   AND (%(actor)s::text IS NULL OR a.actor ILIKE %(actor)s::text)
   AND (%(action)s::text IS NULL OR a.action = %(action)s::text)
   AND (%(since)s::timestamptz IS NULL OR a.at >= %(since)s::timestamptz)
   AND (%(until)s::timestamptz IS NULL OR a.at < %(until)s::timestamptz)
   AND (%(after)s::bigint IS NULL OR a.id < %(after)s::bigint)
 ORDER BY a.id DESC
 LIMIT %(limit)s
