INSERT INTO trace_participation (tenant_id, item_id, event_number, event_time, role, act, quantity, unit)
SELECT %(tenant)s, g.item_id, g.event_number, g.event_time, g.role::"char", g.act::"char", g.quantity::numeric, g.unit
  FROM unnest(%(item_id)s, %(event_number)s, %(event_time)s, %(role)s, %(act)s, %(quantity)s, %(unit)s)
    AS g (item_id, event_number, event_time, role, act, quantity, unit)
