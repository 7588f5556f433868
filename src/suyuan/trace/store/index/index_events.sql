-- Events as the index keeps them; every one where no numbers are given. Times in microseconds since 1970.
SELECT e.number, (extract(epoch FROM e.event_time) * 1000000)::bigint, (extract(epoch FROM e.recorded) * 1000000)::bigint,
       (SELECT (extract(epoch FROM min(v.recorded)) * 1000000)::bigint FROM trace_event v
         WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error),
       e.booking_lag_seconds, e.type, e.action, e.cleans, e.empties,
       e.transformation_id, e.biz_step, e.read_point, e.biz_location, e.equipment, e.person,
       e.disposition, coalesce(e.site_id, 0)
  FROM trace_event e
 WHERE e.tenant_id = %(tenant)s AND NOT e.declares_error
   AND (%(numbers)s::bigint[] IS NULL OR e.number = ANY (%(numbers)s::bigint[]))
