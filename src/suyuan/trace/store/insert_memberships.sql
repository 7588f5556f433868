INSERT INTO trace_membership (tenant_id, unit_id, lot_id, event_number, event_time)
SELECT %(tenant)s, g.unit_id, g.lot_id, g.event_number, g.event_time
  FROM unnest(%(unit_id)s, %(lot_id)s, %(event_number)s, %(event_time)s)
    AS g (unit_id, lot_id, event_number, event_time)
ON CONFLICT DO NOTHING
