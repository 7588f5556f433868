SELECT h.id, h.batch_id, h.first, h.last, h.holder_kind, h.holder, h.note, h.created, h.created_by,
       h.used, h.spoiled, h.missing, h.reconciled, h.reconciled_by,
       (SELECT jsonb_object_agg(g.state, g.codes) FROM
           (SELECT s.state, sum(least(s.last, h.last) - greatest(s.first, h.first) + 1) AS codes
              FROM coding_stretch s
             WHERE s.tenant_id = h.tenant_id AND s.batch_id = h.batch_id AND s.handout_id = h.id
             GROUP BY s.state) g)
  FROM coding_handout h
 WHERE h.tenant_id = %(tenant)s
   AND (%(id)s::bigint IS NULL OR h.id = %(id)s::bigint)
   AND (%(batch)s::bigint IS NULL OR h.batch_id = %(batch)s::bigint)
 ORDER BY h.id DESC
 LIMIT 500
