-- How many items of an order's products were scrapped, wherever that was entered.
SELECT count(DISTINCT p.item_id)
  FROM trace_event e
  JOIN trace_participation p ON p.tenant_id = e.tenant_id AND p.event_number = e.number AND p.role <> 'i'
  JOIN trace_item i ON i.id = p.item_id AND i.product = ANY (%(products)s)
  JOIN trace_whereabouts w ON w.tenant_id = p.tenant_id AND w.item_id = p.item_id
 WHERE e.tenant_id = %(tenant)s AND e.work_order = %(uri)s AND NOT e.declares_error
   AND (w.disposition IN ('destroyed', 'disposed') OR w.state = 'decommissioned')
