-- What each machine produced at each operation for each order, by quarter of an hour: quantities at good, failed, scrapped and reworked passes.
SELECT k.equipment, date_bin('15 minutes', k.time, 'epoch'), sum(k.quantity) FILTER (WHERE k.result IN ('p', 'f', 's')),
       sum(k.quantity) FILTER (WHERE k.result = 'p'), sum(k.quantity) FILTER (WHERE k.result = 's'),
       sum(k.quantity) FILTER (WHERE k.result = 'r'), k.operation, k.work_order
  FROM production_passage k
 WHERE k.tenant_id = %(tenant)s AND k.equipment IS NOT NULL AND k.time >= %(since)s AND k.time < %(until)s
   AND (%(equipment)s::text[] IS NULL OR k.equipment = ANY (%(equipment)s::text[]))
   AND (%(sites)s::bigint[] IS NULL OR k.site_id = ANY (%(sites)s::bigint[]))
 GROUP BY 1, 2, k.operation, k.work_order
