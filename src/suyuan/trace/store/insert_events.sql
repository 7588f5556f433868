-- A column without any value is an empty array, which unnest fills up with NULL. The last column returned says that the
-- event was declared an error before it came.
INSERT INTO trace_event (
    tenant_id, site_id, event_id, declares_error, type, action, event_time, offset_minutes, biz_step, disposition,
    read_point, biz_location, transformation_id, person, equipment, work_order, shift, capture_method, error_reason,
    corrective_ids, booking_lag_seconds, cleans, empties, item_count, content_hash, record_hash, recorded_by)
SELECT %(tenant)s, g.site_id, g.event_id, g.declares_error IS NOT NULL, g.type, g.action, g.event_time,
       g.offset_minutes, g.biz_step, g.disposition, g.read_point, g.biz_location, g.transformation_id, g.person,
       g.equipment, g.work_order, g.shift, g.capture_method, g.error_reason,
       CASE WHEN g.corrective_ids IS NULL THEN '{}'
            ELSE ARRAY(SELECT jsonb_array_elements_text(g.corrective_ids::jsonb)) END,
       coalesce(g.booking_lag_seconds, 0), g.cleans IS NOT NULL, g.empties IS NOT NULL, g.item_count, g.content_hash,
       g.record_hash, g.recorded_by
  FROM unnest(
        %(site_id)s, %(event_id)s, %(declares_error)s, %(type)s, %(action)s, %(event_time)s, %(offset_minutes)s,
        %(biz_step)s, %(disposition)s, %(read_point)s, %(biz_location)s, %(transformation_id)s, %(person)s,
        %(equipment)s, %(work_order)s, %(shift)s, %(capture_method)s, %(error_reason)s, %(corrective_ids)s,
        %(booking_lag_seconds)s, %(cleans)s, %(empties)s, %(item_count)s, %(content_hash)s, %(record_hash)s,
        %(recorded_by)s
       ) WITH ORDINALITY AS g (
        site_id, event_id, declares_error, type, action, event_time, offset_minutes, biz_step, disposition, read_point,
        biz_location, transformation_id, person, equipment, work_order, shift, capture_method, error_reason,
        corrective_ids, booking_lag_seconds, cleans, empties, item_count, content_hash, record_hash,
        recorded_by, position)
 ORDER BY g.position
ON CONFLICT (tenant_id, event_id, declares_error) DO NOTHING
RETURNING event_id, declares_error, number,
          EXISTS (SELECT FROM trace_event w
                   WHERE w.tenant_id = %(tenant)s AND w.event_id = trace_event.event_id AND w.declares_error)
