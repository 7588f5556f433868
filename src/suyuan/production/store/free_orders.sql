-- Open work orders of some products that make more than is bound to demand: number, what is bound to them.
SELECT o.id, coalesce(sum(c.quantity), 0)
  FROM production_order o
  LEFT JOIN production_demand_cover c ON c.tenant_id = o.tenant_id AND c.order_id = o.id
 WHERE o.tenant_id = %(tenant)s AND o.product = ANY (%(products)s::text[]) AND o.due IS NOT NULL
   AND o.state IN ('draft', 'released', 'started', 'paused')
   AND (%(sites)s::bigint[] IS NULL OR o.site_id = ANY (%(sites)s))
 GROUP BY o.tenant_id, o.id
HAVING o.quantity > coalesce(sum(c.quantity), 0)
 ORDER BY o.due, o.id
