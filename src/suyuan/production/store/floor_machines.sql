-- Machines with all that they stand in, nearest first; tools with their calibration.
WITH RECURSIVE up (uri, class, parent_id, above) AS (
    SELECT e.uri, e.class, e.parent_id, '{}'::text[] FROM production_equipment e
     WHERE e.tenant_id = %(tenant)s AND NOT e.retired
    UNION ALL
    SELECT up.uri, up.class, p.parent_id, up.above || p.uri
      FROM up JOIN production_equipment p ON p.id = up.parent_id
     WHERE cardinality(up.above) < 20
)
SELECT DISTINCT ON (up.uri) up.uri, up.class, up.above, false, NULL::date FROM up WHERE up.parent_id IS NULL
UNION ALL
SELECT t.uri, t.class, '{}'::text[], true, t.due FROM production_tool t WHERE t.tenant_id = %(tenant)s AND NOT t.retired
 ORDER BY 1
