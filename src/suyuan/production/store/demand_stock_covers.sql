-- Finished goods promised to demand lines, lots one by one and units together: given is what is still there or was sent off,
-- as list_demand.sql reckons it.
SELECT s.demand_id, i.kind, min(i.code), min(i.uri), count(*), sum(s.quantity),
       coalesce(sum(s.quantity) FILTER (WHERE NOT (
           coalesce(w.state = 'consumed', false) OR coalesce(w.disposition, '') = ANY (%(lost)s::text[])
           OR (w.state = 'decommissioned' AND coalesce(w.disposition, '') <> ALL (%(sold)s::text[])))), 0),
       min(w.place)
  FROM production_demand_stock s
  JOIN trace_item i ON i.id = s.item_id
  LEFT JOIN trace_whereabouts w ON w.tenant_id = s.tenant_id AND w.item_id = s.item_id
 WHERE s.tenant_id = %(tenant)s AND s.demand_id = ANY (%(demands)s)
 GROUP BY s.demand_id, i.kind, CASE i.kind WHEN 'lot' THEN i.id END
 ORDER BY s.demand_id, min(i.id)
