-- What events put into orders, by material: inputs, and parts built in; taken out again or declared an error counts back.
WITH counted AS (
    SELECT e.number, e.work_order, 1 AS sign
      FROM trace_event e
     WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s) AND e.work_order IS NOT NULL AND NOT e.declares_error
    UNION ALL
    SELECT x.number, x.work_order, -1
      FROM trace_event e
      JOIN trace_event x ON x.tenant_id = e.tenant_id AND x.event_id = e.event_id AND NOT x.declares_error
     WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s) AND x.work_order IS NOT NULL AND e.declares_error
)
INSERT INTO production_order_use AS u (tenant_id, order_uri, material, quantity)
SELECT %(tenant)s, c.work_order, coalesce(i.product, i.uri),
       sum(c.sign * CASE WHEN p.act IN ('D', 'G') THEN -1 ELSE 1 END
           * coalesce(p.quantity, CASE i.kind WHEN 'unit' THEN 1 ELSE 0 END))
  FROM counted c
  JOIN trace_participation p ON p.tenant_id = %(tenant)s AND p.event_number = c.number
   AND (p.role = 'i' OR (p.role = 'c' AND p.act IN ('A', 'D', 'E', 'G')))
  JOIN trace_item i ON i.id = p.item_id
 GROUP BY c.work_order, coalesce(i.product, i.uri)
ON CONFLICT (tenant_id, order_uri, material) DO UPDATE SET quantity = u.quantity + excluded.quantity
