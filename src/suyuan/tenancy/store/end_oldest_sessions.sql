-- Where a person may have only so many sessions, the ones used longest ago end.
DELETE FROM tenancy_session
 WHERE tenant_id = %(tenant)s
   AND id IN (SELECT id FROM tenancy_session WHERE tenant_id = %(tenant)s AND user_id = %(user)s
               ORDER BY last_seen DESC, id DESC OFFSET %(most)s)
