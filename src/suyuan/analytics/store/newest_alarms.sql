SELECT a.id, a.time, a.level, a.kind, a.event_number, i.id, i.uri, i.code, named.zh, named.en,
       equipment.name_zh, equipment.name_en
  FROM analytics_alarm a
  JOIN trace_event e ON e.number = a.event_number
  LEFT JOIN trace_item i ON i.id = a.item_id
  LEFT JOIN LATERAL (
    -- the parameters out of limits, by the names that master data gives their keys
    SELECT string_agg(coalesce(m.name_zh, key), '、') AS zh, string_agg(coalesce(m.name_en, key), ', ') AS en
      FROM regexp_split_to_table(a.subject, ', ') AS key
      LEFT JOIN trace_master m ON m.tenant_id = a.tenant_id AND m.uri = 'urn:suyuan:vocab:parameter:' || key
  ) AS named ON true
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = a.tenant_id AND m.uri = coalesce(e.equipment, e.biz_location) LIMIT 1
  ) AS equipment ON true
 WHERE a.tenant_id = %(tenant)s
   AND (%(sites)s::bigint[] IS NULL OR a.site_id = ANY (%(sites)s::bigint[]))
 ORDER BY a.time DESC, a.id DESC
 LIMIT %(limit)s
