SELECT w.item_id, i.uri, i.code, i.kind, w.product, name.name_zh, name.name_en, w.work_order, w.operation, w.state,
       w.entered, w.since, w.reworks, w.quantity
  FROM (SELECT w.* FROM production_wip w
          LEFT JOIN unnest(%(of)s::text[], %(after)s::text[], %(ahead)s::text[]) AS flow (of, after, ahead)
            ON flow.after = w.operation AND flow.of = coalesce(w.product, '') AND w.state NOT IN ('running', 'rework')
         WHERE w.tenant_id = %(tenant)s
           AND (%(sites)s::bigint[] IS NULL OR w.site_id = ANY (%(sites)s::bigint[]))
           AND (%(operation)s::text IS NULL OR coalesce(flow.ahead, w.operation) = %(operation)s::text)
           AND (%(state)s::text IS NULL OR w.state = %(state)s::text)
           AND (%(order)s::text IS NULL OR w.work_order = %(order)s::text)
           AND (%(places)s::text[] IS NULL OR w.place = ANY (%(places)s::text[]) OR w.equipment = ANY (%(places)s::text[]))
         ORDER BY w.since, w.item_id LIMIT %(limit)s) AS w
  JOIN trace_item i ON i.id = w.item_id
  LEFT JOIN LATERAL (
    SELECT m.name_zh, m.name_en FROM trace_master m
     WHERE m.tenant_id = w.tenant_id AND m.uri = coalesce(w.product, i.uri) LIMIT 1) AS name ON true
 ORDER BY w.since, w.item_id
