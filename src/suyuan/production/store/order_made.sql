-- How much of an order's product came out of its events, as quantities of lots say.
SELECT sum(p.quantity)
  FROM trace_event e
  JOIN trace_participation p ON p.tenant_id = e.tenant_id AND p.event_number = e.number
   AND (p.role = 'o' OR (p.role = 's' AND p.act = 'O'))
  JOIN trace_item i ON i.id = p.item_id AND i.product = %(product)s AND i.kind = 'lot'
 WHERE e.tenant_id = %(tenant)s AND e.work_order = %(uri)s AND NOT e.declares_error
   AND NOT EXISTS (SELECT FROM trace_event v
                    WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error)
