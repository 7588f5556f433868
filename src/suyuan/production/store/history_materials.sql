-- Inputs of the events that made the item, and the parts put into it or taken out; at most %(limit)s rows.
SELECT p.event_number, p.event_time, p.role, p.act, p.quantity, p.unit, i.id, i.uri, i.code, i.kind, i.product,
       name.name_zh, name.name_en, made.outputs
  FROM unnest(%(numbers)s::bigint[]) AS asked (number)
  CROSS JOIN LATERAL (
    SELECT q.event_number, q.event_time, q.role, q.act, q.quantity, q.unit, q.item_id FROM trace_participation q
     WHERE q.tenant_id = %(tenant)s AND q.event_number = asked.number AND q.role IN ('i', 'c') OFFSET 0) AS p
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS outputs FROM trace_participation o
     WHERE o.tenant_id = %(tenant)s AND o.event_number = asked.number AND o.role = 'o') AS made
  JOIN trace_item i ON i.id = p.item_id
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = %(tenant)s AND m.uri = coalesce(i.product, i.uri) LIMIT 1) AS name ON true
 ORDER BY p.event_time, p.event_number, i.id
 LIMIT %(limit)s
