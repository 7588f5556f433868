-- What events say of how something was made; only those of sites that the reader may see.
SELECT e.number, e.event_time, e.biz_step, e.equipment, e.person, coalesce(e.biz_location, e.read_point), e.shift,
       e.work_order
  FROM trace_event e
 WHERE e.tenant_id = %(tenant)s AND e.number = ANY (%(numbers)s::bigint[]) AND NOT e.declares_error
   AND (%(sites)s::bigint[] IS NULL OR e.site_id = ANY (%(sites)s::bigint[]))
