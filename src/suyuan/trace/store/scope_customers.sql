-- To whom each item was last handed over: the party at the destination of an event that names it, or that names what
-- held it at that time. The search goes down from handed-over containers, so that unpacking later changes nothing.
WITH RECURSIVE handed (item_id, at, party) AS (
    SELECT p.item_id, p.event_time, party ->> 'destination'
      FROM trace_document d
      CROSS JOIN jsonb_array_elements(d.document -> 'destinationList') AS party
      JOIN trace_event e ON e.number = d.event_number AND e.tenant_id = d.tenant_id AND NOT e.declares_error
      JOIN trace_participation p ON p.tenant_id = d.tenant_id AND p.event_number = d.event_number
     WHERE d.tenant_id = %(tenant)s AND d.document ? 'destinationList'
       AND party ->> 'type' ~ '(owning|possessing)_party$'
       AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
       AND (%(items)s::bigint[] IS NULL OR p.item_id = ANY (%(items)s::bigint[]))
       AND NOT EXISTS (SELECT FROM trace_event v
                        WHERE v.tenant_id = d.tenant_id AND v.event_id = e.event_id AND v.declares_error)
    UNION
    SELECT c.item_id, h.at, h.party
      FROM handed h
      JOIN trace_participation a ON a.tenant_id = %(tenant)s AND a.item_id = h.item_id AND a.role = 'p'
       AND a.act IN ('A', 'E') AND a.event_time <= h.at
      JOIN trace_event e ON e.number = a.event_number AND NOT e.declares_error
      CROSS JOIN LATERAL (
        SELECT k.item_id FROM trace_participation k
         WHERE k.tenant_id = %(tenant)s AND k.event_number = a.event_number AND k.role = 'c' OFFSET 0) AS c
     WHERE NOT EXISTS (SELECT FROM trace_event v
                        WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error)
       -- values, not EXISTS: looked up for each part, never joined against all of the tenant's rows
       AND (SELECT d.event_number FROM trace_participation d JOIN trace_event u ON u.number = d.event_number
             WHERE d.tenant_id = %(tenant)s AND d.item_id = c.item_id AND d.role = 'c' AND d.act IN ('D', 'G')
               AND d.event_time >= a.event_time AND d.event_time <= h.at AND d.event_number <> a.event_number
               AND NOT u.declares_error
               AND NOT EXISTS (SELECT FROM trace_event v
                                WHERE v.tenant_id = %(tenant)s AND v.event_id = u.event_id AND v.declares_error)
             LIMIT 1) IS NULL
       AND (SELECT d.event_number FROM trace_participation d JOIN trace_event u ON u.number = d.event_number
             WHERE d.tenant_id = %(tenant)s AND d.item_id = h.item_id AND d.role = 'p' AND d.act IN ('D', 'G')
               AND d.event_time >= a.event_time AND d.event_time <= h.at AND u.item_count = 1
               AND NOT u.declares_error
               AND NOT EXISTS (SELECT FROM trace_event v
                                WHERE v.tenant_id = %(tenant)s AND v.event_id = u.event_id AND v.declares_error)
             LIMIT 1) IS NULL
)
SELECT DISTINCT ON (h.item_id) h.item_id, h.party FROM handed h ORDER BY h.item_id, h.at DESC, h.party COLLATE "C"
