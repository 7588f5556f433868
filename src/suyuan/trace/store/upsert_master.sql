INSERT INTO trace_master AS m (tenant_id, type, uri, name_zh, name_en, attributes)
VALUES (%(tenant)s, %(type)s, %(uri)s, %(name_zh)s, %(name_en)s, %(attributes)s::jsonb)
ON CONFLICT (tenant_id, uri, type) DO UPDATE
   SET name_zh = coalesce(excluded.name_zh, m.name_zh), name_en = coalesce(excluded.name_en, m.name_en),
       attributes = m.attributes || excluded.attributes, changed = clock_timestamp()
 WHERE (m.name_zh, m.name_en) IS DISTINCT FROM
       (coalesce(excluded.name_zh, m.name_zh), coalesce(excluded.name_en, m.name_en))
    OR NOT m.attributes @> excluded.attributes
RETURNING m.id
