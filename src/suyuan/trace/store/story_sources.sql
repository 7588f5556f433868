-- What went into the given items, up to %(depth)s steps back: inputs of what made them, parts put in and not taken out.
-- "OFFSET 0" keeps a step a look-up from the step before it: without fresh statistics the planner would turn it round.
WITH RECURSIVE up (item_id, at, depth) AS (
    SELECT unnest(%(items)s::bigint[]), 'infinity'::timestamptz, 0
    UNION
    SELECT s.item_id, s.at, up.depth + 1
      FROM up
      CROSS JOIN LATERAL (
        SELECT q.item_id, o.event_time AS at
          FROM trace_participation o
          JOIN trace_event e ON e.number = o.event_number AND NOT e.declares_error
          CROSS JOIN LATERAL (
            SELECT e.number, e.event_id
            UNION ALL
            -- events that share a transformation id are one process
            SELECT n.number, n.event_id FROM trace_event n
             WHERE n.tenant_id = %(tenant)s AND n.transformation_id = e.transformation_id AND n.number <> e.number
               AND NOT n.declares_error AND n.event_time <= e.event_time
          ) AS m
          CROSS JOIN LATERAL (
            SELECT i.item_id FROM trace_participation i
             WHERE i.tenant_id = %(tenant)s AND i.event_number = m.number AND i.role = 'i' OFFSET 0
          ) AS q
         WHERE o.tenant_id = %(tenant)s AND o.item_id = up.item_id AND o.role = 'o' AND o.event_time <= up.at
           AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = %(tenant)s
                            AND v.event_id IN (e.event_id, m.event_id) AND v.declares_error)
        UNION
        SELECT c.item_id, p.event_time
          FROM trace_participation p
          JOIN trace_event e ON e.number = p.event_number AND NOT e.declares_error
          CROSS JOIN LATERAL (
            SELECT k.item_id FROM trace_participation k
             WHERE k.tenant_id = %(tenant)s AND k.event_number = p.event_number AND k.role = 'c' OFFSET 0
          ) AS c
         WHERE p.tenant_id = %(tenant)s AND p.item_id = up.item_id AND p.role = 'p' AND p.act = 'E'
           AND p.event_time <= up.at
           AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = %(tenant)s
                            AND v.event_id = e.event_id AND v.declares_error)
           -- a value, not EXISTS: it is looked up for each part, never joined against all of the tenant's rows
           AND (
                SELECT d.event_number FROM trace_participation d
                  JOIN trace_event f ON f.number = d.event_number AND NOT f.declares_error
                 WHERE d.tenant_id = %(tenant)s AND d.item_id = c.item_id AND d.role = 'c' AND d.act IN ('E', 'G')
                   AND d.event_number <> p.event_number AND d.event_time >= p.event_time AND d.event_time <= up.at
                   AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = %(tenant)s
                                    AND v.event_id = f.event_id AND v.declares_error)
                 LIMIT 1) IS NULL
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
