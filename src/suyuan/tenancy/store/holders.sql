-- Active people who hold a right, or a role, anywhere.
SELECT DISTINCT u.id
  FROM tenancy_user u
  JOIN tenancy_grant g ON g.user_id = u.id
  JOIN tenancy_role r ON r.id = g.role_id
 WHERE u.tenant_id = %(tenant)s AND u.active
   AND (%(right)s::text = ANY (r.permissions) OR r.id = ANY (%(roles)s::bigint[]))
