-- Who of these people has an address and wants mail of a topic: as they chose, else as the topic says.
SELECT u.id, u.mail, u.language
  FROM tenancy_user u
  LEFT JOIN tenancy_mail_choice c ON c.tenant_id = u.tenant_id AND c.user_id = u.id AND c.topic = %(topic)s
 WHERE u.tenant_id = %(tenant)s AND u.active AND u.mail IS NOT NULL
   AND u.id = ANY (%(people)s::bigint[])
   AND coalesce(c.wanted, %(unless_chosen)s::boolean)
 ORDER BY u.id
