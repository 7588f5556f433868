INSERT INTO trace_membership (tenant_id, unit_id, lot_id, event_number, event_time)
SELECT %(tenant)s, g.unit_id, g.lot_id, g.event_number, g.event_time
  FROM unnest(%(unit_id)b::bigint[], %(lot_id)b::bigint[], %(event_number)b::bigint[], %(event_time)b::timestamptz[])
    AS g (unit_id, lot_id, event_number, event_time)
ON CONFLICT DO NOTHING
