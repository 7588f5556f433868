SELECT e.number, row_number() OVER (ORDER BY e.{column} {direction}, e.number {direction})
  FROM trace_event e
 WHERE e.tenant_id = %(tenant)s
   AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
   AND (%(since)s::timestamptz IS NULL OR e.event_time >= %(since)s::timestamptz)
   AND (%(until)s::timestamptz IS NULL OR e.event_time < %(until)s::timestamptz)
   AND (%(type)s::text IS NULL OR e.type = %(type)s::text)
   AND (%(action)s::text IS NULL OR e.action = %(action)s::text)
   AND (%(step)s::text IS NULL OR e.biz_step = %(step)s::text)
   AND (%(place)s::text IS NULL OR e.biz_location = %(place)s::text OR e.read_point = %(place)s::text)
   AND (%(person)s::text IS NULL OR e.person = %(person)s::text)
   AND (%(equipment)s::text IS NULL OR e.equipment = %(equipment)s::text)
   AND (%(disposition)s::text IS NULL OR e.disposition = %(disposition)s::text)
   AND (%(work_order)s::text IS NULL OR e.work_order = %(work_order)s::text)
   AND (%(item_id)s::bigint IS NULL OR EXISTS (
        SELECT FROM trace_participation p
         WHERE p.tenant_id = e.tenant_id AND p.item_id = %(item_id)s::bigint AND p.event_number = e.number
           AND p.event_time = e.event_time))
   AND (%(after_time)s::timestamptz IS NULL
        OR (e.{column}, e.number) {beyond} (%(after_time)s::timestamptz, %(after_number)s::bigint))
 ORDER BY e.{column} {direction}, e.number {direction}
 LIMIT %(limit)s
