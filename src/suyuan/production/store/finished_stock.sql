-- Finished goods of some products that are there: lots one by one, units by the order that made them and their place.
-- here: not sent off and not built in; free: of that, not held, and of units those that are not in work and promised to no
-- line, with their numbers, those that came first first; last, how much of a lot is in work.
WITH RECURSIVE pieces AS (
    SELECT i.id, i.product, i.kind, i.code, i.uri, 1::numeric AS quantity, NULL::text AS unit, w.parent_id AS inside,
           w.place, w.disposition
      FROM trace_item i
      JOIN trace_whereabouts w ON w.tenant_id = i.tenant_id AND w.item_id = i.id
     WHERE i.tenant_id = %(tenant)s AND i.product = ANY (%(products)s::text[]) AND i.kind = 'unit' AND w.state = 'active'
       AND coalesce(w.disposition, '') <> ALL (%(sent)s::text[])
    UNION ALL
    SELECT i.id, s.material, i.kind, i.code, i.uri, s.quantity, s.unit, nullif(s.inside, 0), s.place, w.disposition
      FROM production_stock s
      JOIN trace_item i ON i.id = s.item_id
      LEFT JOIN trace_whereabouts w ON w.tenant_id = s.tenant_id AND w.item_id = s.item_id
     WHERE s.tenant_id = %(tenant)s AND s.material = ANY (%(products)s::text[])
), holding (first, id, depth) AS (
    SELECT DISTINCT inside, inside, 0 FROM pieces WHERE inside IS NOT NULL
    UNION ALL
    SELECT h.first, w.parent_id, h.depth + 1
      FROM holding h JOIN trace_whereabouts w ON w.tenant_id = %(tenant)s AND w.item_id = h.id
     WHERE w.parent_id IS NOT NULL AND h.depth < 20
), outermost AS (
    SELECT h.first, bool_or(coalesce(w.disposition = ANY (%(sent)s::text[]), false)) AS sent,
           bool_or(coalesce(w.disposition = ANY (%(kept)s::text[]), false)) AS kept,
           bool_or(i.kind IN ('unit', 'lot')) AS built_in,
           (array_agg(w.place ORDER BY h.depth DESC) FILTER (WHERE w.place IS NOT NULL))[1] AS place
      FROM holding h
      JOIN trace_item i ON i.id = h.id
      LEFT JOIN trace_whereabouts w ON w.tenant_id = %(tenant)s AND w.item_id = h.id
     GROUP BY h.first
), told AS (
    SELECT p.*, coalesce(o.place, nullif(p.place, '')) AS at,
           (p.kind = 'unit' AND v.quantity IS NOT NULL)
           OR coalesce(p.disposition, '') = ANY (%(kept)s::text[]) OR coalesce(o.kept, false) AS kept_back,
           p.kind = 'unit' AND EXISTS (
               SELECT FROM production_demand_stock b WHERE b.tenant_id = %(tenant)s AND b.item_id = p.id) AS promised,
           (SELECT k.work_order FROM production_passage k
             WHERE k.tenant_id = %(tenant)s AND k.item_id = p.id AND k.work_order IS NOT NULL
             ORDER BY k.time DESC LIMIT 1) AS made_on,
           v.quantity AS in_work
      FROM pieces p
      LEFT JOIN outermost o ON o.first = p.inside
      LEFT JOIN production_wip v ON v.tenant_id = %(tenant)s AND v.item_id = p.id
     WHERE NOT coalesce(o.sent, false) AND NOT coalesce(o.built_in, false)
)
SELECT t.product, t.kind, CASE t.kind WHEN 'lot' THEN t.id END AS lot, min(t.uri), min(t.code), max(t.unit), t.made_on,
       t.at, sum(t.quantity) AS here, coalesce(sum(t.quantity) FILTER (WHERE NOT t.kept_back AND NOT t.promised), 0) AS free,
       count(*) FILTER (WHERE t.promised) AS promised,
       (coalesce(array_agg(t.id ORDER BY t.id) FILTER (WHERE t.kind = 'unit' AND NOT t.kept_back AND NOT t.promised),
                 '{}'))[1:%(most)s],
       CASE t.kind WHEN 'lot' THEN coalesce(max(t.in_work), 0) ELSE 0 END
  FROM told t
 GROUP BY t.product, t.kind, lot, t.made_on, t.at
 ORDER BY min(t.id)
