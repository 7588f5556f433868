-- Who can do what, and where: one row a person, right and site (null: every site), with the roles that give it.
SELECT u.id, u.login, u.name, u.active, right_held, g.site_id, array_agg(DISTINCT r.name_zh), array_agg(DISTINCT r.name_en)
  FROM tenancy_user u
  JOIN tenancy_grant g ON g.user_id = u.id
  JOIN tenancy_role r ON r.id = g.role_id
 CROSS JOIN LATERAL unnest(r.permissions) AS right_held
 WHERE u.tenant_id = %(tenant)s
   AND (%(right)s::text IS NULL OR right_held = %(right)s::text)
   AND (%(person)s::bigint IS NULL OR u.id = %(person)s::bigint)
 GROUP BY u.id, u.login, u.name, u.active, right_held, g.site_id
 ORDER BY u.active DESC, u.login, right_held, g.site_id NULLS FIRST
