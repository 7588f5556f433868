INSERT INTO coding_movement
    (tenant_id, batch_id, first, last, state, handout_id, reason, by_name, via, request_id)
SELECT %(tenant)s, %(batch)s, t.first, t.last, %(state)s, %(handout)s, %(reason)s, %(by)s, %(via)s, %(request)s
  FROM unnest(%(firsts)s::bigint[], %(lasts)s::bigint[]) AS t (first, last)
