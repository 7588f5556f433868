SELECT DISTINCT ON (m.uri) m.uri, m.name_zh, m.name_en
  FROM trace_master m
 WHERE m.tenant_id = %(tenant)s AND m.uri = ANY (%(uris)s::text[])
 ORDER BY m.uri, (m.name_zh IS NULL), m.id
