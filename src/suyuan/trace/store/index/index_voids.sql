-- When the events that these declarations of error name were first voided.
SELECT e.number, (extract(epoch FROM min(v.recorded)) * 1000000)::bigint
  FROM trace_event d
  JOIN trace_event e ON e.tenant_id = d.tenant_id AND e.event_id = d.event_id AND NOT e.declares_error
  JOIN trace_event v ON v.tenant_id = d.tenant_id AND v.event_id = d.event_id AND v.declares_error
 WHERE d.tenant_id = %(tenant)s AND d.number = ANY (%(numbers)s::bigint[]) AND d.declares_error
 GROUP BY e.number
