-- What the ledger says of each of some items now; each search walks the item's own index.
SELECT i.uri, i.id, i.kind, i.product, i.lot, w.state, w.disposition,
       lot.disposition, coalesce(outermost.place, w.place), parent.uri,
       coalesce(own.expiry, of_lot.expiry), steps.seen
  FROM trace_item i
  LEFT JOIN trace_whereabouts w ON w.tenant_id = i.tenant_id AND w.item_id = i.id
  LEFT JOIN trace_item parent ON parent.tenant_id = i.tenant_id AND parent.id = w.parent_id
  LEFT JOIN LATERAL (
    SELECT m.lot_id, h.disposition
      FROM trace_membership m LEFT JOIN trace_whereabouts h ON h.tenant_id = m.tenant_id AND h.item_id = m.lot_id
     WHERE m.tenant_id = i.tenant_id AND m.unit_id = i.id ORDER BY m.event_time DESC LIMIT 1) AS lot ON true
  LEFT JOIN LATERAL (
    WITH RECURSIVE up (item_id, place, depth) AS (
        SELECT c.item_id, c.place, 1 FROM trace_whereabouts c
         WHERE c.tenant_id = i.tenant_id AND c.item_id = w.parent_id
        UNION ALL
        SELECT c.item_id, c.place, up.depth + 1
          FROM up JOIN trace_whereabouts h ON h.tenant_id = i.tenant_id AND h.item_id = up.item_id
          JOIN trace_whereabouts c ON c.tenant_id = i.tenant_id AND c.item_id = h.parent_id
         WHERE up.depth < 20)
    SELECT up.place FROM up WHERE up.place IS NOT NULL ORDER BY up.depth DESC LIMIT 1) AS outermost
    ON w.parent_id IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT left(d.document #>> '{ilmd,cbvmda:itemExpirationDate}', 10) AS expiry
      FROM trace_participation p JOIN trace_document d
        ON d.tenant_id = p.tenant_id AND d.event_number = p.event_number
     WHERE %(expiry)s AND p.tenant_id = i.tenant_id AND p.item_id = i.id AND p.act IN ('O', 'T') AND p.role <> 'i'
     ORDER BY p.event_time LIMIT 1) AS own ON true
  LEFT JOIN LATERAL (
    SELECT left(d.document #>> '{ilmd,cbvmda:itemExpirationDate}', 10) AS expiry
      FROM trace_participation p JOIN trace_document d
        ON d.tenant_id = p.tenant_id AND d.event_number = p.event_number
     WHERE %(expiry)s AND own.expiry IS NULL AND p.tenant_id = i.tenant_id AND p.item_id = lot.lot_id
       AND p.act IN ('O', 'T') AND p.role <> 'i'
     ORDER BY p.event_time LIMIT 1) AS of_lot ON true
  LEFT JOIN LATERAL (
    SELECT json_object_agg(s.biz_step, s.newest) AS seen
      FROM (SELECT e.biz_step, max(e.event_time) AS newest
              FROM (SELECT q.event_number FROM trace_participation q
                     WHERE q.tenant_id = i.tenant_id AND q.item_id = i.id
                     ORDER BY q.event_time DESC, q.event_number DESC LIMIT 200) AS p
              JOIN trace_event e ON e.number = p.event_number
             WHERE e.biz_step = ANY (%(steps)s) AND NOT e.declares_error
               AND NOT EXISTS (SELECT FROM trace_event v
                                WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error)
             GROUP BY e.biz_step) AS s) AS steps ON cardinality(%(steps)s::text[]) > 0
 WHERE i.tenant_id = %(tenant)s AND i.uri = ANY (%(uris)s)
