WITH unused AS (
    SELECT a.tenant_id, a.digest FROM capture_attachment a
      JOIN capture_attachment_content c USING (tenant_id, digest)
     WHERE a.tenant_id = %(tenant)s AND c.wanted < clock_timestamp() - make_interval(days => %(days)s)
       AND NOT EXISTS (SELECT FROM capture_attachment_use u WHERE u.tenant_id = a.tenant_id AND u.digest = a.digest)
     ORDER BY c.wanted LIMIT %(limit)s
       FOR UPDATE OF a SKIP LOCKED
)
DELETE FROM capture_attachment a USING unused u WHERE a.tenant_id = u.tenant_id AND a.digest = u.digest
