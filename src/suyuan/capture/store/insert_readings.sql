-- The id of an entry decides; where another device kept one under it meanwhile, fewer ids come back.
INSERT INTO capture_reading
    (tenant_id, id, device, sequence, node, version, outcome, taken, received, offset_ms, late, way, person, place,
     site_id, sent_by, overridden, event_ids, content_hash, reading, findings)
SELECT %(tenant)s, r.id::uuid, r.device::uuid, r.sequence, r.node, r.version, r.outcome, r.taken, %(received)s,
       r.offset_ms, r.late IS NOT NULL, r.way, r.person, r.place, r.site_id, r.sent_by, r.overridden::text[],
       r.event_ids::text[], r.content_hash, r.reading::jsonb, r.findings::jsonb
  FROM unnest(%(id)s, %(device)s, %(sequence)s, %(node)s, %(version)s, %(outcome)s, %(taken)s, %(offset_ms)s, %(late)s,
              %(way)s, %(person)s, %(place)s, %(site_id)s, %(sent_by)s, %(overridden)s, %(event_ids)s,
              %(content_hash)s, %(reading)s, %(findings)s)
    AS r (id, device, sequence, node, version, outcome, taken, offset_ms, late, way, person, place, site_id, sent_by,
          overridden, event_ids, content_hash, reading, findings)
ON CONFLICT (tenant_id, id) DO NOTHING
RETURNING true
