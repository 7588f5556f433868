SELECT u.name, u.language, u.password, u.active,
       coalesce(jsonb_agg(jsonb_build_array(r.permissions, g.site_id)) FILTER (WHERE g.id IS NOT NULL), '[]')
  FROM tenancy_user u
  LEFT JOIN tenancy_grant g ON g.user_id = u.id
  LEFT JOIN tenancy_role r ON r.id = g.role_id
 WHERE u.id = %(user)s AND u.tenant_id = %(tenant)s
 GROUP BY u.id
