-- What an answer tells of the events it lists: their own row, without who took part.
SELECT e.number, e.event_id, e.type, e.action, e.event_time, e.offset_minutes, e.biz_step, e.disposition,
       coalesce(e.biz_location, e.read_point), e.person, e.equipment
  FROM trace_event e
 WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s::bigint[]) AND NOT e.declares_error
