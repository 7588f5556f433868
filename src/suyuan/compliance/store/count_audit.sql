SELECT count(*), max(a.id)
  FROM compliance_audit a
 WHERE a.tenant_id = %(tenant)s
   AND (%(table)s::text IS NULL OR a.table_name = %(table)s::text)
   AND (%(record)s::text IS NULL OR a.row_key = %(record)s::text)
   AND (%(actor)s::text IS NULL OR a.actor ILIKE %(actor)s::text)
   AND (%(action)s::text IS NULL OR a.action = %(action)s::text)
   AND (%(since)s::timestamptz IS NULL OR a.at >= %(since)s::timestamptz)
   AND (%(until)s::timestamptz IS NULL OR a.at < %(until)s::timestamptz)
