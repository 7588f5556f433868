SELECT a.id, k.code, k.name_zh, k.name_en, k.reason, a.site_id, a.place, p.name_zh, p.name_en, a.equipment, q.name_zh,
       q.name_en, a.work_order, a.operation, a.operation_zh, a.operation_en, a.item, a.note, a.state, a.called,
       a.called_by, a.acknowledged, a.acknowledged_by, a.ended, a.ended_by, a.cause, a.remedy,
       coalesce((SELECT max(l.level) FROM production_andon_level l
                  WHERE l.tenant_id = a.tenant_id AND l.andon_id = a.id), 0),
       jsonb_array_length(a.levels), a.due
  FROM production_andon a
  JOIN production_andon_kind k ON k.id = a.kind_id
  LEFT JOIN LATERAL (SELECT m.name_zh, m.name_en FROM trace_master m WHERE m.tenant_id = a.tenant_id AND m.uri = a.place
                      ORDER BY (m.name_zh IS NULL), m.id LIMIT 1) p ON a.place IS NOT NULL
  LEFT JOIN LATERAL (SELECT m.name_zh, m.name_en FROM trace_master m
                      WHERE m.tenant_id = a.tenant_id AND m.uri = a.equipment
                      ORDER BY (m.name_zh IS NULL), m.id LIMIT 1) q ON a.equipment IS NOT NULL
 WHERE a.tenant_id = %(tenant)s
   AND (%(id)s::uuid IS NULL OR a.id = %(id)s)
   AND (%(open)s::boolean IS NULL OR (a.state IN ('called', 'acknowledged')) = %(open)s)
   AND (%(kind)s::text IS NULL OR k.code = %(kind)s)
   AND (%(sites)s::bigint[] IS NULL OR a.site_id IS NULL OR a.site_id = ANY (%(sites)s))
   AND (%(before)s::timestamptz IS NULL OR (a.called, a.id) < (%(before)s, %(last)s))
 ORDER BY a.called DESC, a.id DESC
 LIMIT %(limit)s
