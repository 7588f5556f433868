-- The log's edge, locked until the transaction ends, and which of these records are in it already. The latter may be from
-- before the lock was waited for: who appended the same meanwhile is told by the unique index.
WITH head AS MATERIALIZED (
    SELECT size, frontier FROM compliance_log WHERE tenant_id = %(tenant)s FOR UPDATE
)
SELECT h.size, h.frontier,
       -- new records mostly have higher numbers than all there are: then none has to be looked for
       CASE WHEN (SELECT max(l.subject) FROM compliance_log_leaf l
                   WHERE l.tenant_id = %(tenant)s AND l.kind = %(kind)s::"char") >= %(least)s
            THEN ARRAY(SELECT l.subject FROM compliance_log_leaf l
                        WHERE l.tenant_id = %(tenant)s AND l.kind = %(kind)s::"char"
                          AND l.subject = ANY (%(subjects)s)) END
  FROM head h
