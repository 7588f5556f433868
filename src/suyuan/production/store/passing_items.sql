-- The items of these events that are, or may be, in production: something made them here, or they have passed already.
-- Every search hangs on what was found before it, and OFFSET 0 keeps it there: tables that grow fast have no statistics
-- yet, and a join of all that the tenant has would take seconds for each scan.
SELECT DISTINCT i.id, i.kind, i.product
  FROM unnest(%(numbers)s::bigint[]) AS g (number)
  CROSS JOIN LATERAL (
    SELECT v.event_id FROM trace_event v WHERE v.tenant_id = %(tenant)s AND v.number = g.number
    OFFSET 0) AS a
  -- a declaration names what it voids by the same event id
  CROSS JOIN LATERAL (
    SELECT v.number FROM trace_event v WHERE v.tenant_id = %(tenant)s AND v.event_id = a.event_id
    OFFSET 0) AS e
  CROSS JOIN LATERAL (
    SELECT q.item_id, q.role, q.act FROM trace_participation q
     WHERE q.tenant_id = %(tenant)s AND q.event_number = e.number
    OFFSET 0) AS p
  CROSS JOIN LATERAL (
    SELECT t.id, t.kind, t.product FROM trace_item t WHERE t.id = p.item_id AND t.kind IN ('unit', 'lot', 'carrier')
    OFFSET 0) AS i
 WHERE p.role = 'o' OR (p.role = 's' AND p.act = 'O')
    OR (SELECT k.item_id FROM production_passage k
         WHERE k.tenant_id = %(tenant)s AND k.item_id = p.item_id LIMIT 1) IS NOT NULL
