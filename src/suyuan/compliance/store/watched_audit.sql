-- Audit rows of ended transactions that may call for an alert, beyond those looked at already, in the order they ended.
SELECT a.xid::text, a.id, a.at, a.actor_id, a.actor, a.via, a.table_name, a.row_key, a.action, a.before, a.after
  FROM compliance_audit a
  JOIN compliance_watch w ON w.tenant_id = a.tenant_id
 WHERE a.tenant_id = %(tenant)s
   AND a.xid < %(frontier)s::text::xid8
   AND (a.xid, a.id) > (w.xid, w.audit_id)
   AND (a.table_name = ANY (%(tables)s) OR a.via = 'database')
 ORDER BY a.xid, a.id
 LIMIT %(limit)s
