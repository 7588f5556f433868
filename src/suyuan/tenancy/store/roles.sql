SELECT r.id, r.name_zh, r.name_en, r.permissions, count(DISTINCT g.user_id)
  FROM tenancy_role r LEFT JOIN tenancy_grant g ON g.role_id = r.id
 WHERE r.tenant_id = %(tenant)s
 GROUP BY r.id, r.name_zh, r.name_en, r.permissions ORDER BY r.name_zh
