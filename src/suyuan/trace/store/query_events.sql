SELECT {columns}
  FROM trace_event e
  LEFT JOIN trace_document d ON d.tenant_id = e.tenant_id AND d.event_number = e.number
  LEFT JOIN trace_context c ON c.tenant_id = d.tenant_id AND c.hash = d.context_hash
 WHERE e.tenant_id = %(tenant)s
   AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
   AND (%(types)s::text[] IS NULL OR e.type = ANY (%(types)s::text[]))
   AND (%(actions)s::text[] IS NULL OR e.action = ANY (%(actions)s::text[]))
   AND (%(biz_steps)s::text[] IS NULL OR e.biz_step = ANY (%(biz_steps)s::text[]))
   AND (%(dispositions)s::text[] IS NULL OR e.disposition = ANY (%(dispositions)s::text[]))
   AND (%(read_points)s::text[] IS NULL OR e.read_point = ANY (%(read_points)s::text[]))
   AND (%(biz_locations)s::text[] IS NULL OR e.biz_location = ANY (%(biz_locations)s::text[]))
   AND (%(transformation_ids)s::text[] IS NULL OR e.transformation_id = ANY (%(transformation_ids)s::text[]))
   AND (%(event_ids)s::text[] IS NULL OR e.event_id = ANY (%(event_ids)s::text[]))
   AND (%(error_reasons)s::text[] IS NULL OR e.error_reason = ANY (%(error_reasons)s::text[]))
   AND (%(declares_error)s::boolean IS NULL OR e.declares_error = %(declares_error)s::boolean)
   AND (%(time_from)s::timestamptz IS NULL OR e.event_time >= %(time_from)s::timestamptz)
   AND (%(time_until)s::timestamptz IS NULL OR e.event_time < %(time_until)s::timestamptz)
   AND (%(recorded_from)s::timestamptz IS NULL OR e.recorded >= %(recorded_from)s::timestamptz)
   AND (%(recorded_until)s::timestamptz IS NULL OR e.recorded < %(recorded_until)s::timestamptz)
   {matches}
   AND (%(after_time)s::timestamptz IS NULL
        OR (e.{column}, e.number) {beyond} (%(after_time)s::timestamptz, %(after_number)s::bigint))
 ORDER BY e.{column} {direction}, e.number {direction}
 LIMIT %(limit)s
