SELECT batch_id, first, last, state, handout_id, since
  FROM coding_stretch
 WHERE tenant_id = %(tenant)s AND batch_id = %(batch)s
   AND last >= %(low)s::bigint - 1 AND first <= %(high)s::bigint + 1
 ORDER BY first
