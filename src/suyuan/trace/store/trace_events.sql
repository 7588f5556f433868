SELECT e.number, e.event_id, e.type, e.action, e.event_time, e.recorded, e.transformation_id, e.booking_lag_seconds,
       e.cleans, e.empties, e.biz_step, e.read_point, e.biz_location, e.equipment, e.person,
       (SELECT min(v.recorded) FROM trace_event v
         WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error),
       e.offset_minutes, e.disposition
  FROM trace_event e
 WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s::bigint[]) AND NOT e.declares_error
