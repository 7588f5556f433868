-- Where each given item is, worked out from the ledger alone (so late entries and corrections need no special case), and
-- written only where it changed (so a reel that feeds a line is not a row that every capture waits for).
-- Each search walks the item's own index from the newest event back and stops at the first that fits. It is written so
-- that the planner, which knows nothing of a table that was just filled, cannot start anywhere else: a search hangs on
-- its item (LATERAL), OFFSET 0 keeps conditions from moving, and a scalar question is never turned into a join.
WITH given AS (
    SELECT DISTINCT unnest(%(items)s::bigint[]) AS item_id
), now AS (
    SELECT g.item_id,
           CASE WHEN l.act = 'Q' THEN 'decommissioned'
                WHEN l.act = 'T' AND l.role = 'i'
                     AND (SELECT i.kind FROM trace_item i WHERE i.id = g.item_id) = 'unit' THEN 'consumed'
                ELSE 'active' END AS state,
           l.disposition, d.place, d.event_time AS place_since, h.parent_id, h.event_time AS parent_since, l.number
      FROM given g
      CROSS JOIN LATERAL (
        -- what goes into a step and comes out of it again is there: output comes before input
        SELECT e.number, e.disposition, p.role, p.act
          FROM (SELECT q.event_number, q.event_time, q.role, q.act
                  FROM trace_participation q
                 WHERE q.tenant_id = %(tenant)s AND q.item_id = g.item_id
                 ORDER BY q.event_time DESC, q.event_number DESC, q.role DESC) AS p
          CROSS JOIN LATERAL (
            SELECT v.number, v.event_id, v.declares_error, v.disposition
              FROM trace_event v WHERE v.number = p.event_number
            OFFSET 0) AS e
         WHERE NOT e.declares_error
           AND (SELECT w.number FROM trace_event w
                 WHERE w.tenant_id = %(tenant)s AND w.event_id = e.event_id AND w.declares_error LIMIT 1) IS NULL
         ORDER BY p.event_time DESC, p.event_number DESC, p.role DESC
         LIMIT 1) AS l
      LEFT JOIN LATERAL (
        -- an event that names no place (a consumer's scan) moves nothing
        SELECT e.biz_location AS place, p.event_time
          FROM (SELECT q.event_number, q.event_time
                  FROM trace_participation q
                 WHERE q.tenant_id = %(tenant)s AND q.item_id = g.item_id
                 ORDER BY q.event_time DESC, q.event_number DESC) AS p
          CROSS JOIN LATERAL (
            SELECT v.event_id, v.declares_error, v.biz_location
              FROM trace_event v WHERE v.number = p.event_number
            OFFSET 0) AS e
         WHERE NOT e.declares_error AND e.biz_location IS NOT NULL
           AND (SELECT w.number FROM trace_event w
                 WHERE w.tenant_id = %(tenant)s AND w.event_id = e.event_id AND w.declares_error LIMIT 1) IS NULL
         ORDER BY p.event_time DESC, p.event_number DESC
         LIMIT 1) AS d ON true
      LEFT JOIN LATERAL (
        SELECT c.parent_id, c.event_time
          FROM (SELECT p.act, p.event_number, p.event_time,
                       (SELECT q.item_id FROM trace_participation q
                         WHERE q.tenant_id = %(tenant)s AND q.event_number = p.event_number AND q.role = 'p'
                         LIMIT 1) AS parent_id
                  FROM (SELECT q.event_number, q.event_time, q.act
                          FROM trace_participation q
                         WHERE q.tenant_id = %(tenant)s AND q.item_id = g.item_id AND q.role = 'c'
                           AND q.act IN ('A', 'B', 'D', 'E', 'F', 'G')
                         ORDER BY q.event_time DESC, q.event_number DESC) AS p
                  CROSS JOIN LATERAL (
                    SELECT v.event_id, v.declares_error FROM trace_event v WHERE v.number = p.event_number
                    OFFSET 0) AS e
                 WHERE NOT e.declares_error
                   AND (SELECT w.number FROM trace_event w
                         WHERE w.tenant_id = %(tenant)s AND w.event_id = e.event_id AND w.declares_error LIMIT 1) IS NULL
                 ORDER BY p.event_time DESC, p.event_number DESC
                 LIMIT 1) AS c
         WHERE c.act NOT IN ('D', 'G')
           AND (
            -- the whole container was emptied later
            SELECT u.event_number
              FROM (SELECT q.event_number
                      FROM trace_participation q
                     WHERE q.tenant_id = %(tenant)s AND q.item_id = c.parent_id AND q.role = 'p'
                       AND q.act IN ('D', 'G') AND q.event_time >= c.event_time
                       AND (q.event_time, q.event_number) > (c.event_time, c.event_number)
                    OFFSET 0) AS u
              CROSS JOIN LATERAL (
                SELECT v.item_count, v.declares_error FROM trace_event v WHERE v.number = u.event_number
                OFFSET 0) AS e
             WHERE e.item_count = 1 AND NOT e.declares_error
             LIMIT 1) IS NULL) AS h ON true
), changed AS (
    SELECT n.*
      FROM now n
      LEFT JOIN LATERAL (
        SELECT w.item_id, w.state, w.disposition, w.place, w.parent_id
          FROM trace_whereabouts w WHERE w.tenant_id = %(tenant)s AND w.item_id = n.item_id
        OFFSET 0) AS w ON true
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
