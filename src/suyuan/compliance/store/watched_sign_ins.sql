-- Lock-outs, and first sign-ins from an address or a kind of device, since a time. A browser's version is no new device.
SELECT s.id, s.at, s.user_id, coalesce(u.name, u.login, '?'), s.address, s.agent, s.outcome
  FROM tenancy_sign_in s
  LEFT JOIN tenancy_user u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
 WHERE s.tenant_id = %(tenant)s AND s.at >= %(since)s
   AND (s.outcome = 'locked_out'
        OR s.outcome = 'signed_in'
           AND EXISTS (SELECT FROM tenancy_sign_in e WHERE e.tenant_id = s.tenant_id AND e.user_id = s.user_id
                        AND e.outcome = 'signed_in' AND e.id < s.id)
           AND (s.new_address
                OR NOT EXISTS (SELECT FROM tenancy_sign_in e
                                WHERE e.tenant_id = s.tenant_id AND e.user_id = s.user_id AND e.outcome = 'signed_in'
                                  AND e.id < s.id
                                  AND regexp_replace(e.agent, '[0-9._]+', '', 'g') = regexp_replace(s.agent, '[0-9._]+', '', 'g'))))
 ORDER BY s.id
 LIMIT 500
