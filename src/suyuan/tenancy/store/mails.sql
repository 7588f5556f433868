SELECT m.id, m.created, m.topic, m.address, coalesce(u.name, ''), m.subject, m.state, m.attempts,
       CASE WHEN m.state = 'waiting' THEN m.due END, m.finished, m.said
  FROM tenancy_mail m
  LEFT JOIN tenancy_user u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
 WHERE m.tenant_id = %(tenant)s
   AND (%(state)s::text IS NULL OR m.state = %(state)s::text)
   AND (%(mail)s::bigint IS NULL OR m.id = %(mail)s::bigint)
   AND (%(before)s::bigint IS NULL OR m.id < %(before)s::bigint)
 ORDER BY m.id DESC
 LIMIT %(limit)s
