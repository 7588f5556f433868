INSERT INTO trace_whereabouts
    (tenant_id, item_id, state, disposition, place, place_since, parent_id, parent_since, event_number)
SELECT %(tenant)s, g.item_id, g.state, g.disposition, g.place, g.place_since, g.parent_id, g.parent_since, g.number
  FROM unnest(%(item_id)s, %(state)s, %(disposition)s, %(place)s, %(place_since)s, %(parent_id)s, %(parent_since)s,
              %(number)s) AS g (item_id, state, disposition, place, place_since, parent_id, parent_since, number)
