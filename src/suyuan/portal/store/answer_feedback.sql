WITH was AS (SELECT id, tenant_id FROM portal_feedback WHERE tenant_id = %(tenant)s AND id = %(one)s FOR UPDATE)
UPDATE portal_feedback AS f
   SET state = %(state)s, answer = %(answer)s, answered = clock_timestamp(), answered_by = %(by)s
  FROM was
 WHERE f.id = was.id AND f.tenant_id = was.tenant_id
RETURNING f.writer_id, f.words
