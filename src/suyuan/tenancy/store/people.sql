SELECT u.id, u.login, u.name, u.language, u.active, u.created, u.last_login,
       (SELECT jsonb_agg(jsonb_build_array(g.role_id, g.site_id) ORDER BY g.id)
          FROM tenancy_grant g WHERE g.user_id = u.id),
       EXISTS (SELECT FROM tenancy_factor f
                WHERE f.tenant_id = u.tenant_id AND f.user_id = u.id AND f.kind = 'totp' AND f.confirmed IS NOT NULL)
       OR EXISTS (SELECT FROM tenancy_passkey k
                   WHERE k.tenant_id = u.tenant_id AND k.user_id = u.id AND NOT k.cloned),
       b.badge, b.secret_hash IS NOT NULL, u.mail, u.password NOT LIKE '!%%',
       (SELECT max(i.expires) FROM tenancy_invitation i
         WHERE i.tenant_id = u.tenant_id AND i.user_id = u.id AND i.used IS NULL AND i.revoked IS NULL
           AND i.expires > clock_timestamp())
  FROM tenancy_user u
  LEFT JOIN tenancy_badge b ON b.tenant_id = u.tenant_id AND b.user_id = u.id
 WHERE u.tenant_id = %(tenant)s AND (%(user)s::bigint IS NULL OR u.id = %(user)s::bigint)
 ORDER BY u.active DESC, u.login
