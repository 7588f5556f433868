-- Active people who hold all of :keys for every site.
SELECT u.id
  FROM tenancy_user u
 WHERE u.tenant_id = %(tenant)s AND u.active
   AND %(keys)s::text[] <@ ARRAY(
        SELECT unnest(r.permissions) FROM tenancy_grant g JOIN tenancy_role r ON r.id = g.role_id
         WHERE g.user_id = u.id AND g.site_id IS NULL)
 LIMIT 1
