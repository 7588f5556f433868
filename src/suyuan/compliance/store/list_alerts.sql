SELECT a.id, a.at, a.kind, a.params, a.handled, a.handled_by, a.note
  FROM compliance_alert a
 WHERE a.tenant_id = %(tenant)s
   AND (%(alert)s::bigint IS NULL OR a.id = %(alert)s::bigint)
   AND (%(handled)s::boolean IS NULL OR (a.handled IS NOT NULL) = %(handled)s::boolean)
   AND (%(kinds)s::text[] IS NULL OR a.kind = ANY (%(kinds)s::text[]))
   AND (%(before)s::bigint IS NULL OR a.id < %(before)s::bigint)
 ORDER BY a.id DESC
 LIMIT %(limit)s
