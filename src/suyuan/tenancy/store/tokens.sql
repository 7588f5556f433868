SELECT t.id, t.name, t.prefix, t.permissions, t.site_id, t.created, coalesce(u.name, ''), t.expires, l.last_used, t.revoked
  FROM tenancy_token t
  LEFT JOIN tenancy_user u ON u.id = t.created_by_id
  LEFT JOIN tenancy_token_use l ON l.token_id = t.id AND l.tenant_id = t.tenant_id
 WHERE t.tenant_id = %(tenant)s AND (%(token)s::bigint IS NULL OR t.id = %(token)s::bigint)
 ORDER BY t.revoked IS NOT NULL, t.id DESC
