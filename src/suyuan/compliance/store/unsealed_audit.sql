-- Audit rows of transactions that have ended, in the order they ended, beyond what is sealed already.
SELECT a.xid::text, a.id, a.at, a.actor_id, a.actor, a.via, a.request_id, a.table_name, a.row_key, a.action,
       a.before, a.after, a.reason
  FROM compliance_audit a
  JOIN compliance_log l ON l.tenant_id = a.tenant_id
 WHERE a.tenant_id = %(tenant)s
   AND a.xid < pg_snapshot_xmin(pg_current_snapshot())
   AND (a.xid, a.id) > (l.audit_xid, l.audit_id)
 ORDER BY a.xid, a.id
 LIMIT %(limit)s
