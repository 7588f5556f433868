-- Arrays travel in binary: as text every quote of every document would have to be escaped.
INSERT INTO trace_document (tenant_id, event_number, context_hash, document, reading)
SELECT %(tenant)s, g.number, g.context_hash, g.document::jsonb, g.reading::jsonb
  FROM unnest(%(number)s, %(context_hash)s, %(document)s, %(reading)s) AS g (number, context_hash, document, reading)
