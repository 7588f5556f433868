SELECT a.id, a.created, a.reading_id, a.sent_by, a.node, a.version, a.action, a.kind, a.settings::text, a.payload::text,
       a.event_ids, a.state, a.attempts, a.due, a.finished, a.said, a.fault::text,
       (SELECT array_agg(e.number ORDER BY e.number) FROM trace_event e
         WHERE e.tenant_id = a.tenant_id AND e.event_id = ANY (a.event_ids) AND NOT e.declares_error)
  FROM capture_action a
 WHERE a.tenant_id = %(tenant)s
   AND (%(id)s::uuid IS NULL OR a.id = %(id)s)
   AND (%(state)s::text IS NULL OR a.state = %(state)s)
   AND (%(sites)s::bigint[] IS NULL OR a.site_id IS NULL OR a.site_id = ANY (%(sites)s))
   AND (%(time)s::timestamptz IS NULL OR (a.created, a.id) < (%(time)s, %(last)s))
 ORDER BY a.created DESC, a.id DESC
 LIMIT %(limit)s
