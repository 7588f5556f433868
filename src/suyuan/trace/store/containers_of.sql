-- What an item is in now, innermost first; where a container is, the item is since both came true.
WITH RECURSIVE up (item_id, since, depth) AS (
    SELECT w.parent_id, w.parent_since, 1 FROM trace_whereabouts w
     WHERE w.tenant_id = %(tenant)s AND w.item_id = %(item_id)s AND w.parent_id IS NOT NULL
    UNION ALL
    SELECT w.parent_id, greatest(up.since, w.parent_since), up.depth + 1
      FROM up JOIN trace_whereabouts w ON w.tenant_id = %(tenant)s AND w.item_id = up.item_id
     WHERE w.parent_id IS NOT NULL AND up.depth < 20
)
SELECT i.id, i.uri, i.code, i.kind, w.place, greatest(up.since, w.place_since), m.name_zh, m.name_en
  FROM up
  JOIN trace_item i ON i.id = up.item_id
  LEFT JOIN trace_whereabouts w ON w.tenant_id = i.tenant_id AND w.item_id = i.id
  LEFT JOIN LATERAL (SELECT n.name_zh, n.name_en FROM trace_master n
                      WHERE n.tenant_id = i.tenant_id AND n.uri = w.place LIMIT 1) AS m ON true
 ORDER BY up.depth
