-- What a scope is counted by: of each item its kind, product, lot, and what the newest events say of it.
SELECT i.id, i.kind, i.product,
       CASE WHEN i.kind = 'lot' THEN i.uri
            WHEN i.lot IS NOT NULL AND i.product IS NOT NULL THEN i.product || '/10/' || i.lot
            WHEN i.kind = 'unit' THEN
                (SELECT l.uri FROM trace_membership m JOIN trace_item l ON l.id = m.lot_id
                   JOIN trace_event e ON e.number = m.event_number
                  WHERE m.tenant_id = %(tenant)s AND m.unit_id = i.id
                    AND NOT EXISTS (SELECT FROM trace_event v
                                     WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error)
                  ORDER BY m.event_time DESC, m.event_number DESC LIMIT 1)
       END,
       w.state, w.disposition, w.place, coalesce(w.parent_id, 0)
  FROM unnest(%(items)s::bigint[]) AS g (id)
  JOIN trace_item i ON i.id = g.id AND i.tenant_id = %(tenant)s
  LEFT JOIN trace_whereabouts w ON w.tenant_id = %(tenant)s AND w.item_id = i.id
