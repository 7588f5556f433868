AND EXISTS (
    SELECT FROM trace_participation p
      JOIN trace_item i ON i.id = p.item_id
     WHERE p.tenant_id = %(tenant)s AND p.event_number = e.number
       AND p.role::text = ANY (%(roles_{n})s::text[])
       AND (i.uri = ANY (%(uris_{n})s::text[]) OR i.product = ANY (%(products_{n})s::text[]))
       AND (%(classes_{n})s::boolean IS NULL OR (i.kind IN ('lot', 'product')) = %(classes_{n})s::boolean))
