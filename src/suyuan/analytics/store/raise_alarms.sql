INSERT INTO analytics_alarm (tenant_id, site_id, event_number, time, level, kind, item_id, subject)
SELECT %(tenant)s, coalesce(e.site_id, 0), e.number, e.event_time, k.level, k.kind,
       (SELECT p.item_id FROM trace_participation p
         WHERE p.tenant_id = e.tenant_id AND p.event_number = e.number AND p.role IN ('s', 'o', 'p') LIMIT 1),
       (SELECT string_agg(DISTINCT coalesce(r ->> 'suyuan:name', r ->> 'type', ''), ', ')
          FROM trace_document d, jsonb_path_query(d.document, '$.sensorElementList[*].sensorReport[*]') AS r
         WHERE d.tenant_id = e.tenant_id AND d.event_number = e.number AND k.kind = 'parameter'
           AND r ->> 'exception' = 'ALARM_CONDITION')
  FROM trace_event e
  CROSS JOIN LATERAL (
    -- a parameter out of its limits says more than the failed inspection that it is part of
    SELECT 'error' AS level, 'non_conformant' AS kind
     WHERE e.disposition = 'non_conformant' AND NOT e.declares_error AND NOT EXISTS (
        SELECT FROM trace_document d
         WHERE d.tenant_id = e.tenant_id AND d.event_number = e.number
           AND d.document @? '$.sensorElementList[*].sensorReport[*] ? (@.exception == "ALARM_CONDITION")')
    UNION ALL
    SELECT 'error', 'hold' WHERE (e.biz_step = 'holding' OR e.disposition IN ('quarantined', 'recalled'))
                             AND NOT e.declares_error
    UNION ALL
    SELECT 'warning', 'correction' WHERE e.declares_error
    UNION ALL
    SELECT 'error', 'parameter' WHERE NOT e.declares_error AND EXISTS (
        SELECT FROM trace_document d
         WHERE d.tenant_id = e.tenant_id AND d.event_number = e.number
           AND d.document @? '$.sensorElementList[*].sensorReport[*] ? (@.exception == "ALARM_CONDITION")')
  ) AS k
 WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s::bigint[])
ON CONFLICT DO NOTHING
