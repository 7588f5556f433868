SELECT id, at, actor_id, actor, via, request_id, table_name, row_key, action, before, after, reason
  FROM compliance_audit
 WHERE tenant_id = %(tenant)s
   AND (%(table)s::text IS NULL OR table_name = %(table)s::text)
   AND (%(actor)s::text IS NULL OR actor ILIKE %(actor)s::text)
   AND (%(action)s::text IS NULL OR action = %(action)s::text)
   AND (%(since)s::timestamptz IS NULL OR at >= %(since)s::timestamptz)
   AND (%(until)s::timestamptz IS NULL OR at < %(until)s::timestamptz)
   AND (%(after)s::bigint IS NULL OR id < %(after)s::bigint)
 ORDER BY id DESC
 LIMIT %(limit)s
