SELECT i.id, i.at, i.user_id, u.login, u.name, i.address, i.agent, i.outcome, i.new_address, i.method
  FROM tenancy_sign_in i
  LEFT JOIN tenancy_user u ON u.id = i.user_id
 WHERE i.tenant_id = %(tenant)s
   AND (%(search)s::text IS NULL OR u.login ILIKE %(search)s::text OR u.name ILIKE %(search)s::text)
   AND (%(outcome)s::text IS NULL OR i.outcome = %(outcome)s::text)
   AND (NOT %(noticeable)s::boolean OR i.outcome <> 'signed_in' OR i.new_address)
   AND (%(since)s::timestamptz IS NULL OR i.at >= %(since)s::timestamptz)
   AND (%(until)s::timestamptz IS NULL OR i.at < %(until)s::timestamptz)
   AND (%(before)s::bigint IS NULL OR i.id < %(before)s::bigint)
 ORDER BY i.id DESC
 LIMIT %(limit)s
