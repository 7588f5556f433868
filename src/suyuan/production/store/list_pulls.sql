SELECT p.id, r.card, p.site_id, p.material, m.name_zh, m.name_en, p.place, q.name_zh, q.name_en, r.source, s.name_zh,
       s.name_en, p.quantity, p.unit, p.work_order, p.origin, p.note, p.state, p.due, p.requested, p.requested_by, p.picking,
       p.picking_by, p.ended, p.ended_by, p.reason, p.brought
  FROM production_pull p
  LEFT JOIN production_pull_rule r ON r.id = p.rule_id
  LEFT JOIN LATERAL (SELECT n.name_zh, n.name_en FROM trace_master n WHERE n.tenant_id = p.tenant_id AND n.uri = p.material
                      ORDER BY (n.name_zh IS NULL), n.id LIMIT 1) m ON true
  LEFT JOIN LATERAL (SELECT n.name_zh, n.name_en FROM trace_master n WHERE n.tenant_id = p.tenant_id AND n.uri = p.place
                      ORDER BY (n.name_zh IS NULL), n.id LIMIT 1) q ON true
  LEFT JOIN LATERAL (SELECT n.name_zh, n.name_en FROM trace_master n WHERE n.tenant_id = p.tenant_id AND n.uri = r.source
                      ORDER BY (n.name_zh IS NULL), n.id LIMIT 1) s ON r.source IS NOT NULL
 WHERE p.tenant_id = %(tenant)s
   AND (%(id)s::uuid IS NULL OR p.id = %(id)s)
   AND (%(open)s::boolean IS NULL OR (p.state IN ('requested', 'picking')) = %(open)s)
   AND (%(materials)s::text[] IS NULL OR p.material = ANY (%(materials)s))
   AND (%(sites)s::bigint[] IS NULL OR p.site_id IS NULL OR p.site_id = ANY (%(sites)s))
   AND (%(before)s::timestamptz IS NULL OR (p.requested, p.id) < (%(before)s, %(last)s))
 ORDER BY p.requested DESC, p.id DESC
 LIMIT %(limit)s
