-- Rows of chosen items, with names and whereabouts; the query put in for "chosen" gives (id, place in the list).
SELECT i.id, i.uri, i.code, i.kind, i.product, product.name_zh, product.name_en, i.lot, i.serial,
       last.event_time, place.uri, place.name_zh, place.name_en, w.state, w.disposition
  FROM ({chosen}) AS chosen (id, place_in_list)
  JOIN trace_item i ON i.id = chosen.id AND i.tenant_id = %(tenant)s
  LEFT JOIN trace_whereabouts w ON w.tenant_id = i.tenant_id AND w.item_id = i.id
  LEFT JOIN LATERAL (
    SELECT p.event_time FROM trace_participation p
     WHERE p.tenant_id = i.tenant_id AND p.item_id = i.id ORDER BY p.event_time DESC LIMIT 1) AS last ON true
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = i.tenant_id AND m.uri = coalesce(i.product, i.uri) LIMIT 1) AS product ON true
  LEFT JOIN LATERAL (
    -- the outermost container tells where its contents are
    WITH RECURSIVE up (item_id, place, depth) AS (
        SELECT w.item_id, w.place, 0
        UNION ALL
        SELECT c.item_id, c.place, up.depth + 1
          FROM up JOIN trace_whereabouts h ON h.tenant_id = i.tenant_id AND h.item_id = up.item_id
          JOIN trace_whereabouts c ON c.tenant_id = i.tenant_id AND c.item_id = h.parent_id
         WHERE up.depth < 20)
    SELECT up.place AS uri, m.name_zh, m.name_en
      FROM up LEFT JOIN trace_master m ON m.tenant_id = i.tenant_id AND m.uri = up.place
     ORDER BY (up.place IS NOT NULL) DESC, up.depth DESC LIMIT 1) AS place ON true
 ORDER BY chosen.place_in_list
