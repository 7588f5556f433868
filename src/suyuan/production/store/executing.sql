-- All that the execution checks need of these items and orders, asked once: each row a kind and a JSON value.
-- history: what was done to the items on orders, oldest first; order: those named, and those of the histories;
-- used: what went into these orders so far, by material; revision: the drawing revision that an item's making states;
-- lot: how much of a lot was made on no order, where that is in one unit; and whether its life is longer than told here.
-- Every search hangs on what was found before it (OFFSET 0), also where tables grow faster than their statistics.
WITH done AS (
    SELECT i.uri, i.product, e.number, e.event_time, e.work_order, e.biz_step, e.biz_location, e.disposition,
           p.role, p.quantity, p.unit, d.reading ->> 'node' AS node
      FROM unnest(%(uris)s::text[]) AS g (uri)
     CROSS JOIN LATERAL (
            SELECT t.id, t.uri, t.product, t.tenant_id FROM trace_item t
             WHERE t.tenant_id = %(tenant)s AND t.uri = g.uri
            OFFSET 0) AS i
     CROSS JOIN LATERAL (
            SELECT p.event_number, p.role, p.quantity, p.unit
              FROM trace_participation p
             WHERE p.tenant_id = i.tenant_id AND p.item_id = i.id
             ORDER BY p.event_time DESC, p.event_number DESC
             LIMIT 200) AS p
     CROSS JOIN LATERAL (
            SELECT v.* FROM trace_event v
             WHERE v.number = p.event_number AND v.work_order IS NOT NULL AND NOT v.declares_error
            OFFSET 0) AS e
      LEFT JOIN trace_document d ON d.tenant_id = e.tenant_id AND d.event_number = e.number
     WHERE (SELECT v.number FROM trace_event v
             WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_id AND v.declares_error LIMIT 1) IS NULL
), orders AS (
    SELECT o.*
      FROM production_order o
     WHERE o.tenant_id = %(tenant)s
       AND (o.uri = ANY (%(orders)s::text[]) OR o.uri IN (SELECT work_order FROM done))
)
SELECT 'history', jsonb_build_array(uri, work_order, biz_step, node, biz_location, disposition, role,
                                    event_time, quantity::text, unit)
  FROM (SELECT * FROM done ORDER BY event_time, number) AS sorted
UNION ALL
SELECT 'order', jsonb_build_array(uri, number, product, quantity::text, state, route_key, route_version, bom_key,
                                  bom_version)
  FROM orders
UNION ALL
SELECT 'used', jsonb_build_array(u.order_uri, u.material, u.quantity::text)
  FROM production_order_use u
  JOIN orders o ON o.uri = u.order_uri
 WHERE u.tenant_id = %(tenant)s
UNION ALL
SELECT 'revision', jsonb_build_array(i.uri, made.revision)
  FROM unnest(%(uris)s::text[]) AS g (uri)
 CROSS JOIN LATERAL (
        SELECT t.id, t.uri FROM trace_item t WHERE t.tenant_id = %(tenant)s AND t.uri = g.uri OFFSET 0) AS i
 CROSS JOIN LATERAL (
        SELECT left(d.document #>> '{ilmd,suyuan:revision}', 40) AS revision
          FROM trace_participation p
          JOIN trace_document d ON d.tenant_id = %(tenant)s AND d.event_number = p.event_number
         WHERE p.tenant_id = %(tenant)s AND p.item_id = i.id AND p.act IN ('O', 'T') AND p.role <> 'i'
         ORDER BY p.event_time LIMIT 1) AS made
 WHERE made.revision IS NOT NULL
UNION ALL
SELECT 'lot', jsonb_build_array(i.uri, made.quantity::text, made.unit, life.long)
  FROM unnest(%(uris)s::text[]) AS g (uri)
 CROSS JOIN LATERAL (
        SELECT t.id, t.uri FROM trace_item t
         WHERE t.tenant_id = %(tenant)s AND t.uri = g.uri AND t.kind = 'lot' OFFSET 0) AS i
 CROSS JOIN LATERAL (
        SELECT CASE WHEN count(DISTINCT coalesce(p.unit, 'C62')) = 1 AND count(*) = count(p.quantity)
                    THEN nullif(sum(p.quantity), 0) END AS quantity,
               coalesce(min(p.unit), 'C62') AS unit
          FROM (SELECT p.event_number, p.quantity, p.unit FROM trace_participation p
                 WHERE p.tenant_id = %(tenant)s AND p.item_id = i.id AND p.act IN ('O', 'T') AND p.role <> 'i'
                 ORDER BY p.event_time LIMIT 200) AS p
          JOIN trace_event e ON e.number = p.event_number AND e.work_order IS NULL AND NOT e.declares_error) AS made
 CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM trace_participation p WHERE p.tenant_id = %(tenant)s AND p.item_id = i.id
            OFFSET 199) AS long) AS life
UNION ALL
SELECT 'level', jsonb_build_array(c."check", c.level) FROM production_check_level c WHERE c.tenant_id = %(tenant)s
