-- Active places that do not have the newest checkpoint and were last sent one long enough ago; after a failure, five minutes.
SELECT p.id
  FROM compliance_place p
  LEFT JOIN LATERAL (
    SELECT d.checkpoint, d.at, d.good FROM compliance_delivery d
     WHERE d.tenant_id = p.tenant_id AND d.place_id = p.id ORDER BY d.id DESC LIMIT 1) AS last ON true
 WHERE p.tenant_id = %(tenant)s AND p.active
   AND EXISTS (SELECT FROM compliance_checkpoint c WHERE c.tenant_id = p.tenant_id
                  AND (last.checkpoint IS NULL OR NOT last.good OR c.number > last.checkpoint))
   AND (last.at IS NULL
        OR last.at < clock_timestamp() - make_interval(mins => CASE WHEN last.good THEN p.every_minutes
                                                                    ELSE least(5, p.every_minutes) END))
 ORDER BY p.id
