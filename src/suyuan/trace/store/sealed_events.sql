-- What the ledger says of events now, all of it, for their leaves to be made again.
SELECT e.number, e.event_id, e.declares_error, e.type, e.action, e.event_time, e.offset_minutes, e.biz_step,
       e.disposition, e.read_point, e.biz_location, e.transformation_id, e.person, e.equipment, e.work_order, e.shift,
       e.capture_method, e.error_reason, e.corrective_ids, e.booking_lag_seconds, e.cleans, e.empties, e.recorded_by,
       e.recorded, e.content_hash, e.record_hash, e.item_count, d.document, d.reading, d.context_hash, d.event_number
  FROM trace_event e
  LEFT JOIN trace_document d ON d.tenant_id = e.tenant_id AND d.event_number = e.number
 WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s::bigint[])
