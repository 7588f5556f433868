-- The quality of entries in a period, by who or what made them. A burst is one message with five late entries or more.
WITH entries AS (
    SELECT CASE %(by)s WHEN 'person' THEN coalesce(r.person, r.sent_by) WHEN 'site' THEN s.code
                       WHEN 'device' THEN r.device::text WHEN 'team' THEN coalesce(p.team, t.team) ELSE r.node END AS key,
           r.id, r.device, r.received, r.outcome, r.late, r.way, r.overridden <> '{}' AS overridden,
           extract(epoch FROM r.received - r.taken)::float8 AS delay,
           EXISTS (SELECT FROM capture_correction c
                    WHERE c.tenant_id = r.tenant_id AND c.event_id = ANY (r.event_ids)) AS corrected
      FROM capture_reading r LEFT JOIN tenancy_site s ON s.id = r.site_id
      LEFT JOIN unnest(%(persons)s::text[], %(person_teams)s::text[]) AS p (uri, team) ON p.uri = r.person
      LEFT JOIN unnest(%(senders)s::text[], %(sender_teams)s::text[]) AS t (name, team) ON t.name = r.sent_by
     WHERE r.tenant_id = %(tenant)s AND r.received >= %(since)s AND r.received < %(until)s
       AND (%(sites)s::bigint[] IS NULL OR r.site_id IS NULL OR r.site_id = ANY (%(sites)s))
), bursts AS (
    SELECT key, count(*) AS bursts
      FROM (SELECT key FROM entries WHERE late GROUP BY key, device, received HAVING count(*) >= 5) AS messages
     GROUP BY key
), ways AS (
    SELECT key, json_object_agg(way, entries) AS ways
      FROM (SELECT key, way, count(*) AS entries FROM entries GROUP BY key, way) AS counted GROUP BY key
)
SELECT e.key, min(m.name_zh), min(m.name_en), count(*), min(w.ways::text),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(delay, 0)),
       percentile_cont(0.95) WITHIN GROUP (ORDER BY greatest(delay, 0)),
       count(*) FILTER (WHERE late), coalesce(min(b.bursts), 0), count(*) FILTER (WHERE corrected),
       count(*) FILTER (WHERE outcome = 'refused'), count(*) FILTER (WHERE outcome = 'warned'),
       count(*) FILTER (WHERE overridden)
  FROM entries e
  LEFT JOIN ways w ON w.key IS NOT DISTINCT FROM e.key
  LEFT JOIN bursts b ON b.key IS NOT DISTINCT FROM e.key
  LEFT JOIN trace_master m ON m.tenant_id = %(tenant)s AND m.uri = e.key
 GROUP BY e.key ORDER BY count(*) DESC, e.key LIMIT 500
