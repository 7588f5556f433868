-- The bindings of some demand lines, or of an order, with what each gives: as list_demand.sql reckons it.
SELECT * FROM (
    SELECT c.demand_id, c.order_id, o.number, o.state, o.quantity, o.unit, o.due, c.quantity AS bound,
           CASE WHEN o.state = 'cancelled' THEN 0
                ELSE greatest(0, least(c.quantity, o.quantity - (
                    sum(c.quantity) OVER (PARTITION BY c.order_id ORDER BY d.due, d.id) - c.quantity))) END AS given,
           d.due AS line_due, o.site_id
      FROM production_demand_cover c
      JOIN production_order o ON o.tenant_id = c.tenant_id AND o.id = c.order_id
      JOIN production_demand d ON d.tenant_id = c.tenant_id AND d.id = c.demand_id
     WHERE c.tenant_id = %(tenant)s AND c.order_id IN (
         SELECT n.order_id FROM production_demand_cover n
          WHERE n.tenant_id = %(tenant)s AND (n.demand_id = ANY (%(demands)s) OR n.order_id = ANY (%(orders)s)))
) told
 WHERE demand_id = ANY (%(demands)s) OR order_id = ANY (%(orders)s)
 ORDER BY line_due, demand_id, due NULLS LAST, order_id
