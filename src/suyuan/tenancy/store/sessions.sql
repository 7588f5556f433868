SELECT s.id, s.created, s.last_seen, s.address, s.agent, s.key_hash = %(current)s::bytea
  FROM tenancy_session s
  LEFT JOIN tenancy_policy p ON p.tenant_id = s.tenant_id
 WHERE s.tenant_id = %(tenant)s AND s.user_id = %(user)s
   AND s.last_seen > clock_timestamp() - coalesce(p.idle_minutes, 720) * interval '1 minute'
   AND s.created > clock_timestamp() - coalesce(p.session_hours, 12) * interval '1 hour'
 ORDER BY s.last_seen DESC, s.id DESC
