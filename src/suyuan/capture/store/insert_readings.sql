INSERT INTO capture_reading
    (tenant_id, id, device, sequence, node, version, outcome, taken, received, offset_ms, late, way, person, place,
     site_id, sent_by, overridden, event_ids, content_hash, reading, findings)
SELECT %(tenant)s, r.id, %(device)s::uuid, r.sequence, r.node, r.version, r.outcome, r.taken, %(received)s,
       %(offset_ms)s, r.late, r.way, r.person, r.place, r.site_id, %(sent_by)s, r.overridden::text[],
       r.event_ids::text[], r.content_hash, r.reading::jsonb, r.findings::jsonb
  FROM unnest(%(id)s::uuid[], %(sequence)s::bigint[], %(node)s::text[], %(version)s::int[], %(outcome)s::text[],
              %(taken)s::timestamptz[], %(late)s::boolean[], %(way)s::text[], %(person)s::text[], %(place)s::text[],
              %(site_id)s::bigint[], %(overridden)s::text[], %(event_ids)s::text[], %(content_hash)s::bytea[],
              %(reading)s::text[], %(findings)s::text[])
    AS r (id, sequence, node, version, outcome, taken, late, way, person, place, site_id, overridden, event_ids,
          content_hash, reading, findings)
