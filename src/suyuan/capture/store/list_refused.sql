SELECT r.id, r.device, r.sequence, r.node, r.version, r.taken, r.received, r.late, r.way, r.person, r.place, r.sent_by,
       r.findings::text, r.reading::text, d.outcome, d.reason, d.decided_by, d.decided
  FROM capture_reading r
  LEFT JOIN capture_resolution d ON d.tenant_id = r.tenant_id AND d.reading_id = r.id
 WHERE r.tenant_id = %(tenant)s AND r.outcome = 'refused'
   AND (%(id)s::uuid IS NULL OR r.id = %(id)s)
   AND (%(device)s::uuid IS NULL OR r.device = %(device)s)
   AND (%(node)s::text IS NULL OR r.node = %(node)s)
   AND (NOT %(open)s OR d.reading_id IS NULL)
   AND (%(sites)s::bigint[] IS NULL OR r.site_id IS NULL OR r.site_id = ANY (%(sites)s))
   AND (%(before)s::timestamptz IS NULL OR (r.received, r.id) < (%(before)s, %(before_id)s))
 ORDER BY r.received DESC, r.id DESC
 LIMIT %(limit)s
