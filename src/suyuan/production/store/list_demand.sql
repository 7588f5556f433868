-- Demand lines with what work orders and finished goods give them. An order gives what it is to make to the lines that are due
-- first; a cancelled one gives nothing. Goods give what is still there or was sent off; held or scrapped they give nothing.
WITH given AS (
    SELECT c.demand_id,
           CASE WHEN o.state = 'cancelled' THEN 0
                ELSE greatest(0, least(c.quantity, o.quantity - (
                    sum(c.quantity) OVER (PARTITION BY c.order_id ORDER BY d.due, d.id) - c.quantity))) END AS quantity
      FROM production_demand_cover c
      JOIN production_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
      JOIN production_demand d ON d.tenant_id = c.tenant_id AND d.id = c.demand_id
     WHERE c.tenant_id = %(tenant)s
    UNION ALL
    SELECT s.demand_id, s.quantity
      FROM production_demand_stock s
      LEFT JOIN trace_whereabouts w ON w.tenant_id = s.tenant_id AND w.item_id = s.item_id
     WHERE s.tenant_id = %(tenant)s
       AND NOT (coalesce(w.state = 'consumed', false) OR coalesce(w.disposition, '') = ANY (%(lost)s::text[])
                OR (w.state = 'decommissioned' AND coalesce(w.disposition, '') <> ALL (%(sold)s::text[])))
), told AS (
    SELECT {columns}, coalesce(g.quantity, 0) AS covered,
           CASE WHEN d.cancelled THEN 'cancelled' WHEN coalesce(g.quantity, 0) >= d.quantity THEN 'covered'
                ELSE 'open' END AS state
      FROM production_demand d
      LEFT JOIN (SELECT demand_id, sum(quantity) AS quantity FROM given GROUP BY demand_id) g ON g.demand_id = d.id
     WHERE d.tenant_id = %(tenant)s
       AND (%(ids)s::bigint[] IS NULL OR d.id = ANY (%(ids)s))
       AND (%(product)s::text IS NULL OR d.product = %(product)s)
       AND (%(sites)s::bigint[] IS NULL OR d.site_id IS NULL OR d.site_id = ANY (%(sites)s))
       AND (%(search)s::text IS NULL OR d.customer_order ILIKE %(search)s
            OR (%(customers)s AND d.customer ILIKE %(search)s)
            OR d.product ILIKE %(search)s)
)
SELECT told.*, count(*) OVER ()
  FROM told
 WHERE %(states)s::text[] IS NULL OR state = ANY (%(states)s)
       OR ('over' = ANY (%(states)s) AND covered > CASE WHEN cancelled THEN 0 ELSE quantity END)
 ORDER BY {order}
 LIMIT %(limit)s OFFSET %(offset)s
