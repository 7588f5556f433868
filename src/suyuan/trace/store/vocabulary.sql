SELECT 'steps', v.biz_step, NULL, NULL
  FROM (SELECT DISTINCT biz_step FROM trace_event WHERE tenant_id = %(tenant)s AND biz_step IS NOT NULL) AS v
UNION ALL
SELECT 'dispositions', v.disposition, NULL, NULL
  FROM (SELECT DISTINCT disposition FROM trace_event WHERE tenant_id = %(tenant)s AND disposition IS NOT NULL) AS v
UNION ALL
SELECT DISTINCT CASE
           WHEN m.uri ~ ':vocab:step:' OR m.type LIKE '%%:BusinessStep' THEN 'named_steps'
           WHEN m.uri ~ ':vocab:parameter:' THEN 'parameters'
           WHEN m.uri ~ '(:place:|/414/|:sgln:)' THEN 'places'
           WHEN m.uri ~ ':equipment:' OR m.uri ~ ':asset:' THEN 'equipment'
           WHEN m.uri ~ ':person:' THEN 'people'
           ELSE 'products' END,
       m.uri, m.name_zh, m.name_en
  FROM trace_master m
 WHERE m.tenant_id = %(tenant)s AND (m.name_zh IS NOT NULL OR m.name_en IS NOT NULL)
 ORDER BY 1, 2
