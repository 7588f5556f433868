INSERT INTO trace_event (
    tenant_id, site_id, event_id, declares_error, type, action, event_time, offset_minutes, biz_step, disposition,
    read_point, biz_location, transformation_id, person, equipment, work_order, shift, capture_method, error_reason,
    corrective_ids, booking_lag_seconds, cleans, empties, item_count, content_hash, recorded_by)
SELECT %(tenant)s, g.site_id, g.event_id, g.declares_error, g.type, g.action, g.event_time, g.offset_minutes, g.biz_step,
       g.disposition, g.read_point, g.biz_location, g.transformation_id, g.person, g.equipment, g.work_order, g.shift,
       g.capture_method, g.error_reason,
       ARRAY(SELECT jsonb_array_elements_text(g.corrective_ids)), g.booking_lag_seconds, g.cleans, g.empties,
       g.item_count, g.content_hash, %(actor)s
  FROM unnest(
        %(site_id)s::bigint[], %(event_id)s::text[], %(declares_error)s::boolean[], %(type)s::text[],
        %(action)s::text[], %(event_time)s::timestamptz[], %(offset_minutes)s::smallint[], %(biz_step)s::text[],
        %(disposition)s::text[], %(read_point)s::text[], %(biz_location)s::text[], %(transformation_id)s::text[],
        %(person)s::text[], %(equipment)s::text[], %(work_order)s::text[], %(shift)s::text[],
        %(capture_method)s::text[], %(error_reason)s::text[], %(corrective_ids)s::jsonb[],
        %(booking_lag_seconds)s::integer[], %(cleans)s::boolean[], %(empties)s::boolean[], %(item_count)s::integer[],
        %(content_hash)s::bytea[]
       ) WITH ORDINALITY AS g (
        site_id, event_id, declares_error, type, action, event_time, offset_minutes, biz_step, disposition, read_point,
        biz_location, transformation_id, person, equipment, work_order, shift, capture_method, error_reason,
        corrective_ids, booking_lag_seconds, cleans, empties, item_count, content_hash, position)
 ORDER BY g.position
ON CONFLICT (tenant_id, event_id, declares_error) DO NOTHING
RETURNING event_id, declares_error, number
