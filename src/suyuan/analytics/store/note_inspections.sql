WITH inspected AS (
    SELECT p.item_id, coalesce(e.site_id, 0) AS site_id, e.event_time, e.number, e.disposition <> 'non_conformant' AS good
      FROM trace_event e
      JOIN trace_participation p ON p.tenant_id = e.tenant_id AND p.event_number = e.number AND p.role = 's'
      JOIN trace_item i ON i.id = p.item_id AND i.kind = 'unit'
     WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s::bigint[]) AND NOT e.declares_error
       AND e.biz_step = 'inspecting' AND e.disposition IN ('conformant', 'non_conformant')
), summed AS (
    SELECT item_id, max(site_id) AS site_id, min(event_time) AS first_time, max(event_time) AS last_time,
           (array_agg(good ORDER BY event_time, number))[1] AS first_good,
           (array_agg(good ORDER BY event_time DESC, number DESC))[1] AS last_good
      FROM inspected GROUP BY item_id ORDER BY item_id
)
INSERT INTO analytics_inspection AS a (tenant_id, item_id, site_id, first_time, first_good, last_time, last_good)
SELECT %(tenant)s, item_id, site_id, first_time, first_good, last_time, last_good FROM summed
ON CONFLICT (tenant_id, item_id) DO UPDATE SET
    first_good = CASE WHEN excluded.first_time < a.first_time THEN excluded.first_good ELSE a.first_good END,
    first_time = least(a.first_time, excluded.first_time),
    last_good = CASE WHEN excluded.last_time >= a.last_time THEN excluded.last_good ELSE a.last_good END,
    last_time = greatest(a.last_time, excluded.last_time)
