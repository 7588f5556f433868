-- The time-blind closure forward, as a recursive query over the rows of one tenant: %(start)s is the start item.
WITH RECURSIVE reached (item_id) AS (
    SELECT %(start)s::bigint
    UNION
    SELECT far.item_id
      FROM reached r
      JOIN trace_participation near
        ON near.tenant_id = %(tenant)s AND near.item_id = r.item_id AND near.role IN ('i', 'c')
      JOIN trace_participation far
        ON far.tenant_id = %(tenant)s AND far.event_number = near.event_number
       AND far.role = CASE near.role WHEN 'i' THEN 'o'::"char" ELSE 'p'::"char" END
)
SELECT count(*) FROM reached
