SELECT min(p.event_time), count(DISTINCT p.event_number),
       (SELECT count(*) FROM trace_whereabouts c WHERE c.tenant_id = %(tenant)s AND c.parent_id = %(item_id)s),
       (SELECT m.attributes FROM trace_master m
         JOIN trace_item i ON i.id = %(item_id)s AND m.uri IN (i.uri, i.product) AND m.tenant_id = i.tenant_id
        ORDER BY (m.uri = i.uri) DESC LIMIT 1),
       (SELECT jsonb_build_array(l.id, l.uri, l.code, l.kind) FROM trace_membership s
          JOIN trace_item l ON l.id = s.lot_id
         WHERE s.tenant_id = %(tenant)s AND s.unit_id = %(item_id)s ORDER BY s.event_time DESC LIMIT 1),
       (SELECT w.place_since FROM trace_whereabouts w WHERE w.tenant_id = %(tenant)s AND w.item_id = %(item_id)s)
  FROM trace_participation p
 WHERE p.tenant_id = %(tenant)s AND p.item_id = %(item_id)s
