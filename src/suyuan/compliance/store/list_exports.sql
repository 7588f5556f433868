SELECT e.id, e.state, e.asked, e.asked_by, e.reason, e.finished, coalesce(p.tables, 0), coalesce(p.of_tables, 0),
       greatest(e.rows, coalesce(p.rows, 0)), e.bytes, e.sha256, e.fault, e.fetched, e.fetched_by
  FROM compliance_export e
  LEFT JOIN compliance_export_progress p ON p.tenant_id = e.tenant_id AND p.export_id = e.id
 WHERE e.tenant_id = %(tenant)s AND (%(number)s::bigint IS NULL OR e.id = %(number)s)
 ORDER BY e.id DESC
 LIMIT %(limit)s
