DELETE FROM production_state s
 USING trace_event a
  JOIN trace_event e ON e.tenant_id = a.tenant_id AND e.event_id = a.event_id AND NOT e.declares_error
 WHERE a.tenant_id = %(tenant)s AND a.number = ANY (%(numbers)s::bigint[]) AND a.declares_error
   AND s.tenant_id = a.tenant_id AND s.event_number = e.number
