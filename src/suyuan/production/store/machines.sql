-- Machines: those of the plant model, and those that events name; each with its line and planned seconds for one unit.
WITH RECURSIVE up (uri, id, parent_id, line_uri, line_zh, line_en) AS (
    SELECT q.uri, q.id, q.parent_id, NULL::text, NULL::text, NULL::text FROM production_equipment q
     WHERE q.tenant_id = %(tenant)s AND q.level IN ('work_centre', 'equipment')
    UNION ALL
    SELECT up.uri, p.id, p.parent_id, CASE WHEN p.level = 'line' THEN p.uri END,
           CASE WHEN p.level = 'line' THEN p.name_zh END, CASE WHEN p.level = 'line' THEN p.name_en END
      FROM up JOIN production_equipment p ON p.id = up.parent_id AND p.tenant_id = %(tenant)s WHERE up.line_uri IS NULL
)
SELECT coalesce(q.uri, e.uri), coalesce(q.name_zh, m.name_zh), coalesce(q.name_en, m.name_en), q.site_id,
       line.line_uri, line.line_zh, line.line_en, q.extra ->> 'cycle_seconds'
  FROM (SELECT * FROM production_equipment
         WHERE tenant_id = %(tenant)s AND level = 'equipment' AND NOT retired) AS q
  FULL JOIN (SELECT DISTINCT equipment AS uri FROM production_state WHERE tenant_id = %(tenant)s
             UNION SELECT DISTINCT equipment FROM production_passage
                    WHERE tenant_id = %(tenant)s AND equipment IS NOT NULL AND time >= %(since)s AND time < %(until)s) AS e
    ON e.uri = q.uri
  LEFT JOIN LATERAL (
    SELECT n.name_zh, n.name_en FROM trace_master n
     WHERE n.tenant_id = %(tenant)s AND n.uri = coalesce(q.uri, e.uri) LIMIT 1) AS m ON true
  LEFT JOIN LATERAL (SELECT up.line_uri, up.line_zh, up.line_en FROM up
                      WHERE up.uri = q.uri AND up.line_uri IS NOT NULL LIMIT 1) AS line ON true
 ORDER BY 1
