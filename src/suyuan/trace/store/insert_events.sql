INSERT INTO trace_event (
    tenant_id, site_id, event_id, declares_error, type, action, event_time, offset_minutes, biz_step, disposition,
    read_point, biz_location, transformation_id, person, equipment, work_order, shift, capture_method, error_reason,
    corrective_ids, booking_lag_seconds, cleans, empties, item_count, content_hash, record_hash, recorded_by)
SELECT %(tenant)s, g.site_id, g.event_id, g.declares_error, g.type, g.action, g.event_time, g.offset_minutes, g.biz_step,
       g.disposition, g.read_point, g.biz_location, g.transformation_id, g.person, g.equipment, g.work_order, g.shift,
       g.capture_method, g.error_reason,
       ARRAY(SELECT jsonb_array_elements_text(g.corrective_ids::jsonb)), g.booking_lag_seconds, g.cleans, g.empties,
       g.item_count, g.content_hash, g.record_hash, %(actor)s
  FROM unnest(
        %(site_id)b::bigint[], %(event_id)b::text[], %(declares_error)b::boolean[], %(type)b::text[],
        %(action)b::text[], %(event_time)b::timestamptz[], %(offset_minutes)b::smallint[], %(biz_step)b::text[],
        %(disposition)b::text[], %(read_point)b::text[], %(biz_location)b::text[], %(transformation_id)b::text[],
        %(person)b::text[], %(equipment)b::text[], %(work_order)b::text[], %(shift)b::text[],
        %(capture_method)b::text[], %(error_reason)b::text[], %(corrective_ids)b::text[],
        %(booking_lag_seconds)b::integer[], %(cleans)b::boolean[], %(empties)b::boolean[], %(item_count)b::integer[],
        %(content_hash)b::bytea[], %(record_hash)b::bytea[]
       ) WITH ORDINALITY AS g (
        site_id, event_id, declares_error, type, action, event_time, offset_minutes, biz_step, disposition, read_point,
        biz_location, transformation_id, person, equipment, work_order, shift, capture_method, error_reason,
        corrective_ids, booking_lag_seconds, cleans, empties, item_count, content_hash, record_hash, position)
 ORDER BY g.position
ON CONFLICT (tenant_id, event_id, declares_error) DO NOTHING
RETURNING event_id, declares_error, number
