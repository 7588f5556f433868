SELECT id, created, finished, finished IS NULL, success, behaviour, events, accepted, replayed, refused, error_count,
       name, user_name
  FROM integration_capture_job
 WHERE tenant_id = %(tenant)s
   AND (%(job)s::uuid IS NULL OR id = %(job)s::uuid)
   AND (%(after)s::timestamptz IS NULL OR (created, id) < (%(after)s::timestamptz, %(after_id)s::uuid))
 ORDER BY created DESC, id DESC
 LIMIT %(limit)s
