-- Events of lots. With numbers: those of the lots that these events name, and whether one of them declares an error;
-- with items: all that count of these lots. OFFSET 0 keeps every search at what was found before it.
SELECT p.item_id, p.event_number, p.event_time, p.role, p.act, p.quantity, p.unit, e.biz_step, e.biz_location,
       coalesce(h.item_id, 0), h.kind
  FROM unnest(%(items)s::bigint[]) AS g (id)
  CROSS JOIN LATERAL (
    SELECT q.item_id, q.event_number, q.event_time, q.role, q.act, q.quantity, q.unit FROM trace_participation q
     WHERE q.tenant_id = %(tenant)s AND q.item_id = g.id
       AND (%(numbers)s::bigint[] IS NULL OR q.event_number = ANY (%(numbers)s))
    OFFSET 0) AS p
  CROSS JOIN LATERAL (
    SELECT v.event_id, v.biz_step, v.biz_location FROM trace_event v
     WHERE v.number = p.event_number AND NOT v.declares_error
    OFFSET 0) AS e
  LEFT JOIN LATERAL (
    SELECT r.item_id, i.kind FROM trace_participation r JOIN trace_item i ON i.id = r.item_id
     WHERE p.role = 'c' AND r.tenant_id = %(tenant)s AND r.event_number = p.event_number AND r.role = 'p'
     LIMIT 1) AS h ON true
 WHERE (SELECT v.number FROM trace_event v
         WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error LIMIT 1) IS NULL
