-- How the operations went in the window, for all products (null) and for each: whole quarters of an hour as counted, what
-- lies before the first and after the last of them from the passages themselves. The median of the waits is that of their
-- classes (flow.sql), each with its mean.
WITH counted AS (
    SELECT f.operation, f.product, f.equipment, f.waited, f.done, f.failed,
           CASE WHEN f.waited >= 0 THEN f.passages END AS waits, f.waited_seconds
      FROM production_flow f
     WHERE f.tenant_id = %(tenant)s AND f.quarter >= %(first)s AND f.quarter < %(last)s
       AND (%(sites)s::bigint[] IS NULL OR f.site_id = ANY (%(sites)s::bigint[]))
       AND (%(places)s::text[] IS NULL OR f.place = ANY (%(places)s::text[]) OR f.equipment = ANY (%(places)s::text[]))
    UNION ALL
    SELECT k.operation, coalesce(k.product, ''), coalesce(k.equipment, ''),
           production_flow_waited(k.came_from, k.operation, k.waited_seconds), (k.result <> 'b')::int,
           (k.result = 'f')::int, 1, k.waited_seconds
      FROM unnest(%(begins)s::timestamptz[], %(ends)s::timestamptz[]) AS edge (after, until)
      CROSS JOIN LATERAL (
            SELECT q.* FROM production_passage q
             WHERE q.tenant_id = %(tenant)s AND q.time > edge.after AND q.time <= edge.until
               AND (%(order)s::text IS NULL OR q.work_order = %(order)s::text)
            OFFSET 0) AS k
     WHERE (%(sites)s::bigint[] IS NULL OR k.site_id = ANY (%(sites)s::bigint[]))
       AND (%(places)s::text[] IS NULL OR k.place = ANY (%(places)s::text[]) OR k.equipment = ANY (%(places)s::text[]))
), classes AS (
    SELECT c.operation, sum(c.waited_seconds) / sum(c.waits) AS mean, sum(c.waits) AS waits,
           sum(sum(c.waits)) OVER (PARTITION BY c.operation ORDER BY c.waited) AS upto,
           sum(sum(c.waits)) OVER (PARTITION BY c.operation) AS total
      FROM counted c WHERE c.waited >= 0 GROUP BY c.operation, c.waited
), medians AS (
    SELECT m.operation, avg(m.mean) AS waited FROM classes m
     WHERE m.upto * 2 >= m.total AND (m.upto - m.waits) * 2 <= m.total GROUP BY m.operation
), went AS (
    SELECT c.operation, CASE WHEN grouping(c.product) = 0 THEN c.product END AS product, sum(c.done)::int AS done,
           sum(c.failed)::int AS failed, array_agg(DISTINCT c.equipment) FILTER (WHERE c.equipment <> '') AS equipment
      FROM (SELECT b.operation, b.product, b.equipment, sum(b.done) AS done, sum(b.failed) AS failed
              FROM counted b GROUP BY 1, 2, 3) AS c
     GROUP BY GROUPING SETS ((c.operation), (c.operation, c.product))
)
SELECT w.operation, w.product, w.done, w.failed, m.waited, w.equipment
  FROM went w LEFT JOIN medians m ON m.operation = w.operation
