-- Who a session's person is, with everything that may bar them: asked on every request.
SELECT u.name, u.language, u.password, u.active, coalesce(held.grants, '[]'),
       u.must_change_password
       OR coalesce(p.password_days > 0 AND u.password NOT LIKE '!%%'
                   AND u.password_changed < clock_timestamp() - p.password_days * interval '1 day', false),
       (p.second_factor = 'everyone' OR (p.second_factor = 'administrators' AND held.administers))
       IS TRUE
       AND NOT EXISTS (SELECT FROM tenancy_factor f
                        WHERE f.tenant_id = u.tenant_id AND f.user_id = u.id AND f.kind = 'totp'
                          AND f.confirmed IS NOT NULL)
       AND NOT EXISTS (SELECT FROM tenancy_passkey k
                        WHERE k.tenant_id = u.tenant_id AND k.user_id = u.id AND NOT k.cloned)
       AND NOT coalesce(s.strong, false),
       s.id,
       s.last_seen > clock_timestamp() - coalesce(p.idle_minutes, 720) * interval '1 minute'
       AND s.created > clock_timestamp() - coalesce(p.session_hours, 12) * interval '1 hour',
       s.last_seen < clock_timestamp() - interval '1 minute',
       coalesce(s.by_badge, false),
       coalesce(p.separate_duties, false)
  FROM tenancy_user u
  LEFT JOIN tenancy_policy p ON p.tenant_id = u.tenant_id
  LEFT JOIN tenancy_session s ON s.tenant_id = u.tenant_id AND s.user_id = u.id AND s.key_hash = %(session)s::bytea
  LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array(r.permissions, g.site_id)) AS grants,
               bool_or(r.permissions && '{tenancy:person:write,tenancy:role:write,tenancy:policy:write}'::text[])
               AS administers
          FROM tenancy_grant g JOIN tenancy_role r ON r.id = g.role_id
         WHERE g.user_id = u.id) AS held ON true
 WHERE u.id = %(user)s AND u.tenant_id = %(tenant)s
