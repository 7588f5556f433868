-- The earliest event, known then and not voided then, that shows each item to exist before it may have been produced.
WITH used AS (
    SELECT p.item_id, p.event_number
      FROM trace_participation p
     WHERE p.tenant_id = %(tenant)s AND p.item_id = ANY (%(items)s::bigint[]) AND p.role <> 'o' AND p.act <> 'O'
    UNION ALL
    SELECT m.lot_id, m.event_number
      FROM trace_membership m
     WHERE m.tenant_id = %(tenant)s AND m.lot_id = ANY (%(items)s::bigint[])
)
SELECT u.item_id, min(e.event_time)
  FROM used u
  JOIN trace_event e ON e.number = u.event_number AND NOT e.declares_error
 WHERE (%(as_of)s::timestamptz IS NULL OR e.recorded <= %(as_of)s::timestamptz)
   AND NOT EXISTS (
        SELECT FROM trace_event v
         WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error
           AND (%(as_of)s::timestamptz IS NULL OR v.recorded <= %(as_of)s::timestamptz))
 GROUP BY u.item_id
