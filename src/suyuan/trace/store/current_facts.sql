-- What the ledger says of each of some items now; each search walks the item's own index. OFFSET 0 and the tenant by
-- its number keep it there, also where tables grow faster than their statistics.
SELECT i.uri, i.id, i.kind, i.product, i.lot, w.state, w.disposition,
       lot.disposition, coalesce(outermost.place, w.place), parent.uri,
       coalesce(own.expiry, of_lot.expiry), steps.seen
  FROM unnest(%(uris)s::text[]) AS g (uri)
  CROSS JOIN LATERAL (
    SELECT t.* FROM trace_item t WHERE t.tenant_id = %(tenant)s AND t.uri = g.uri OFFSET 0) AS i
  LEFT JOIN LATERAL (
    SELECT h.state, h.disposition, h.place, h.parent_id
      FROM trace_whereabouts h WHERE h.tenant_id = %(tenant)s AND h.item_id = i.id
    OFFSET 0) AS w ON true
  LEFT JOIN LATERAL (SELECT t.uri FROM trace_item t WHERE t.id = w.parent_id OFFSET 0) AS parent ON true
  LEFT JOIN LATERAL (
    SELECT m.lot_id, h.disposition
      FROM trace_membership m LEFT JOIN trace_whereabouts h ON h.tenant_id = %(tenant)s AND h.item_id = m.lot_id
     WHERE m.tenant_id = %(tenant)s AND m.unit_id = i.id ORDER BY m.event_time DESC LIMIT 1) AS lot ON true
  LEFT JOIN LATERAL (
    WITH RECURSIVE up (item_id, place, depth) AS (
        SELECT c.item_id, c.place, 1 FROM trace_whereabouts c
         WHERE c.tenant_id = %(tenant)s AND c.item_id = w.parent_id
        UNION ALL
        SELECT c.item_id, c.place, up.depth + 1
          FROM up JOIN trace_whereabouts h ON h.tenant_id = %(tenant)s AND h.item_id = up.item_id
          JOIN trace_whereabouts c ON c.tenant_id = %(tenant)s AND c.item_id = h.parent_id
         WHERE up.depth < 20)
    SELECT up.place FROM up WHERE up.place IS NOT NULL ORDER BY up.depth DESC LIMIT 1) AS outermost
    ON w.parent_id IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT left(d.document #>> '{ilmd,cbvmda:itemExpirationDate}', 10) AS expiry
      FROM trace_participation p JOIN trace_document d
        ON d.tenant_id = %(tenant)s AND d.event_number = p.event_number
     WHERE %(expiry)s AND p.tenant_id = %(tenant)s AND p.item_id = i.id AND p.act IN ('O', 'T') AND p.role <> 'i'
     ORDER BY p.event_time LIMIT 1) AS own ON true
  LEFT JOIN LATERAL (
    SELECT left(d.document #>> '{ilmd,cbvmda:itemExpirationDate}', 10) AS expiry
      FROM trace_participation p JOIN trace_document d
        ON d.tenant_id = %(tenant)s AND d.event_number = p.event_number
     WHERE %(expiry)s AND own.expiry IS NULL AND p.tenant_id = %(tenant)s AND p.item_id = lot.lot_id
       AND p.act IN ('O', 'T') AND p.role <> 'i'
     ORDER BY p.event_time LIMIT 1) AS of_lot ON true
  LEFT JOIN LATERAL (
    SELECT json_object_agg(s.biz_step, s.newest) AS seen
      FROM (SELECT e.biz_step, max(e.event_time) AS newest
              FROM (SELECT q.event_number FROM trace_participation q
                     WHERE q.tenant_id = %(tenant)s AND q.item_id = i.id
                     ORDER BY q.event_time DESC, q.event_number DESC LIMIT 200) AS p
              CROSS JOIN LATERAL (
                SELECT v.event_id, v.event_time, v.biz_step, v.declares_error
                  FROM trace_event v WHERE v.number = p.event_number
                OFFSET 0) AS e
             WHERE e.biz_step = ANY (%(steps)s) AND NOT e.declares_error
               AND (SELECT v.number FROM trace_event v
                     WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error LIMIT 1) IS NULL
             GROUP BY e.biz_step) AS s) AS steps ON cardinality(%(steps)s::text[]) > 0
