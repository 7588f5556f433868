-- What was measured around each of these events at the same step on the same machine (without one: at the same place):
-- the %(most)s before and after within three days, each with the first thing it was about. The events themselves too.
SELECT own.number, near.number, near.event_time, near.offset_minutes, about.code, about.uri, d.document -> 'sensorElementList'
  FROM trace_event own
 CROSS JOIN LATERAL (
    (SELECT e.number, e.event_time, e.offset_minutes, e.event_id FROM trace_event e
      WHERE e.tenant_id = %(tenant)s AND own.equipment IS NOT NULL AND e.equipment = own.equipment
        AND e.biz_step IS NOT DISTINCT FROM own.biz_step AND NOT e.declares_error
        AND e.event_time BETWEEN own.event_time - interval '3 days' AND own.event_time
        AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
      ORDER BY e.event_time DESC, e.number DESC LIMIT %(most)s + 1)
     UNION
    (SELECT e.number, e.event_time, e.offset_minutes, e.event_id FROM trace_event e
      WHERE e.tenant_id = %(tenant)s AND own.equipment IS NOT NULL AND e.equipment = own.equipment
        AND e.biz_step IS NOT DISTINCT FROM own.biz_step AND NOT e.declares_error
        AND e.event_time BETWEEN own.event_time AND own.event_time + interval '3 days'
        AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
      ORDER BY e.event_time, e.number LIMIT %(most)s + 1)
     UNION
    (SELECT e.number, e.event_time, e.offset_minutes, e.event_id FROM trace_event e
      WHERE e.tenant_id = %(tenant)s AND own.equipment IS NULL AND e.equipment IS NULL
        AND e.biz_step = own.biz_step AND e.biz_location IS NOT DISTINCT FROM own.biz_location AND NOT e.declares_error
        AND e.event_time BETWEEN own.event_time - interval '3 days' AND own.event_time
        AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
      ORDER BY e.event_time DESC, e.number DESC LIMIT %(most)s + 1)
     UNION
    (SELECT e.number, e.event_time, e.offset_minutes, e.event_id FROM trace_event e
      WHERE e.tenant_id = %(tenant)s AND own.equipment IS NULL AND e.equipment IS NULL
        AND e.biz_step = own.biz_step AND e.biz_location IS NOT DISTINCT FROM own.biz_location AND NOT e.declares_error
        AND e.event_time BETWEEN own.event_time AND own.event_time + interval '3 days'
        AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
      ORDER BY e.event_time, e.number LIMIT %(most)s + 1)) AS near
  JOIN trace_document d ON d.tenant_id = %(tenant)s AND d.event_number = near.number AND d.document ? 'sensorElementList'
  LEFT JOIN LATERAL (
    SELECT i.code, i.uri FROM trace_participation p JOIN trace_item i ON i.id = p.item_id
     WHERE p.tenant_id = %(tenant)s AND p.event_number = near.number AND p.role IN ('s', 'o', 'p')
     ORDER BY p.role DESC, i.id LIMIT 1) AS about ON true
 WHERE own.tenant_id = %(tenant)s AND own.number = ANY (%(numbers)s)
   AND NOT EXISTS (SELECT FROM trace_event v
                    WHERE v.tenant_id = %(tenant)s AND v.event_id = near.event_id AND v.declares_error)
 ORDER BY own.number, near.event_time, near.number
