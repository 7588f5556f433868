-- What else was made of these products: at each of evenly spread instants the next few, so that sound and suspect items
-- are of the same time. What has no product counts as of one product with what came of the same step. Suspect items
-- themselves are left out.
SELECT DISTINCT found.item_id
  FROM unnest(%(instants)s::timestamptz[]) AS spread (instant)
 CROSS JOIN LATERAL (
    SELECT p.item_id
      FROM trace_event e
      JOIN trace_participation p ON p.tenant_id = e.tenant_id AND p.event_number = e.number
      JOIN trace_item i ON i.tenant_id = p.tenant_id AND i.id = p.item_id
     WHERE e.tenant_id = %(tenant)s AND e.event_time >= spread.instant AND e.event_time <= %(until)s::timestamptz
       AND NOT e.declares_error AND (%(as_of)s::timestamptz IS NULL OR e.recorded <= %(as_of)s::timestamptz)
       AND (p.role = 'o' OR (p.role = 's' AND e.action = 'ADD'))
       AND i.kind = ANY (%(kinds)s::text[])
       AND (i.product = ANY (%(products)s::text[]) OR (i.product IS NULL AND e.biz_step = ANY (%(steps)s::text[])))
       AND NOT i.id = ANY (%(suspect)s::bigint[])
     ORDER BY e.event_time, e.number
     LIMIT %(each)s) AS found
 ORDER BY found.item_id
