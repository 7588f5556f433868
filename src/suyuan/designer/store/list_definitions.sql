SELECT d.kind, d.key, d.title_zh, d.title_en,
       CASE WHEN d.retired IS NOT NULL THEN 'retired' WHEN d.published IS NULL THEN 'draft' ELSE 'published' END,
       d.published, d.draft IS NOT NULL, d.revision, d.changed, d.changed_by, d.pack, d.id
  FROM designer_definition d
 WHERE d.tenant_id = %(tenant)s
   AND (%(kind)s::text IS NULL OR d.kind = %(kind)s::text)
   AND (%(key)s::text IS NULL OR d.key = %(key)s::text)
   AND (%(state)s::text IS NULL
        OR %(state)s::text = CASE WHEN d.retired IS NOT NULL THEN 'retired' WHEN d.published IS NULL THEN 'draft'
                                  ELSE 'published' END)
   AND (%(search)s::text IS NULL OR d.key ILIKE %(search)s::text OR d.title_zh ILIKE %(search)s::text
        OR d.title_en ILIKE %(search)s::text)
   AND (%(after)s::bigint IS NULL OR d.id > %(after)s::bigint)
 ORDER BY d.id
 LIMIT %(limit)s
