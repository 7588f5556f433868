-- All that counts of these items' lives, oldest first, at most %(most)s events of each. OFFSET 0 keeps every search at its
-- item, also where tables grow faster than their statistics.
SELECT w.id, p.event_number, p.event_time, p.role, p.act, p.quantity, coalesce(e.site_id, 0), e.biz_step, e.disposition,
       coalesce(e.biz_location, e.read_point), e.equipment, e.work_order,
       CASE WHEN %(routed)s THEN (SELECT d.document ->> 'suyuan:node' FROM trace_document d
                                   WHERE d.tenant_id = %(tenant)s AND d.event_number = e.number) END,
       e.site_id IS NULL AND %(sited)s AND e.work_order IS NULL
  FROM unnest(%(items)s::bigint[]) AS w (id)
  CROSS JOIN LATERAL (
    SELECT q.event_number, q.event_time, q.role, q.act, q.quantity FROM trace_participation q
     WHERE q.tenant_id = %(tenant)s AND q.item_id = w.id ORDER BY q.event_time, q.event_number LIMIT %(most)s) AS p
  CROSS JOIN LATERAL (
    SELECT v.* FROM trace_event v WHERE v.number = p.event_number AND NOT v.declares_error
    OFFSET 0) AS e
 WHERE (SELECT v.number FROM trace_event v
         WHERE v.tenant_id = %(tenant)s AND v.event_id = e.event_id AND v.declares_error LIMIT 1) IS NULL
