-- What keeps the tables of tenants honest and does not: a trigger that is switched off or gone, row-level security taken
-- off. By name, in an order of its own.
WITH held AS (
    SELECT c.oid, c.relname, c.relrowsecurity, coalesce(obj_description(c.oid, 'pg_class'), '') AS said
      FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
), wanted AS (
    SELECT oid, relname, 'audit_row' AS guard FROM held WHERE said !~ '^(append-only|read-only|derived)'
    UNION ALL
    SELECT h.oid, h.relname, g.guard
      FROM held h CROSS JOIN unnest('{append_only,no_truncate}'::text[]) AS g (guard)
     WHERE h.relname = ANY ('{compliance_log_leaf,compliance_log_node,compliance_checkpoint,compliance_audit,compliance_signature,trace_event}')
)
SELECT relname || ' ' || guard FROM wanted w
 WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = w.oid AND t.tgname = w.guard AND t.tgenabled IN ('O', 'A'))
UNION
SELECT relname || ' row-level security' FROM held WHERE NOT relrowsecurity
 ORDER BY 1
