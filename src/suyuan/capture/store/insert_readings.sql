INSERT INTO capture_reading
    (tenant_id, id, device, sequence, node, version, outcome, taken, received, offset_ms, late, way, person, place,
     site_id, sent_by, overridden, event_ids, content_hash, reading, findings)
SELECT %(tenant)s, r.id::uuid, %(device)s::uuid, r.sequence, r.node, r.version, r.outcome, r.taken, %(received)s,
       %(offset_ms)s, r.late IS NOT NULL, r.way, r.person, r.place, r.site_id, %(sent_by)s, r.overridden::text[],
       r.event_ids::text[], r.content_hash, r.reading::jsonb, r.findings::jsonb
  FROM unnest(%(id)s, %(sequence)s, %(node)s, %(version)s, %(outcome)s, %(taken)s, %(late)s, %(way)s, %(person)s,
              %(place)s, %(site_id)s, %(overridden)s, %(event_ids)s, %(content_hash)s, %(reading)s, %(findings)s)
    AS r (id, sequence, node, version, outcome, taken, late, way, person, place, site_id, overridden, event_ids,
          content_hash, reading, findings)
