SELECT a.media_type, c.content
  FROM capture_attachment a
  JOIN capture_attachment_content c USING (tenant_id, digest)
 WHERE a.tenant_id = %(tenant)s AND a.digest = %(digest)s
   AND EXISTS (SELECT FROM capture_attachment_use u
                 JOIN capture_reading r ON r.tenant_id = u.tenant_id AND r.id = u.reading_id
                WHERE u.tenant_id = a.tenant_id AND u.digest = a.digest
                  AND (%(sites)s::bigint[] IS NULL OR r.site_id = ANY (%(sites)s::bigint[])))
