-- Yield: good at the last inspection, of all inspected in the window. First-pass: good at the first, of those first
-- inspected in the window (ISO 22400-2: first pass yield, FPY).
SELECT count(*) FILTER (WHERE last_time >= %(since)s AND last_time < %(until)s),
       count(*) FILTER (WHERE last_time >= %(since)s AND last_time < %(until)s AND last_good),
       count(*) FILTER (WHERE first_time >= %(since)s AND first_time < %(until)s),
       count(*) FILTER (WHERE first_time >= %(since)s AND first_time < %(until)s AND first_good)
  FROM analytics_inspection
 WHERE tenant_id = %(tenant)s AND (last_time >= %(since)s OR first_time >= %(since)s)
   AND (%(sites)s::bigint[] IS NULL OR site_id = ANY (%(sites)s::bigint[]))
