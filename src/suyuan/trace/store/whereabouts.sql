-- Where each given item is, worked out from the ledger alone (so late entries and corrections need no special case), and
-- written only where it changed (so a reel that feeds a line is not a row that every capture waits for).
-- Each search walks the item's own index from the newest event back and stops at the first that fits; OFFSET 0 keeps the
-- planner, which knows nothing of a table that was just filled, from starting anywhere else.
WITH given AS (
    SELECT DISTINCT unnest(%(items)s::bigint[]) AS item_id
), latest AS (
    SELECT g.item_id, i.kind, l.*
      FROM given g
      JOIN trace_item i ON i.id = g.item_id AND i.tenant_id = %(tenant)s
      CROSS JOIN LATERAL (
        SELECT e.number, p.event_time, e.disposition, p.role, p.act
          FROM (SELECT q.event_number, q.event_time, q.role, q.act
                  FROM trace_participation q
                 WHERE q.tenant_id = %(tenant)s AND q.item_id = g.item_id
                 ORDER BY q.event_time DESC, q.event_number DESC) AS p
          CROSS JOIN LATERAL (
            SELECT v.number, v.disposition
              FROM trace_event v
             WHERE v.number = p.event_number AND NOT v.declares_error
               AND NOT EXISTS (SELECT FROM trace_event w
                                WHERE w.tenant_id = %(tenant)s AND w.event_id = v.event_id AND w.declares_error)
            OFFSET 0) AS e
         ORDER BY p.event_time DESC, p.event_number DESC
         LIMIT 1) AS l
), placed AS (
    -- an event that names no place (a consumer's scan) moves nothing
    SELECT g.item_id, l.*
      FROM given g
      CROSS JOIN LATERAL (
        SELECT e.biz_location AS place, p.event_time
          FROM (SELECT q.event_number, q.event_time
                  FROM trace_participation q
                 WHERE q.tenant_id = %(tenant)s AND q.item_id = g.item_id
                 ORDER BY q.event_time DESC, q.event_number DESC) AS p
          CROSS JOIN LATERAL (
            SELECT v.biz_location
              FROM trace_event v
             WHERE v.number = p.event_number AND NOT v.declares_error AND v.biz_location IS NOT NULL
               AND NOT EXISTS (SELECT FROM trace_event w
                                WHERE w.tenant_id = %(tenant)s AND w.event_id = v.event_id AND w.declares_error)
            OFFSET 0) AS e
         ORDER BY p.event_time DESC, p.event_number DESC
         LIMIT 1) AS l
), held AS (
    SELECT g.item_id, h.parent_id, h.event_time
      FROM given g
      CROSS JOIN LATERAL (
        SELECT p.act, p.event_number, p.event_time, e.parent_id
          FROM (SELECT q.event_number, q.event_time, q.act
                  FROM trace_participation q
                 WHERE q.tenant_id = %(tenant)s AND q.item_id = g.item_id AND q.role = 'c'
                   AND q.act IN ('A', 'B', 'D', 'E', 'F', 'G')
                 ORDER BY q.event_time DESC, q.event_number DESC) AS p
          CROSS JOIN LATERAL (
            SELECT (SELECT q.item_id FROM trace_participation q
                     WHERE q.tenant_id = %(tenant)s AND q.event_number = v.number AND q.role = 'p' LIMIT 1) AS parent_id
              FROM trace_event v
             WHERE v.number = p.event_number AND NOT v.declares_error
               AND NOT EXISTS (SELECT FROM trace_event w
                                WHERE w.tenant_id = %(tenant)s AND w.event_id = v.event_id AND w.declares_error)
            OFFSET 0) AS e
         ORDER BY p.event_time DESC, p.event_number DESC
         LIMIT 1) AS h
     WHERE h.act NOT IN ('D', 'G')
       AND NOT EXISTS (
        -- the whole container was emptied later
        SELECT FROM (SELECT d.event_number
                       FROM trace_participation d
                      WHERE d.tenant_id = %(tenant)s AND d.item_id = h.parent_id AND d.role = 'p'
                        AND d.act IN ('D', 'G') AND d.event_time >= h.event_time
                        AND (d.event_time, d.event_number) > (h.event_time, h.event_number)
                     OFFSET 0) AS d
          JOIN trace_event e ON e.number = d.event_number
         WHERE e.item_count = 1 AND NOT e.declares_error)
), now AS (
    SELECT p.item_id,
           CASE WHEN p.act = 'Q' THEN 'decommissioned'
                WHEN p.act = 'T' AND p.role = 'i' AND p.kind = 'unit' THEN 'consumed'
                ELSE 'active' END AS state,
           p.disposition, l.place, l.event_time AS place_since, h.parent_id, h.event_time AS parent_since, p.number
      FROM latest p
      LEFT JOIN placed l ON l.item_id = p.item_id
      LEFT JOIN held h ON h.item_id = p.item_id
), changed AS (
    SELECT n.* FROM now n
      LEFT JOIN trace_whereabouts w ON w.tenant_id = %(tenant)s AND w.item_id = n.item_id
     WHERE w.item_id IS NULL
        OR (w.state, w.disposition, w.place, w.parent_id) IS DISTINCT FROM (n.state, n.disposition, n.place, n.parent_id)
)
INSERT INTO trace_whereabouts AS w
    (tenant_id, item_id, state, disposition, place, place_since, parent_id, parent_since, event_number)
SELECT %(tenant)s, c.item_id, c.state, c.disposition, c.place, c.place_since, c.parent_id, c.parent_since, c.number
  FROM changed c ORDER BY c.item_id
ON CONFLICT (tenant_id, item_id) DO UPDATE
   SET state = excluded.state, disposition = excluded.disposition, place = excluded.place,
       place_since = CASE WHEN w.place IS DISTINCT FROM excluded.place THEN excluded.place_since ELSE w.place_since END,
       parent_id = excluded.parent_id, parent_since = excluded.parent_since, event_number = excluded.event_number
