-- Takes away what these passages, just counted out, leave at nothing.
DELETE FROM production_flow f
 USING (SELECT DISTINCT date_bin('15 minutes', k.time, '2000-01-01 00:00+00') AS quarter
          FROM unnest(%(items)s::bigint[], %(numbers)s::bigint[]) AS g (item_id, event_number)
         CROSS JOIN LATERAL (
                SELECT q.time FROM production_passage q
                 WHERE q.tenant_id = %(tenant)s AND q.item_id = g.item_id AND q.event_number = g.event_number
                OFFSET 0) AS k) AS p
 WHERE f.tenant_id = %(tenant)s AND f.quarter = p.quarter AND f.passages = 0
