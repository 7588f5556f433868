-- The distinct steps and dispositions by skipping through their indexes, not by reading every event.
WITH RECURSIVE steps (value) AS (
    (SELECT biz_step FROM trace_event WHERE tenant_id = %(tenant)s AND biz_step IS NOT NULL ORDER BY biz_step LIMIT 1)
    UNION ALL
    SELECT (SELECT e.biz_step FROM trace_event e
             WHERE e.tenant_id = %(tenant)s AND e.biz_step > s.value ORDER BY e.biz_step LIMIT 1)
      FROM steps s WHERE s.value IS NOT NULL
), dispositions (value) AS (
    (SELECT disposition FROM trace_event
      WHERE tenant_id = %(tenant)s AND disposition IS NOT NULL ORDER BY disposition LIMIT 1)
    UNION ALL
    SELECT (SELECT e.disposition FROM trace_event e
             WHERE e.tenant_id = %(tenant)s AND e.disposition > s.value ORDER BY e.disposition LIMIT 1)
      FROM dispositions s WHERE s.value IS NOT NULL
)
SELECT 'steps', value, NULL, NULL FROM steps WHERE value IS NOT NULL
UNION ALL
SELECT 'dispositions', value, NULL, NULL FROM dispositions WHERE value IS NOT NULL
UNION ALL
SELECT DISTINCT CASE
           WHEN m.uri ~ ':vocab:step:' OR m.type LIKE '%%:BusinessStep' THEN 'named_steps'
           WHEN m.uri ~ ':vocab:parameter:' THEN 'parameters'
           WHEN m.uri ~ '(:place:|/414/|:sgln:)' THEN 'places'
           WHEN m.uri ~ ':equipment:' OR m.uri ~ ':asset:' THEN 'equipment'
           WHEN m.uri ~ ':person:' THEN 'people'
           WHEN m.uri ~ '(/417/|:pgln:|:party:)' THEN 'parties'
           ELSE 'products' END,
       m.uri, m.name_zh, m.name_en
  FROM trace_master m
 WHERE m.tenant_id = %(tenant)s AND (m.name_zh IS NOT NULL OR m.name_en IS NOT NULL)
 ORDER BY 1, 2
