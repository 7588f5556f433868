INSERT INTO designer_version
    (tenant_id, definition_id, version, title_zh, title_en, body, content_hash, note, published_by)
SELECT d.tenant_id, d.id,
       1 + coalesce((SELECT max(v.version) FROM designer_version v
                      WHERE v.tenant_id = d.tenant_id AND v.definition_id = d.id), 0),
       d.title_zh, d.title_en, d.draft, %(content_hash)s, %(note)s, %(by)s
  FROM designer_definition d
 WHERE d.tenant_id = %(tenant)s AND d.id = %(id)s
RETURNING version
