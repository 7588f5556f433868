-- What of finished goods is promised to demand lines: of each item, with the order that made it and what of it was sent off.
SELECT s.item_id, i.kind, sum(s.quantity), coalesce(max(h.away), 0),
       (SELECT k.work_order FROM production_passage k
         WHERE k.tenant_id = %(tenant)s AND k.item_id = s.item_id AND k.work_order IS NOT NULL
         ORDER BY k.time DESC LIMIT 1)
  FROM production_demand_stock s
  JOIN production_demand d ON d.tenant_id = s.tenant_id AND d.id = s.demand_id AND d.product = ANY (%(products)s::text[])
  JOIN trace_item i ON i.id = s.item_id
  LEFT JOIN production_stock_head h ON h.tenant_id = s.tenant_id AND h.item_id = s.item_id
 WHERE s.tenant_id = %(tenant)s
 GROUP BY s.item_id, i.kind
