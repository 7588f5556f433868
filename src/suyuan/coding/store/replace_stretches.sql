INSERT INTO coding_stretch (tenant_id, batch_id, first, last, state, handout_id, since)
SELECT %(tenant)s, %(batch)s, t.first, t.last, t.state, t.handout_id, t.since
  FROM unnest(%(firsts)s::bigint[], %(lasts)s::bigint[], %(states)s::text[], %(handouts)s::bigint[],
              %(sinces)s::timestamptz[]) AS t (first, last, state, handout_id, since)
