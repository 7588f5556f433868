SELECT e.id, e.node, e.taken, e.received, extract(epoch FROM e.received - e.taken)::float8, e.way, e.person, e.sent_by,
       e.outcome, e.late, e.corrected,
       (SELECT v.number FROM trace_event v
         WHERE v.tenant_id = e.tenant_id AND v.event_id = e.event_ids[1] AND NOT v.declares_error)
  FROM (SELECT r.*, EXISTS (SELECT FROM capture_correction c
                             WHERE c.tenant_id = r.tenant_id AND c.event_id = ANY (r.event_ids)) AS corrected,
               CASE %(by)s WHEN 'person' THEN coalesce(r.person, r.sent_by) WHEN 'site' THEN s.code
                           WHEN 'device' THEN r.device::text WHEN 'team' THEN coalesce(p.team, t.team) ELSE r.node END AS key
          FROM capture_reading r LEFT JOIN tenancy_site s ON s.id = r.site_id
          LEFT JOIN unnest(%(persons)s::text[], %(person_teams)s::text[]) AS p (uri, team) ON p.uri = r.person
          LEFT JOIN unnest(%(senders)s::text[], %(sender_teams)s::text[]) AS t (name, team) ON t.name = r.sent_by
         WHERE r.tenant_id = %(tenant)s AND r.received >= %(since)s AND r.received < %(until)s
           AND (%(sites)s::bigint[] IS NULL OR r.site_id IS NULL OR r.site_id = ANY (%(sites)s))) AS e
 WHERE (%(key)s::text IS NULL OR e.key = %(key)s)
   AND CASE %(what)s WHEN 'by_hand' THEN e.way NOT IN ('scan', 'camera', 'device') WHEN 'late' THEN e.late
                     WHEN 'corrected' THEN e.corrected WHEN 'refused' THEN e.outcome = 'refused'
                     WHEN 'overridden' THEN e.overridden <> '{}' ELSE true END
 ORDER BY e.received DESC, e.id LIMIT %(limit)s
