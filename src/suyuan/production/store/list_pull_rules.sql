SELECT r.id, r.card, r.material, m.name_zh, m.name_en, r.place, q.name_zh, q.name_en, r.source, s.name_zh, s.name_en, r.unit,
       r.minimum, r.maximum, r.card_quantity, r.lead_minutes, r.automatic, r.retired, 0::numeric,
       coalesce((SELECT sum(p.quantity) FROM production_pull p
                  WHERE p.tenant_id = r.tenant_id AND p.material = r.material AND p.place = r.place
                    AND p.state IN ('requested', 'picking')), 0), r.site_id
  FROM production_pull_rule r
  LEFT JOIN LATERAL (SELECT n.name_zh, n.name_en FROM trace_master n WHERE n.tenant_id = r.tenant_id AND n.uri = r.material
                      ORDER BY (n.name_zh IS NULL), n.id LIMIT 1) m ON true
  LEFT JOIN LATERAL (SELECT n.name_zh, n.name_en FROM trace_master n WHERE n.tenant_id = r.tenant_id AND n.uri = r.place
                      ORDER BY (n.name_zh IS NULL), n.id LIMIT 1) q ON true
  LEFT JOIN LATERAL (SELECT n.name_zh, n.name_en FROM trace_master n WHERE n.tenant_id = r.tenant_id AND n.uri = r.source
                      ORDER BY (n.name_zh IS NULL), n.id LIMIT 1) s ON r.source IS NOT NULL
 WHERE r.tenant_id = %(tenant)s
   AND (%(id)s::bigint IS NULL OR r.id = %(id)s)
   AND (%(card)s::text IS NULL OR r.card = %(card)s)
   AND (%(materials)s::text[] IS NULL OR r.material = ANY (%(materials)s))
   AND (%(in_use)s::boolean IS NULL OR r.retired <> %(in_use)s)
   AND (%(sites)s::bigint[] IS NULL OR r.site_id IS NULL OR r.site_id = ANY (%(sites)s))
 ORDER BY r.retired, r.place, r.card
