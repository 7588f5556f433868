-- A machine with its class and all that it stands in; or a tool with its calibration.
WITH RECURSIVE up (id, uri, parent_id, class, depth) AS (
    SELECT id, uri, parent_id, class, 0 FROM production_equipment WHERE tenant_id = %(tenant)s AND uri = %(uri)s
    UNION ALL
    SELECT e.id, e.uri, e.parent_id, e.class, up.depth + 1
      FROM up JOIN production_equipment e ON e.id = up.parent_id WHERE up.depth < 20
), tool AS (
    SELECT class, due FROM production_tool WHERE tenant_id = %(tenant)s AND uri = %(uri)s
)
SELECT coalesce((SELECT class FROM up WHERE depth = 0), (SELECT class FROM tool)),
       coalesce((SELECT array_agg(uri ORDER BY depth) FROM up WHERE depth > 0), '{}'::text[]),
       (SELECT due FROM tool)
 WHERE EXISTS (SELECT FROM up) OR EXISTS (SELECT FROM tool)
