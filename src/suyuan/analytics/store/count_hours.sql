-- Count newly recorded events, and count back those that a newly recorded error declaration voids.
WITH arrived AS (
    SELECT * FROM trace_event WHERE tenant_id = %(tenant)s AND number = ANY (%(numbers)s::bigint[])
), counted AS (
    SELECT a.number, a.site_id, a.event_time, a.biz_step, 1 AS sign
      FROM arrived a
     WHERE NOT a.declares_error
       AND NOT EXISTS (SELECT FROM trace_event v WHERE v.tenant_id = a.tenant_id AND v.event_id = a.event_id
                          AND v.declares_error AND v.number < a.number)
    UNION ALL
    SELECT o.number, o.site_id, o.event_time, o.biz_step, -1
      FROM arrived d
      JOIN trace_event o ON o.tenant_id = d.tenant_id AND o.event_id = d.event_id AND NOT o.declares_error
     WHERE d.declares_error AND o.number < d.number
)
INSERT INTO analytics_hour AS h (tenant_id, site_id, hour, biz_step, events, units)
SELECT %(tenant)s, coalesce(c.site_id, 0), date_trunc('hour', c.event_time), coalesce(c.biz_step, ''),
       sum(c.sign), sum(c.sign * (
           SELECT count(*) FROM trace_participation p JOIN trace_item i ON i.id = p.item_id
            WHERE p.tenant_id = %(tenant)s AND p.event_number = c.number AND i.kind = 'unit'
              AND p.role IN ('c', 's', 'o')))
  FROM counted c
 GROUP BY 2, 3, 4
 ORDER BY 3, 4, 2
ON CONFLICT (tenant_id, hour, biz_step, site_id) DO UPDATE
   SET events = h.events + excluded.events, units = h.units + excluded.units
