-- The different amounts with the hashes by which participations tell them.
SELECT DISTINCT hashtextextended(concat_ws(E'\t', p.quantity::text, p.unit), 0), p.quantity::text, p.unit
  FROM trace_participation p
 WHERE p.tenant_id = %(tenant)s AND p.quantity IS NOT NULL
   AND (%(numbers)s::bigint[] IS NULL OR p.event_number = ANY (%(numbers)s::bigint[]))
