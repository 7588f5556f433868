-- The events that a start filter means: seen by the reader, not voided (as known then), fitting all that is given.
SELECT e.number, e.event_time, e.item_count
  FROM trace_event e
 WHERE e.tenant_id = %(tenant)s AND NOT e.declares_error
   AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
   AND (%(as_of)s::timestamptz IS NULL OR e.recorded <= %(as_of)s::timestamptz)
   AND NOT EXISTS (
        SELECT FROM trace_event v
         WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error
           AND (%(as_of)s::timestamptz IS NULL OR v.recorded <= %(as_of)s::timestamptz))
   AND (%(since)s::timestamptz IS NULL OR e.event_time >= %(since)s::timestamptz)
   AND (%(until)s::timestamptz IS NULL OR e.event_time < %(until)s::timestamptz)
   AND (%(type)s::text IS NULL OR e.type = %(type)s::text)
   AND (%(step)s::text IS NULL OR e.biz_step = %(step)s::text)
   AND (%(place)s::text IS NULL OR e.biz_location = %(place)s::text OR e.read_point = %(place)s::text)
   AND (%(person)s::text IS NULL OR e.person = %(person)s::text)
   AND (%(equipment)s::text IS NULL OR e.equipment = %(equipment)s::text)
   AND (%(shift)s::text IS NULL OR e.shift = %(shift)s::text)
   AND (%(order)s::text IS NULL OR e.work_order = %(order)s::text)
   AND (%(item_id)s::bigint IS NULL OR EXISTS (
        SELECT FROM trace_participation p
         WHERE p.tenant_id = e.tenant_id AND p.item_id = %(item_id)s::bigint AND p.event_number = e.number)
        OR EXISTS (
        SELECT FROM trace_membership m
         WHERE m.tenant_id = e.tenant_id AND m.lot_id = %(item_id)s::bigint AND m.event_number = e.number))
   AND (%(sources)s::text[] IS NULL OR e.number IN (
        SELECT d.event_number
          FROM trace_document d CROSS JOIN jsonb_array_elements(d.document -> 'sourceList') AS party
         WHERE d.tenant_id = %(tenant)s AND d.document ? 'sourceList' AND party ->> 'source' = ANY (%(sources)s::text[])))
   AND (%(destinations)s::text[] IS NULL OR e.number IN (
        SELECT d.event_number
          FROM trace_document d CROSS JOIN jsonb_array_elements(d.document -> 'destinationList') AS party
         WHERE d.tenant_id = %(tenant)s AND d.document ? 'destinationList'
           AND party ->> 'destination' = ANY (%(destinations)s::text[])))
   AND (%(parameter)s::text IS NULL OR EXISTS (
        SELECT FROM trace_document d
          CROSS JOIN jsonb_path_query(d.document, 'lax $.sensorElementList[*].sensorReport[*]') AS r
          CROSS JOIN LATERAL (
            SELECT CASE WHEN r ->> 'value' ~ '^-?[0-9.]+([eE][-+]?[0-9]+)?$' THEN (r ->> 'value')::numeric END AS value,
                   CASE WHEN r ->> 'suyuan:low' ~ '^-?[0-9.]+$' THEN (r ->> 'suyuan:low')::numeric END AS own_low,
                   CASE WHEN r ->> 'suyuan:high' ~ '^-?[0-9.]+$' THEN (r ->> 'suyuan:high')::numeric END AS own_high
          ) AS n
          CROSS JOIN LATERAL (
            SELECT CASE WHEN %(own)s THEN n.own_low ELSE %(low)s::numeric END AS low,
                   CASE WHEN %(own)s THEN n.own_high ELSE %(high)s::numeric END AS high) AS l
         WHERE d.tenant_id = e.tenant_id AND d.event_number = e.number AND d.document ? 'sensorElementList'
           AND regexp_replace(coalesce(r ->> 'suyuan:name', r ->> 'type', r ->> 'exception', ''), '^.*/', '')
               = %(parameter)s::text
           AND CASE WHEN %(outside)s
                    THEN n.value < l.low OR n.value > l.high
                         OR (%(own)s AND r ->> 'exception' = 'ALARM_CONDITION')
                    ELSE n.value IS NOT NULL AND coalesce(n.value >= l.low, true) AND coalesce(n.value <= l.high, true)
                END))
