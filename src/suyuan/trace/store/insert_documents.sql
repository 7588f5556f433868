INSERT INTO trace_document (tenant_id, event_number, context_hash, document, reading)
SELECT %(tenant)s, g.number, g.context_hash, g.document, g.reading
  FROM unnest(%(number)s::bigint[], %(context_hash)s::bytea[], %(document)s::jsonb[], %(reading)s::jsonb[])
    AS g (number, context_hash, document, reading)
