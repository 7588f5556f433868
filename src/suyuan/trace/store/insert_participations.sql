INSERT INTO trace_participation (tenant_id, item_id, event_number, event_time, role, act, quantity, unit)
SELECT %(tenant)s, g.item_id, g.event_number, g.event_time, g.role::"char", g.act::"char", g.quantity, g.unit
  FROM unnest(%(item_id)s::bigint[], %(event_number)s::bigint[], %(event_time)s::timestamptz[], %(role)s::text[],
              %(act)s::text[], %(quantity)s::numeric[], %(unit)s::text[])
    AS g (item_id, event_number, event_time, role, act, quantity, unit)
