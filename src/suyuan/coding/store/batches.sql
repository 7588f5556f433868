SELECT b.id, b.rule, b.version, b.level, b.wanted, b.count,
       CASE WHEN b.status IN ('waiting', 'issuing')
            THEN coalesce((SELECT sum(c.count) FROM coding_chunk c
                            WHERE c.tenant_id = b.tenant_id AND c.batch_id = b.id), 0)
            ELSE b.count END,
       b.status, b.purpose, b.fields, b.created, b.created_by, b.finished, b.fault, b.space_id, b.scope, b.first,
       b.step, b.width, b.digest, b.moment
  FROM coding_batch b
 WHERE b.tenant_id = %(tenant)s
   AND (%(id)s::bigint IS NULL OR b.id = %(id)s::bigint)
   AND (%(rule)s::text IS NULL OR b.rule = %(rule)s::text)
   AND (%(status)s::text IS NULL OR b.status = %(status)s::text)
   AND (%(before)s::bigint IS NULL OR b.id < %(before)s::bigint)
 ORDER BY b.id DESC
 LIMIT %(limit)s
