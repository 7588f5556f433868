-- New leaves behind the last, the subtrees that they complete, and the edge of the tree as it is then. Hashes come joined.
WITH leaves AS (
    INSERT INTO compliance_log_leaf (tenant_id, position, kind, subject, hash)
    SELECT %(tenant)s, %(size)s + g.place - 1, %(kind)s::"char", g.subject,
           substr(%(hashes)s, (g.place::integer - 1) * 32 + 1, 32)
      FROM unnest(%(subjects)s) WITH ORDINALITY AS g (subject, place)
), nodes AS (
    INSERT INTO compliance_log_node (tenant_id, level, position, hash)
    SELECT %(tenant)s, g.level, g.position, g.hash
      FROM unnest(%(levels)s, %(positions)s, %(nodes)s) AS g (level, position, hash)
)
UPDATE compliance_log
   SET size = %(grown)s, frontier = %(frontier)s, changed = clock_timestamp()
 WHERE tenant_id = %(tenant)s
