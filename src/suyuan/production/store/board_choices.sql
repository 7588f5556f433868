-- The lines of the plant model; without any, the places where something is in work.
WITH lines AS (
    SELECT q.uri, q.name_zh, q.name_en FROM production_equipment q
     WHERE q.tenant_id = %(tenant)s AND q.level = 'line' AND NOT q.retired
)
SELECT uri, name_zh, name_en FROM lines
UNION ALL
SELECT w.place, m.name_zh, m.name_en
  FROM (SELECT DISTINCT place FROM production_wip WHERE tenant_id = %(tenant)s AND place IS NOT NULL) AS w
  LEFT JOIN LATERAL (
    SELECT n.name_zh, n.name_en FROM trace_master n WHERE n.tenant_id = %(tenant)s AND n.uri = w.place LIMIT 1) AS m ON true
 WHERE NOT EXISTS (SELECT FROM lines)
 ORDER BY 1
