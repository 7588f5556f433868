-- Items in work by the operation that comes next: %(of)s, %(after)s is followed by %(ahead)s; ages since their last operation.
-- Ages are floats and the oldest item is looked up afterwards: both are most of the cost where 50,000 items are in work.
WITH standing AS MATERIALIZED (
    -- what failed comes back to where it failed
    SELECT CASE WHEN w.state IN ('running', 'rework') THEN w.operation ELSE coalesce(flow.ahead, w.operation) END
               AS operation, w.state IN ('running', 'rework') OR flow.ahead IS NOT NULL AS known, w.state, w.quantity,
           w.since, w.item_id, date_part('epoch', w.since) AS at, w.rework_seconds, w.rework_since
      FROM production_wip w
      LEFT JOIN unnest(%(of)s::text[], %(after)s::text[], %(ahead)s::text[]) AS flow (of, after, ahead)
        ON flow.after = w.operation AND flow.of = coalesce(w.product, '')
     WHERE w.tenant_id = %(tenant)s
       AND (%(sites)s::bigint[] IS NULL OR w.site_id = ANY (%(sites)s::bigint[]))
       AND (%(order)s::text IS NULL OR w.work_order = %(order)s::text)
       AND (%(places)s::text[] IS NULL OR w.place = ANY (%(places)s::text[]) OR w.equipment = ANY (%(places)s::text[]))
), told AS (
    SELECT s.operation, s.known, count(*)::int AS count, sum(s.quantity) AS quantity,
           count(*) FILTER (WHERE s.state = 'waiting')::int AS waiting,
           count(*) FILTER (WHERE s.state = 'running')::int AS running,
           count(*) FILTER (WHERE s.state = 'rework')::int AS rework, count(*) FILTER (WHERE s.state = 'held')::int AS held,
           percentile_cont(ARRAY[0.5, 0.05, 0]) WITHIN GROUP (ORDER BY s.at) AS at, min(s.since) AS oldest,
           sum(s.rework_seconds)::bigint AS rework_seconds,
           coalesce(sum(date_part('epoch', %(now)s - s.rework_since)) FILTER (WHERE s.rework_since IS NOT NULL), 0)
               AS still_rework
      FROM standing s GROUP BY 1, 2
), oldest AS (
    SELECT s.operation, s.known, min(s.item_id) AS item_id
      FROM standing s JOIN told t ON t.operation = s.operation AND t.known = s.known AND t.oldest = s.since GROUP BY 1, 2
)
SELECT t.operation, t.known, t.count, t.quantity, t.waiting, t.running, t.rework, t.held,
       ARRAY(SELECT date_part('epoch', %(now)s::timestamptz) - one FROM unnest(t.at) WITH ORDINALITY AS each (one, nth)
              ORDER BY nth),
       o.item_id, t.rework_seconds + t.still_rework::bigint
  FROM told t JOIN oldest o ON o.operation = t.operation AND o.known = t.known
