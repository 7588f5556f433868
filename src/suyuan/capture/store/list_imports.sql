SELECT i.id, i.created, i.created_by, i.user_id, i.sites, i.node, i.version, i.file_name, i.file_hash, i.header,
       i.rows, i.mapping::text, i.mode, i.state, i.started, i.finished, i.fault::text, p.done, p.recorded, p.repeated,
       p.refused, p.cancel
  FROM capture_import i JOIN capture_import_progress p ON p.tenant_id = i.tenant_id AND p.import_id = i.id
 WHERE i.tenant_id = %(tenant)s
   AND (%(id)s::uuid IS NULL OR i.id = %(id)s)
   AND (%(time)s::timestamptz IS NULL OR (i.created, i.id) < (%(time)s, %(last)s))
 ORDER BY i.created DESC, i.id DESC
 LIMIT %(limit)s
