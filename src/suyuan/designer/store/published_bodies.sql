SELECT d.key, v.version, v.title_zh, v.title_en, v.note, v.published, v.published_by, v.content_hash, v.body,
       d.published = v.version AND d.retired IS NULL
  FROM designer_version v
  JOIN designer_definition d ON d.id = v.definition_id AND d.tenant_id = v.tenant_id
 WHERE v.tenant_id = %(tenant)s AND d.kind = %(kind)s AND (%(key)s::text IS NULL OR d.key = %(key)s::text)
 ORDER BY d.key, v.version DESC
