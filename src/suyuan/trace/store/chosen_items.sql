-- Items whose readable code starts or ends with what was typed, or whose URI is it; newest first.
SELECT i.id, row_number() OVER (ORDER BY i.id DESC)
  FROM trace_item i
 WHERE i.tenant_id = %(tenant)s
   AND (%(kind)s::text IS NULL OR i.kind = %(kind)s::text)
   AND (%(product)s::text IS NULL OR i.product = %(product)s::text)
   AND (%(after)s::bigint IS NULL OR i.id < %(after)s::bigint)
   AND (%(search)s::text IS NULL
        OR i.uri = %(search)s::text
        OR i.code LIKE %(starts)s::text
        OR reverse(i.code) LIKE %(ends)s::text)
   AND (%(sites)s::bigint[] IS NULL OR EXISTS (
        SELECT FROM trace_participation p JOIN trace_event e ON e.number = p.event_number
         WHERE p.tenant_id = i.tenant_id AND p.item_id = i.id AND e.site_id = ANY (%(sites)s::bigint[])))
 ORDER BY i.id DESC
 LIMIT %(limit)s
