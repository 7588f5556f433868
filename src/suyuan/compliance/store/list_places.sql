SELECT p.id, p.kind, p.name, p.settings, p.secret IS NOT NULL, p.every_minutes, p.active, last.said, good.said
  FROM compliance_place p
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('checkpoint', d.checkpoint, 'at', d.at, 'good', d.good, 'said', d.said)::text AS said
      FROM compliance_delivery d
     WHERE d.tenant_id = p.tenant_id AND d.place_id = p.id
     ORDER BY d.id DESC LIMIT 1) AS last ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_build_object('checkpoint', d.checkpoint, 'at', d.at, 'good', d.good, 'said', d.said)::text AS said
      FROM compliance_delivery d
     WHERE d.tenant_id = p.tenant_id AND d.place_id = p.id AND d.good
     ORDER BY d.id DESC LIMIT 1) AS good ON true
 WHERE p.tenant_id = %(tenant)s AND (%(place)s::bigint IS NULL OR p.id = %(place)s::bigint)
 ORDER BY p.name
