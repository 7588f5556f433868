-- Points of the machines' states within the window, and for each machine the last one before it.
SELECT s.equipment, s.time, s.event_number, s.state, s.reason, s.note, s.person
  FROM production_state s
 WHERE s.tenant_id = %(tenant)s AND s.time >= %(since)s AND s.time < %(until)s
   AND (%(equipment)s::text[] IS NULL OR s.equipment = ANY (%(equipment)s::text[]))
   AND (%(sites)s::bigint[] IS NULL OR s.site_id = ANY (%(sites)s::bigint[]))
UNION ALL
SELECT m.equipment, b.time, b.event_number, b.state, b.reason, b.note, b.person
  FROM (SELECT DISTINCT equipment FROM production_state
         WHERE tenant_id = %(tenant)s AND time < %(since)s
           AND (%(sites)s::bigint[] IS NULL OR site_id = ANY (%(sites)s::bigint[]))
           AND (%(equipment)s::text[] IS NULL OR equipment = ANY (%(equipment)s::text[]))) AS m
  CROSS JOIN LATERAL (
    SELECT * FROM production_state l
     WHERE l.tenant_id = %(tenant)s AND l.equipment = m.equipment AND l.time < %(since)s
     ORDER BY l.time DESC, l.event_number DESC LIMIT 1) AS b
