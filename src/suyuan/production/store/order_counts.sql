-- What was done on an order, as events say: distinct items of its products by step, place, node and disposition.
SELECT e.biz_step, coalesce(e.biz_location, e.read_point), d.reading ->> 'node', e.disposition,
       count(DISTINCT p.item_id), max(e.event_time)
  FROM trace_event e
  JOIN trace_participation p ON p.tenant_id = e.tenant_id AND p.event_number = e.number AND p.role <> 'i'
  JOIN trace_item i ON i.id = p.item_id AND (i.product = ANY (%(products)s) OR i.uri = ANY (%(products)s))
  LEFT JOIN trace_document d ON d.tenant_id = e.tenant_id AND d.event_number = e.number
 WHERE e.tenant_id = %(tenant)s AND e.work_order = %(uri)s AND NOT e.declares_error
   AND NOT EXISTS (SELECT FROM trace_event v
                    WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error)
 GROUP BY 1, 2, 3, 4
