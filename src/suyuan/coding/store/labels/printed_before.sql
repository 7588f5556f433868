SELECT l.code
  FROM coding_print_label l
  JOIN coding_print_job j ON j.id = l.job_id AND j.tenant_id = l.tenant_id
 WHERE l.tenant_id = %(tenant)s AND l.label_key = %(key)s AND l.code = ANY (%(codes)s::text[])
   AND (j.state IN ('queued', 'sending', 'printed') OR j.sent > 0)
 LIMIT 1
