-- Participations in the order of the database; an amount is told by a hash, 0 where none is given.
SELECT p.event_number, p.item_id, ascii(p.role::text)::bigint,
       CASE WHEN p.quantity IS NULL THEN 0 ELSE hashtextextended(concat_ws(E'\t', p.quantity::text, p.unit), 0) END
  FROM trace_participation p
 WHERE p.tenant_id = %(tenant)s
   AND (%(numbers)s::bigint[] IS NULL OR p.event_number = ANY (%(numbers)s::bigint[]))
