INSERT INTO trace_participation (tenant_id, item_id, event_number, event_time, role, act, quantity, unit)
SELECT %(tenant)s, g.item_id, g.event_number, g.event_time, g.role::"char", g.act::"char", g.quantity, g.unit
  FROM unnest(%(item_id)b::bigint[], %(event_number)b::bigint[], %(event_time)b::timestamptz[], %(role)b::text[],
              %(act)b::text[], %(quantity)b::numeric[], %(unit)b::text[])
    AS g (item_id, event_number, event_time, role, act, quantity, unit)
