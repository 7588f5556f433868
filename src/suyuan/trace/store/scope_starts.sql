-- Of the chosen events, the items that they made or touched, each with the first and the last of their times.
-- A process gives what it made, and what went in only where it made nothing; packing gives what was packed, and the
-- container only where nothing else is named or where it is itself a thing (an assembly); the rest give their subjects.
WITH chosen (number, event_time, item_count) AS MATERIALIZED ({chosen}), parts AS (
    SELECT p.item_id, p.role, p.event_time,
           bool_or(p.role = 'o') OVER event AS makes, bool_or(p.role = 'c') OVER event AS holds
      FROM chosen c
      JOIN trace_participation p ON p.tenant_id = %(tenant)s AND p.event_number = c.number
    WINDOW event AS (PARTITION BY c.number)
)
SELECT p.item_id, i.kind, min(p.event_time), max(p.event_time)
  FROM parts p
  JOIN trace_item i ON i.id = p.item_id AND i.tenant_id = %(tenant)s
 WHERE i.kind <> 'product'
   AND (p.role IN ('o', 's', 'c') OR (p.role = 'i' AND NOT p.makes)
        OR (p.role = 'p' AND (NOT p.holds OR i.kind IN ('unit', 'lot'))))
 GROUP BY p.item_id, i.kind
 ORDER BY p.item_id
 LIMIT %(most)s
