-- Items in work by the operation that comes next: %(after)s is followed by %(ahead)s; ages since their last operation.
SELECT next.operation, next.known, count(*)::int, sum(w.quantity),
       count(*) FILTER (WHERE w.state = 'waiting')::int, count(*) FILTER (WHERE w.state = 'running')::int,
       count(*) FILTER (WHERE w.state = 'rework')::int, count(*) FILTER (WHERE w.state = 'held')::int,
       percentile_cont(ARRAY[0.5, 0.95, 1]) WITHIN GROUP (ORDER BY extract(epoch FROM %(now)s - w.since)),
       split_part(min(to_char(w.since AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') || ' ' || w.item_id), ' ', 2)::bigint,
       coalesce(sum(w.rework_seconds + coalesce(extract(epoch FROM %(now)s - w.rework_since), 0)), 0)::bigint
  FROM production_wip w
  LEFT JOIN unnest(%(of)s::text[], %(after)s::text[], %(ahead)s::text[]) AS flow (of, after, ahead) ON flow.after = w.operation AND flow.of = coalesce(w.product, '')
  CROSS JOIN LATERAL (
    -- what failed comes back to where it failed
    SELECT CASE WHEN w.state IN ('running', 'rework') THEN w.operation ELSE coalesce(flow.ahead, w.operation) END
               AS operation, w.state IN ('running', 'rework') OR flow.ahead IS NOT NULL AS known) AS next
 WHERE w.tenant_id = %(tenant)s
   AND (%(sites)s::bigint[] IS NULL OR w.site_id = ANY (%(sites)s::bigint[]))
   AND (%(order)s::text IS NULL OR w.work_order = %(order)s::text)
   AND (%(places)s::text[] IS NULL OR w.place = ANY (%(places)s::text[]) OR w.equipment = ANY (%(places)s::text[]))
 GROUP BY 1, 2
