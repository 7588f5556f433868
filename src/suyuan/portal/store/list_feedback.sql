SELECT f.id, f.kind, f.words, f.address, f.page, f.language, f.theme, f.screen, f.version, f.failed_request, f.written,
       f.writer, f.state, f.answer, f.answered, f.answered_by, p.feedback_id IS NOT NULL
  FROM portal_feedback f
  LEFT JOIN portal_feedback_picture p ON p.tenant_id = f.tenant_id AND p.feedback_id = f.id
 WHERE f.tenant_id = %(tenant)s
   AND (%(one)s::bigint IS NULL OR f.id = %(one)s::bigint)
   AND (%(writer)s::bigint IS NULL OR f.writer_id = %(writer)s::bigint)
   AND (%(state)s::text IS NULL OR f.state = %(state)s::text)
   AND (%(kind)s::text IS NULL OR f.kind = %(kind)s::text)
   AND (%(before)s::bigint IS NULL OR f.id < %(before)s::bigint)
 ORDER BY f.id DESC
 LIMIT %(limit)s
