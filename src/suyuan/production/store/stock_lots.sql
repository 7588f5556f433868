-- The lots that these events are about, with what was counted of them: folded up to where, and whether one of the events
-- declares an error, so that the lot is folded anew.
SELECT i.id, coalesce(i.product, i.uri), bool_or(a.declares_error), h.time, h.event_number, h.unit, h.known, h.away
  FROM unnest(%(numbers)s::bigint[]) AS g (number)
  CROSS JOIN LATERAL (
    SELECT v.event_id, v.declares_error FROM trace_event v
     WHERE v.tenant_id = %(tenant)s AND v.number = g.number
    OFFSET 0) AS a
  -- a declaration names what it voids by the same event id
  CROSS JOIN LATERAL (
    SELECT v.number FROM trace_event v
     WHERE v.tenant_id = %(tenant)s AND v.event_id = a.event_id AND (a.declares_error OR v.number = g.number)
    OFFSET 0) AS e
  CROSS JOIN LATERAL (
    SELECT q.item_id FROM trace_participation q
     WHERE q.tenant_id = %(tenant)s AND q.event_number = e.number AND (q.quantity IS NOT NULL OR q.role IN ('s', 'c', 'i'))
    OFFSET 0) AS p
  CROSS JOIN LATERAL (
    SELECT t.id, t.uri, t.product FROM trace_item t WHERE t.id = p.item_id AND t.kind = 'lot'
    OFFSET 0) AS i
  LEFT JOIN production_stock_head h ON h.tenant_id = %(tenant)s AND h.item_id = i.id
 GROUP BY i.id, i.uri, i.product, h.time, h.event_number, h.unit, h.known, h.away
