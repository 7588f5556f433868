-- Who holds which role where, since when, and when they last signed in; one row a grant. An open field asks for all.
SELECT u.id, u.login, u.name, u.active, r.id, r.name_zh, r.name_en, r.permissions, g.site_id, g.since, last.at,
       EXISTS (SELECT FROM tenancy_factor f
                WHERE f.tenant_id = u.tenant_id AND f.user_id = u.id AND f.kind = 'totp' AND f.confirmed IS NOT NULL)
       OR EXISTS (SELECT FROM tenancy_passkey k WHERE k.tenant_id = u.tenant_id AND k.user_id = u.id AND NOT k.cloned)
  FROM tenancy_grant g
  JOIN tenancy_user u ON u.id = g.user_id
  JOIN tenancy_role r ON r.id = g.role_id
  LEFT JOIN LATERAL (SELECT s.at FROM tenancy_sign_in s
                      WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id AND s.outcome = 'signed_in'
                      ORDER BY s.id DESC LIMIT 1) AS last ON true
 WHERE u.tenant_id = %(tenant)s
   AND (%(right)s::text IS NULL OR %(right)s::text = ANY (r.permissions))
   AND (%(person)s::bigint IS NULL OR u.id = %(person)s::bigint)
   AND (%(site)s::bigint IS NULL OR g.site_id IS NULL OR g.site_id = %(site)s::bigint)
   AND (NOT %(administrative)s::boolean OR r.permissions && %(duties)s::text[])
   AND (%(unused_days)s::integer IS NULL OR last.at IS NULL
        OR last.at < clock_timestamp() - make_interval(days => %(unused_days)s::integer))
 ORDER BY u.active DESC, u.login, r.name_zh, g.site_id NULLS FIRST
