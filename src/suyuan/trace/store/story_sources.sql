-- What went into the given items, up to %(depth)s steps back: inputs of what made them, parts put in and not taken out.
WITH RECURSIVE up (item_id, at, depth) AS (
    SELECT unnest(%(items)s::bigint[]), 'infinity'::timestamptz, 0
    UNION
    SELECT s.item_id, s.at, up.depth + 1
      FROM up
      CROSS JOIN LATERAL (
        SELECT q.item_id, o.event_time AS at
          FROM trace_participation o
          JOIN trace_event e ON e.number = o.event_number AND NOT e.declares_error
          -- events that share a transformation id are one process
          JOIN trace_event m ON NOT m.declares_error AND m.tenant_id = %(tenant)s AND m.event_time <= e.event_time
           AND (m.number = e.number OR m.transformation_id = e.transformation_id)
          JOIN trace_participation q ON q.tenant_id = o.tenant_id AND q.event_number = m.number AND q.role = 'i'
         WHERE o.tenant_id = %(tenant)s AND o.item_id = up.item_id AND o.role = 'o' AND o.event_time <= up.at
           AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = %(tenant)s
                            AND v.event_id IN (e.event_id, m.event_id) AND v.declares_error)
        UNION
        SELECT c.item_id, p.event_time
          FROM trace_participation p
          JOIN trace_event e ON e.number = p.event_number AND NOT e.declares_error
          JOIN trace_participation c ON c.tenant_id = p.tenant_id AND c.event_number = p.event_number AND c.role = 'c'
         WHERE p.tenant_id = %(tenant)s AND p.item_id = up.item_id AND p.role = 'p' AND p.act = 'E'
           AND p.event_time <= up.at
           AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = %(tenant)s
                            AND v.event_id = e.event_id AND v.declares_error)
           AND NOT EXISTS (
                SELECT FROM trace_participation d
                  JOIN trace_event f ON f.number = d.event_number AND NOT f.declares_error
                 WHERE d.tenant_id = %(tenant)s AND d.item_id = c.item_id AND d.role = 'c' AND d.act IN ('E', 'G')
                   AND d.event_number <> p.event_number AND d.event_time >= p.event_time AND d.event_time <= up.at
                   AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = %(tenant)s
                                    AND v.event_id = f.event_id AND v.declares_error))
      ) AS s
     WHERE up.depth < %(depth)s
), found AS (
    SELECT reached.item_id, min(reached.depth) AS depth
      FROM (SELECT item_id, depth FROM up LIMIT %(limit)s) AS reached WHERE reached.depth > 0 GROUP BY reached.item_id
)
SELECT i.product, name.name_zh, name.name_en, bool_or(i.kind = 'unit'), bool_or(born.made_here), born.place, born.country
  FROM found
  JOIN trace_item i ON i.id = found.item_id AND i.tenant_id = %(tenant)s AND i.kind IN ('unit', 'lot')
   AND i.product IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT p.role = 'o' AS made_here, e.biz_location AS place,
           (SELECT each.value #>> '{}' FROM jsonb_each(d.document -> 'ilmd') AS each
             WHERE each.key LIKE '%%countryOfOrigin' LIMIT 1) AS country
      FROM trace_participation p
      JOIN trace_event e ON e.number = p.event_number AND NOT e.declares_error
      LEFT JOIN trace_document d ON d.tenant_id = p.tenant_id AND d.event_number = p.event_number
     WHERE p.tenant_id = %(tenant)s AND p.item_id = i.id AND (p.role = 'o' OR p.act = 'O')
     ORDER BY p.event_time LIMIT 1) AS born ON true
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = i.tenant_id AND m.uri = i.product ORDER BY m.id LIMIT 1) AS name ON true
 GROUP BY i.product, name.name_zh, name.name_en, born.place, born.country
 ORDER BY bool_or(i.kind = 'unit') DESC, min(found.depth), i.product
 LIMIT 60
