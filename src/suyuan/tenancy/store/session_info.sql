SELECT u.id, u.login, u.name, u.language, u.active, u.created, u.last_login, t.code, t.name,
       ARRAY(SELECT jsonb_build_array(g.role_id, g.site_id) FROM tenancy_grant g WHERE g.user_id = u.id)
  FROM tenancy_user u
  JOIN tenancy_tenant t ON t.id = u.tenant_id
 WHERE u.id = %(user)s AND u.tenant_id = %(tenant)s
