-- Events with all that an error declaration repeats of them; whether they are void already.
SELECT e.number, e.event_id, e.type, e.action, e.event_time, e.offset_minutes, e.biz_step, e.disposition, e.read_point,
       e.biz_location, e.transformation_id, e.person, e.equipment, e.work_order, e.shift, e.capture_method,
       d.document::text, c.context::text, e.site_id,
       EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error)
  FROM trace_event e
  JOIN trace_document d ON d.tenant_id = e.tenant_id AND d.event_number = e.number
  LEFT JOIN trace_context c ON c.tenant_id = e.tenant_id AND c.hash = d.context_hash
 WHERE e.tenant_id = %(tenant)s AND NOT e.declares_error AND e.event_id = ANY (%(ids)s)
 ORDER BY e.number
