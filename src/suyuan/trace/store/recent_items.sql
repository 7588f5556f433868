-- The items of the newest events, newest first; for whoever is limited to sites, of events there only.
SELECT i.uri, i.code
  FROM (SELECT p.item_id, max(p.event_number) AS newest
          FROM (SELECT e.number FROM trace_event e
                 WHERE e.tenant_id = %(tenant)s AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s))
                 ORDER BY e.recorded DESC, e.number DESC LIMIT %(most)s) AS e
          JOIN trace_participation p ON p.tenant_id = %(tenant)s AND p.event_number = e.number
         GROUP BY p.item_id ORDER BY newest DESC LIMIT %(most)s) AS seen
  JOIN trace_item i ON i.tenant_id = %(tenant)s AND i.id = seen.item_id
 ORDER BY seen.newest DESC, i.id
